"""Queries on items."""

from app.models.base import table_of
from app.models.item import Item
from app.repositories.base import Repository
from app.schemas.item import ItemPage, ItemRead

items = table_of(Item)


class ItemRepository(Repository[ItemRead]):
    """The table of items."""

    label = "item"
    table = items
    read_schema = ItemRead
    page_schema = ItemPage
    columns = (
        items.c.id,
        items.c.name,
        items.c.description,
        items.c.is_active,
        items.c.created_at,
        items.c.updated_at,
    )
    searched = (
        items.c.name,
        items.c.description,
    )
