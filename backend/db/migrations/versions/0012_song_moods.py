"""where songs stand on the valence-arousal plane

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

from backend.db.base import BigId, Exact, UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "song_moods",
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("valence", sa.Double(), nullable=False),
        sa.Column("arousal", sa.Double(), nullable=False),
        sa.Column("tempo", sa.Double(), nullable=True),
        sa.Column("evidence", Exact(64), nullable=False),
        sa.Column("version", Exact(64), nullable=False),
        sa.Column("placed_at", UtcDateTime, nullable=False),
        sa.CheckConstraint("valence BETWEEN -1 AND 1", name=op.f("ck_song_moods_valence")),
        sa.CheckConstraint("arousal BETWEEN -1 AND 1", name=op.f("ck_song_moods_arousal")),
        sa.ForeignKeyConstraint(
            ["song_id"],
            ["songs.id"],
            name=op.f("fk_song_moods_song_id_songs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("song_id", name=op.f("pk_song_moods")),
    )
    op.create_index("ix_song_moods_valence_arousal", "song_moods", ["valence", "arousal"])


def downgrade() -> None:
    op.drop_table("song_moods")
