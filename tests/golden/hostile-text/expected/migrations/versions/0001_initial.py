"""Every table, as the blueprint has them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("hashed_password", sa.String(255), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("email", name=op.f("uq_users_email")),
    )
    op.create_table(
        "notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body", sa.String(255), nullable=False),
        sa.Column("code", sa.String(255)),
        sa.Column("mood", sa.String(23), nullable=False),
        sa.Column("meta", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True)),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_notes_owner_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            sa.column("mood").in_(
                [
                    '"""',
                    "'''",
                    "{{ x }}",
                    "{% raw %}",
                    "a\nb",
                    "\\",
                    "\\n",
                    "\U0001f642",
                    "%(x)s",
                    ":name",
                    "'; DROP TABLE notes; --",
                    "a\u2028b",
                ]
            ),
            name=op.f("ck_notes_mood_values"),
        ),
    )
    op.create_index(op.f("ix_notes_owner_id"), "notes", ["owner_id"])
    op.create_table(
        "note_likes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_likes")),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_note_likes_user_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["notes.id"], name=op.f("fk_note_likes_note_id"), ondelete="CASCADE"
        ),
        sa.UniqueConstraint("user_id", "note_id", name=op.f("uq_note_likes_user_id_note_id")),
    )
    op.create_index(op.f("ix_note_likes_user_id"), "note_likes", ["user_id"])
    op.create_index(op.f("ix_note_likes_note_id"), "note_likes", ["note_id"])
    op.create_table(
        "note_friends",
        sa.Column("note_id", sa.Uuid(), nullable=False),
        sa.Column("friend_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["notes.id"], name=op.f("fk_note_friends_note_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["friend_id"], ["notes.id"], name=op.f("fk_note_friends_friend_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("note_id", "friend_id", name=op.f("pk_note_friends")),
    )
    op.create_index(op.f("ix_note_friends_friend_id"), "note_friends", ["friend_id"])
    op.create_table(
        "refresh_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("family_id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refresh_tokens")),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["users.id"],
            name=op.f("fk_refresh_tokens_account_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_refresh_tokens_fingerprint")),
    )
    op.create_index(op.f("ix_refresh_tokens_account_id"), "refresh_tokens", ["account_id"])
    op.create_index(op.f("ix_refresh_tokens_family_id"), "refresh_tokens", ["family_id"])


def downgrade() -> None:
    """Drop every table."""
    op.drop_table("refresh_tokens")
    op.drop_table("note_friends")
    op.drop_table("note_likes")
    op.drop_table("notes")
    op.drop_table("users")
