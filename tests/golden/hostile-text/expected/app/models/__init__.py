"""Tables, one module for each entity. Importing this package makes all of them known to `Base.metadata`."""

from app.models.base import Base
from app.models.note import Note
from app.models.note_like import NoteLike
from app.models.refresh_token import RefreshToken
from app.models.user import User

__all__ = [
    "Base",
    "Note",
    "NoteLike",
    "RefreshToken",
    "User",
]
