"""What the store refuses.

ApiwrightError
├── SupersededError     the writer is no longer the one who may write
├── StorageError        the artifacts' storage did not do what was asked
└── DatabaseStateError  the database is damaged, or is not of the version that this program needs
"""

from uuid import UUID

from apiwright.errors import ApiwrightError


class SupersededError(ApiwrightError):
    """The generation ended, is gone, or belongs to another worker: whoever gets this stops writing."""

    def __init__(self, generation_id: UUID) -> None:
        super().__init__(f"generation {generation_id} may no longer be written to from here")
        self.generation_id = generation_id


class StorageError(ApiwrightError):
    """The artifacts' storage failed, after several tries."""


class DatabaseStateError(ApiwrightError):
    """The database cannot be used as it is; the message says what is wrong and what to do."""
