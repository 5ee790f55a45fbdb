"""lyrics found by kind without reading their texts

Revision ID: 0016
Revises: 0014
"""

from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_lyrics_kind", "lyrics", ["kind", "song_id"])


def downgrade() -> None:
    op.drop_index("ix_lyrics_kind", table_name="lyrics")
