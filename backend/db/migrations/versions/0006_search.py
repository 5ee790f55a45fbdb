"""what search looks in

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from backend.db.base import BigId
from backend.search import fulltext

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = (
    ("search_songs", "song_id", "songs", ("names", "lyrics")),
    ("search_artists", "artist_id", "artists", ("names",)),
    ("search_albums", "album_id", "albums", ("names",)),
)
TOKENS = sa.Text().with_variant(
    mysql.MEDIUMTEXT(charset="ascii", collation="ascii_bin"), "mysql", "mariadb"
)


def upgrade() -> None:
    for table, key, owner, columns in TABLES:
        op.create_table(
            table,
            sa.Column(key, BigId, nullable=False),
            *(sa.Column(name, TOKENS, nullable=False) for name in columns),
            sa.ForeignKeyConstraint(
                [key], [f"{owner}.id"], name=f"fk_{table}_{key}", ondelete="CASCADE"
            ),
            sa.PrimaryKeyConstraint(key, name=f"pk_{table}"),
        )
    fulltext.create(op.get_bind())


def downgrade() -> None:
    fulltext.drop(op.get_bind())
    for table, *_ in TABLES:
        op.drop_table(table)
