"""what songs are heard from

Revision ID: 0008
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

from backend.db.base import BigId, Exact, UtcDateTime

revision = "0008"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audio_files",
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("folder", Exact(500), nullable=False),
        sa.Column("path", Exact(500), nullable=False),
        sa.Column("mime", sa.String(length=32), nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("size", BigId, nullable=False),
        sa.Column("modified_ns", BigId, nullable=False),
        sa.Column("scanned_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"],
            ["songs.id"],
            name=op.f("fk_audio_files_song_id_songs"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("song_id", name=op.f("pk_audio_files")),
    )
    op.create_index("ix_audio_files_folder", "audio_files", ["folder"])
    op.add_column("songs", sa.Column("audio_seconds", sa.Double(), nullable=True))
    # Demo songs that are there already: as `demo.tune.tune_seconds` says.
    songs = sa.table("songs", *map(sa.column, ("source", "tempo", "audio_seconds")))
    demo = sa.and_(songs.c.source == "demo", songs.c.tempo.is_not(None))
    tempos = op.get_bind().scalars(sa.select(songs.c.tempo).where(demo).distinct())
    lengths = {tempo: round(25 * tempo / 240) * 240 / tempo for tempo in tempos}
    if lengths:
        told = sa.case(lengths, value=songs.c.tempo)
        op.execute(sa.update(songs).where(demo).values(audio_seconds=told))


def downgrade() -> None:
    op.drop_column("songs", "audio_seconds")
    op.drop_table("audio_files")
