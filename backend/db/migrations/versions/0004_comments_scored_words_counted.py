"""comments scored, words counted

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

from backend.db.base import BigId, Exact, UtcDateTime

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('words',
    sa.Column('id', BigId, autoincrement=True, nullable=False),
    sa.Column('text', Exact(32), nullable=False),
    sa.Column('tone', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_words')),
    sa.UniqueConstraint('text', name=op.f('uq_words_text'))
    )
    op.create_table('word_totals',
    sa.Column('kind', sa.SmallInteger(), nullable=False),
    sa.Column('genre_id', BigId, autoincrement=False, nullable=False),
    sa.Column('word_id', BigId, nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('positive', sa.Integer(), nullable=False),
    sa.Column('neutral', sa.Integer(), nullable=False),
    sa.Column('negative', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['word_id'], ['words.id'], name=op.f('fk_word_totals_word_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('kind', 'genre_id', 'word_id', name=op.f('pk_word_totals'))
    )
    with op.batch_alter_table('word_totals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_word_totals_kind_genre_id_count'), ['kind', 'genre_id', 'count'], unique=False)
        batch_op.create_index(batch_op.f('ix_word_totals_kind_genre_id_negative'), ['kind', 'genre_id', 'negative'], unique=False)
        batch_op.create_index(batch_op.f('ix_word_totals_kind_genre_id_neutral'), ['kind', 'genre_id', 'neutral'], unique=False)
        batch_op.create_index(batch_op.f('ix_word_totals_kind_genre_id_positive'), ['kind', 'genre_id', 'positive'], unique=False)

    op.create_table('counted_lyrics',
    sa.Column('song_id', BigId, nullable=False),
    sa.ForeignKeyConstraint(['song_id'], ['songs.id'], name=op.f('fk_counted_lyrics_song_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('song_id', name=op.f('pk_counted_lyrics'))
    )
    op.create_table('song_words',
    sa.Column('song_id', BigId, nullable=False),
    sa.Column('kind', sa.SmallInteger(), nullable=False),
    sa.Column('word_id', BigId, nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('positive', sa.Integer(), nullable=False),
    sa.Column('neutral', sa.Integer(), nullable=False),
    sa.Column('negative', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['song_id'], ['songs.id'], name=op.f('fk_song_words_song_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['word_id'], ['words.id'], name=op.f('fk_song_words_word_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('song_id', 'kind', 'word_id', name=op.f('pk_song_words'))
    )
    with op.batch_alter_table('song_words', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_song_words_word_id_kind_song_id'), ['word_id', 'kind', 'song_id'], unique=False)

    op.create_table('comment_corrections',
    sa.Column('user_id', BigId, nullable=False),
    sa.Column('comment_id', BigId, nullable=False),
    sa.Column('label', sa.SmallInteger(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_comment_corrections_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_comment_corrections_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'comment_id', name=op.f('pk_comment_corrections'))
    )
    with op.batch_alter_table('comment_corrections', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_corrections_comment_id'), ['comment_id'], unique=False)

    op.create_table('comment_likes',
    sa.Column('user_id', BigId, nullable=False),
    sa.Column('comment_id', BigId, nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_comment_likes_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_comment_likes_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'comment_id', name=op.f('pk_comment_likes'))
    )
    with op.batch_alter_table('comment_likes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_likes_comment_id'), ['comment_id'], unique=False)

    op.create_table('comment_reports',
    sa.Column('user_id', BigId, nullable=False),
    sa.Column('comment_id', BigId, nullable=False),
    sa.Column('reason', sa.String(length=16), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_comment_reports_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_comment_reports_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'comment_id', name=op.f('pk_comment_reports'))
    )
    with op.batch_alter_table('comment_reports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_reports_comment_id'), ['comment_id'], unique=False)

    op.create_table('comment_words',
    sa.Column('comment_id', BigId, nullable=False),
    sa.Column('word_id', BigId, nullable=False),
    sa.Column('count', sa.SmallInteger(), nullable=False),
    sa.ForeignKeyConstraint(['comment_id'], ['comments.id'], name=op.f('fk_comment_words_comment_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['word_id'], ['words.id'], name=op.f('fk_comment_words_word_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('comment_id', 'word_id', name=op.f('pk_comment_words'))
    )
    with op.batch_alter_table('comment_words', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comment_words_word_id_comment_id'), ['word_id', 'comment_id'], unique=False)

    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.add_column(sa.Column('probability', sa.Double(), nullable=True))
        batch_op.add_column(sa.Column('label', sa.SmallInteger(), nullable=True))
        batch_op.add_column(sa.Column('words', sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column('scored_by', Exact(64), nullable=True))
        batch_op.create_index(batch_op.f('ix_comments_scored_by'), ['scored_by'], unique=False)
        batch_op.create_index(batch_op.f('ix_comments_song_id_label_created_at'), ['song_id', 'label', 'created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_comments_song_id_label_likes'), ['song_id', 'label', 'likes'], unique=False)

    with op.batch_alter_table('songs', schema=None) as batch_op:
        batch_op.add_column(sa.Column('positive_count', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('neutral_count', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('negative_count', sa.Integer(), server_default='0', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('songs', schema=None) as batch_op:
        batch_op.drop_column('negative_count')
        batch_op.drop_column('neutral_count')
        batch_op.drop_column('positive_count')

    with op.batch_alter_table('comments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_comments_song_id_label_likes'))
        batch_op.drop_index(batch_op.f('ix_comments_song_id_label_created_at'))
        batch_op.drop_index(batch_op.f('ix_comments_scored_by'))
        batch_op.drop_column('scored_by')
        batch_op.drop_column('words')
        batch_op.drop_column('label')
        batch_op.drop_column('probability')

    op.drop_table('comment_words')
    op.drop_table('comment_reports')
    op.drop_table('comment_likes')
    op.drop_table('comment_corrections')
    op.drop_table('song_words')
    op.drop_table('counted_lyrics')
    op.drop_table('word_totals')
    op.drop_table('words')
