"""numbers of songs packed by block

Revision ID: 0015
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from backend.db.base import BigId

revision = "0015"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "song_blocks",
        sa.Column("kind", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("block", BigId, autoincrement=False, nullable=False),
        sa.Column(
            "payload",
            sa.LargeBinary().with_variant(mysql.MEDIUMBLOB(), "mysql", "mariadb"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("kind", "block", name=op.f("pk_song_blocks")),
    )


def downgrade() -> None:
    op.drop_table("song_blocks")
