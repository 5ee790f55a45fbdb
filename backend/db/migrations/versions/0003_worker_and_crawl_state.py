"""jobs by a worker, crawl state

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

from backend.db.base import BigId, Exact, UtcDateTime

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('crawl_state',
    sa.Column('source', Exact(64), nullable=False),
    sa.Column('kind', Exact(16), nullable=False),
    sa.Column('source_id', Exact(128), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('etag', sa.String(length=255), nullable=True),
    sa.Column('content_hash', Exact(64), nullable=True),
    sa.Column('cursor', sa.String(length=64), nullable=True),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('fetched_at', UtcDateTime(), nullable=False),
    sa.Column('next_due', UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('source', 'kind', 'source_id', name=op.f('pk_crawl_state'))
    )
    with op.batch_alter_table('crawl_state', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_crawl_state_source_kind_next_due'), ['source', 'kind', 'next_due'], unique=False)

    op.create_table('schedules',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('arguments', sa.JSON(), nullable=False),
    sa.Column('cron', sa.String(length=64), nullable=False),
    sa.Column('enabled', sa.Boolean(), nullable=False),
    sa.Column('next_due', UtcDateTime(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_schedules'))
    )
    with op.batch_alter_table('schedules', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_schedules_next_due'), ['next_due'], unique=False)

    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('arguments', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('cancel_asked', sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column('counts', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('schedule_id', BigId, nullable=True))
        batch_op.add_column(sa.Column('started_at', UtcDateTime(), nullable=True))
        batch_op.create_index(batch_op.f('ix_jobs_schedule_id'), ['schedule_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_jobs_state_heartbeat_at'), ['state', 'heartbeat_at'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_jobs_schedule_id'), 'schedules', ['schedule_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('playlists', schema=None) as batch_op:
        batch_op.add_column(sa.Column('gone_at', UtcDateTime(), nullable=True))
        batch_op.create_index('ix_playlists_plays', [sa.literal_column('play_count DESC'), 'id'], unique=False)

    with op.batch_alter_table('plays', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_plays_played_at'), ['played_at'], unique=False)

    with op.batch_alter_table('ratings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ratings_updated_at'), ['updated_at'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('ratings', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ratings_updated_at'))

    with op.batch_alter_table('plays', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_plays_played_at'))

    with op.batch_alter_table('playlists', schema=None) as batch_op:
        batch_op.drop_index('ix_playlists_plays')
        batch_op.drop_column('gone_at')

    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_jobs_schedule_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_jobs_state_heartbeat_at'))
        batch_op.drop_index(batch_op.f('ix_jobs_schedule_id'))
        batch_op.drop_column('started_at')
        batch_op.drop_column('schedule_id')
        batch_op.drop_column('counts')
        batch_op.drop_column('cancel_asked')
        batch_op.drop_column('arguments')

    # A table takes its indexes with it.
    op.drop_table('schedules')
    op.drop_table('crawl_state')
