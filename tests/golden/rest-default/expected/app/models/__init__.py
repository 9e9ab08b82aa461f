"""Tables, one module for each entity. Importing this package makes all of them known to `Base.metadata`."""

from app.models.base import Base
from app.models.item import Item

__all__ = [
    "Base",
    "Item",
]
