"""what people say of themselves, and what their browsers do

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("users", sa.Column("bio", sa.String(300)))
    op.add_column("users", sa.Column("avatar", sa.String(64)))
    op.create_index("ix_users_role", "users", ["role"])
    op.add_column("login_sessions", sa.Column("agent", sa.String(255)))


def downgrade() -> None:
    op.drop_column("login_sessions", "agent")
    op.drop_index("ix_users_role", "users")
    op.drop_column("users", "avatar")
    op.drop_column("users", "bio")
