"""care plans

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op
from backend.db.base import BigId
from backend.db.base import Exact
from backend.db.base import UtcDateTime

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('care_codes',
    sa.Column('user_id', BigId, nullable=False),
    sa.Column('code_hash', Exact(64), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_care_codes_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_care_codes')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_care_codes_code_hash'))
    )
    op.create_table('care_events',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('user_id', BigId, nullable=False),
    sa.Column('actor_id', BigId, nullable=True),
    sa.Column('what', Exact(16), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['actor_id'], ['users.id'], name=op.f('fk_care_events_actor_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_care_events_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_events'))
    )
    with op.batch_alter_table('care_events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_care_events_user_id_id'), ['user_id', 'id'], unique=False)

    op.create_table('care_links',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('user_id', BigId, nullable=False),
    sa.Column('clinician_id', BigId, nullable=False),
    sa.Column('may_list', sa.Boolean(), nullable=False),
    sa.Column('may_note', sa.Boolean(), nullable=False),
    sa.Column('asked_at', UtcDateTime(), nullable=False),
    sa.Column('confirmed_at', UtcDateTime(), nullable=True),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.ForeignKeyConstraint(['clinician_id'], ['users.id'], name=op.f('fk_care_links_clinician_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_care_links_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_links'))
    )
    with op.batch_alter_table('care_links', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_care_links_clinician_id_ended_at'), ['clinician_id', 'ended_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_care_links_user_id_ended_at'), ['user_id', 'ended_at'], unique=False)

    op.create_table('care_items',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('user_id', BigId, nullable=False),
    sa.Column('author_id', BigId, nullable=False),
    sa.Column('link_id', BigId, nullable=True),
    sa.Column('kind', Exact(8), nullable=False),
    sa.Column('target_id', BigId, nullable=False),
    sa.Column('avoid', sa.Boolean(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_care_items_author_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['link_id'], ['care_links.id'], name=op.f('fk_care_items_link_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_care_items_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_items')),
    sa.UniqueConstraint('user_id', 'author_id', 'kind', 'target_id', name=op.f('uq_care_items_user_id_author_id_kind_target_id'))
    )
    with op.batch_alter_table('care_items', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_care_items_link_id'), ['link_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_care_items_user_id_avoid_kind_target_id'), ['user_id', 'avoid', 'kind', 'target_id'], unique=False)

    op.create_table('care_notes',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('user_id', BigId, nullable=False),
    sa.Column('link_id', BigId, nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['link_id'], ['care_links.id'], name=op.f('fk_care_notes_link_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_care_notes_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_care_notes'))
    )
    with op.batch_alter_table('care_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_care_notes_link_id_id'), ['link_id', 'id'], unique=False)



def downgrade() -> None:
    for name in ("care_notes", "care_items", "care_links", "care_events", "care_codes"):
        op.drop_table(name)
