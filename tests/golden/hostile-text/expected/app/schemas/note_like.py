"""Payloads of note likes."""

import datetime as dt
from uuid import UUID

from app.schemas.base import Answer


class NoteLikeRead(Answer):
    """"""

    id: UUID
    user_id: UUID
    note_id: UUID
    created_at: dt.datetime
    updated_at: dt.datetime
