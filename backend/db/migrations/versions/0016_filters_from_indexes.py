"""lyrics by kind and songs by date with what can be played, told by indexes alone

Revision ID: 0016
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None

NEWEST = "ix_songs_newest"


def upgrade() -> None:
    op.create_index("ix_lyrics_kind", "lyrics", ["kind", "song_id"])
    op.drop_index(NEWEST, table_name="songs")
    op.create_index(NEWEST, "songs", [sa.text("release_date DESC"), "id", "audio_seconds"])


def downgrade() -> None:
    op.drop_index(NEWEST, table_name="songs")
    op.create_index(NEWEST, "songs", [sa.text("release_date DESC"), "id"])
    op.drop_index("ix_lyrics_kind", table_name="lyrics")
