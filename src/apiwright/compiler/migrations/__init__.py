"""Blueprint changes -> an Alembic revision, for SQLite and PostgreSQL, both ways.

`shape` takes tables apart, `lineage` follows names through the changes, `origins` says where each column's values come from, `refusals`
what the rows must fulfil first; `sqlite` and `postgresql` write the statements, `revision` the file.
"""

from apiwright.compiler.migrations.revision import FOLDER, CarriedTable, Revision, carried_tables, make_revision

__all__ = ["FOLDER", "CarriedTable", "Revision", "carried_tables", "make_revision"]
