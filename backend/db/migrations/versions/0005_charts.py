"""indexes that charts read

Revision ID: 0005
Revises: 0004
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NEW = (
    ("ix_songs_updated_at", "songs", ["updated_at"]),
    ("ix_ratings_song_id_stars", "ratings", ["song_id", "stars"]),
    ("ix_ratings_stars_song_id", "ratings", ["stars", "song_id"]),
    ("ix_plays_day_hour_song_id_count", "plays", ["day", "hour", "song_id", "count"]),
    ("ix_comments_label_day_song_id", "comments", ["label", "day", "song_id"]),
)
OLD = (("ix_ratings_song_id", "ratings", ["song_id"]), ("ix_plays_day", "plays", ["day"]))


def upgrade() -> None:
    # New ones first: a foreign key must never stand without an index.
    for name, table, columns in NEW:
        op.create_index(name, table, columns)
    for name, table, _ in OLD:
        op.drop_index(name, table)


def downgrade() -> None:
    for name, table, columns in OLD:
        op.create_index(name, table, columns)
    for name, table, _ in NEW:
        op.drop_index(name, table)
