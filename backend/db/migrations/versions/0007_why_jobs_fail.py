"""why jobs fail

Revision ID: 0007
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("jobs", sa.Column("problem", sa.String(64)))


def downgrade() -> None:
    op.drop_column("jobs", "problem")
