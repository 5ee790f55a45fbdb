"""how listeners felt after a journey

Revision ID: 0013
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

from backend.db.base import BigId, Exact, UtcDateTime

revision = "0013"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mood_checks",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("valence", sa.Double(), nullable=False),
        sa.Column("arousal", sa.Double(), nullable=False),
        sa.Column("wish_valence", sa.Double(), nullable=False),
        sa.Column("wish_arousal", sa.Double(), nullable=False),
        sa.Column("mode", Exact(8), nullable=False),
        sa.Column("felt", sa.SmallInteger(), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.CheckConstraint("felt BETWEEN -1 AND 1", name=op.f("ck_mood_checks_felt")),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_mood_checks_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mood_checks")),
    )
    op.create_index("ix_mood_checks_user_id_id", "mood_checks", ["user_id", "id"])


def downgrade() -> None:
    op.drop_table("mood_checks")
