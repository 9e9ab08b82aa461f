"""Versions that follow from others: how they were asked for, what came of it, and edited trees."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("generations") as table:
        table.add_column(sa.Column("kind", sa.String(length=16), server_default="new", nullable=False))
        table.add_column(sa.Column("options", sa.JSON(none_as_null=True), nullable=True))
        table.add_column(sa.Column("upload_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("revision", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "uploads",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("generation_id", sa.Uuid(), nullable=False),
        sa.Column("file_count", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["generation_id"], ["generations.id"], name=op.f("fk_uploads_generation_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_uploads")),
    )
    op.create_index(op.f("ix_uploads_generation_id"), "uploads", ["generation_id"], unique=False)


def downgrade() -> None:
    op.drop_table("uploads")
    with op.batch_alter_table("generations") as table:
        for name in ("revision", "upload_id", "options", "kind"):
            table.drop_column(name)
