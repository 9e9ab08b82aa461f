"""Runs migrations over the connection that it is given, in one transaction."""

import sqlalchemy as sa
from alembic import context

from apiwright.store.models import Base


def run() -> None:
    """Called by Alembic on import."""
    connection: sa.Connection = context.config.attributes["connection"]
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


run()
