"""Seals what must be read again by the service, and by nobody who only has the database: keys of language models."""

import base64
import json
from collections.abc import Sequence
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_PURPOSE = b"apiwright: keys of language models"


class Seals:
    """Seals with the first secret and opens with any. What is sealed is bound to its user and vendor: moved elsewhere it does not open.

    Args:
        secrets: At least one; the newest first.
    """

    def __init__(self, secrets: Sequence[str]) -> None:
        made = [Fernet(_derived(secret)) for secret in secrets]
        self._newest, self._any = made[0], MultiFernet(made)

    def seal(self, user_id: UUID, vendor: str, key: str) -> str:
        """The key, sealed."""
        return self._newest.encrypt(json.dumps([str(user_id), vendor, key]).encode()).decode()

    def open(self, user_id: UUID, vendor: str, sealed: str) -> str | None:
        """The key; None when no secret of ours opens it, or it is another's."""
        try:
            owner, of, key = json.loads(self._any.decrypt(sealed))
        except InvalidToken:
            return None
        return key if (owner, of) == (str(user_id), vendor) else None

    def renewed(self, sealed: str) -> str | None:
        """The same under the newest secret; None when it is so already, or cannot be opened."""
        try:
            self._newest.decrypt(sealed)
        except InvalidToken:
            try:
                return self._any.rotate(sealed).decode()
            except InvalidToken:
                return None
        return None


def _derived(secret: str) -> bytes:
    return base64.urlsafe_b64encode(HKDF(hashes.SHA256(), 32, salt=None, info=_PURPOSE).derive(secret.encode()))
