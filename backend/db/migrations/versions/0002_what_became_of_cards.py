"""what became of cards

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_clicks_row_id_song_id", "clicks", ["row_id", "song_id"])
    op.create_index("ix_plays_row_id_song_id", "plays", ["row_id", "song_id"])
    op.add_column("impressions", sa.Column("day", sa.Date(), nullable=True))
    # Cards shown before there was a local day keep their UTC day.
    op.execute("UPDATE impressions SET day = date(created_at)")
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.alter_column("day", existing_type=sa.Date(), nullable=False)
        batch_op.drop_index("ix_impressions_row_id")
        batch_op.create_index("ix_impressions_day_algorithm", ["day", "algorithm"])


def downgrade() -> None:
    with op.batch_alter_table("impressions") as batch_op:
        batch_op.drop_index("ix_impressions_day_algorithm")
        batch_op.create_index("ix_impressions_row_id", ["row_id"])
        batch_op.drop_column("day")
    op.drop_index("ix_plays_row_id_song_id", "plays")
    op.drop_index("ix_clicks_row_id_song_id", "clicks")
