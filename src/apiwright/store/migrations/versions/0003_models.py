"""Language models: what a generation has used, and users' own keys, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("generations") as table:
        table.add_column(sa.Column("usage", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "model_keys",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("vendor", sa.String(length=32), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_model_keys_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("user_id", "vendor", name=op.f("pk_model_keys")),
    )


def downgrade() -> None:
    op.drop_table("model_keys")
    with op.batch_alter_table("generations") as table:
        table.drop_column("usage")
