"""words packed by block; comments taken down

Revision ID: 0010
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from backend.db.base import BigId, Exact, UtcDateTime

revision = "0010"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "word_packs",
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("block", BigId, autoincrement=False, nullable=False),
        sa.Column(
            "payload",
            sa.LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("kind", "block", name=op.f("pk_word_packs")),
    )
    op.create_table(
        "removed_comments",
        sa.Column("source", Exact(64), nullable=False),
        sa.Column("source_id", Exact(128), nullable=False),
        sa.Column("removed_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("source", "source_id", name=op.f("pk_removed_comments")),
    )


def downgrade() -> None:
    op.drop_table("removed_comments")
    op.drop_table("word_packs")
