"""Tables, one module for each entity. Importing this package makes all of them known to `Base.metadata`."""

from app.models.base import Base
from app.models.refresh_token import RefreshToken
from app.models.tag import Tag
from app.models.todo import Todo
from app.models.user import User

__all__ = [
    "Base",
    "RefreshToken",
    "Tag",
    "Todo",
    "User",
]
