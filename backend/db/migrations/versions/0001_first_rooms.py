"""first rooms

Longer than other files may be: it is what every database began with and is never edited or split.

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import mysql

from backend.db.base import BigId, Exact, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "artists",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("source", Exact(64), nullable=False),
        sa.Column("source_id", Exact(128), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("alias", sa.String(length=255), nullable=True),
        sa.Column("brief", sa.Text(), nullable=True),
        sa.Column("picture_url", sa.String(length=500), nullable=True),
        sa.Column("heat", sa.Double(), nullable=False),
        sa.Column("song_count", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_artists")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_artists_source_source_id")),
    )
    with op.batch_alter_table("artists", schema=None) as batch_op:
        batch_op.create_index(
            "ix_artists_heat", [sa.literal_column("heat DESC"), "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_artists_name"), ["name"], unique=False)

    op.create_table(
        "genres",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("name", Exact(64), nullable=False),
        sa.Column("song_count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_genres")),
        sa.UniqueConstraint("name", name=op.f("uq_genres_name")),
    )
    op.create_table(
        "jobs",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.String(length=255), nullable=True),
        sa.Column("progress", sa.Double(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("heartbeat_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    with op.batch_alter_table("jobs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_jobs_kind_state"), ["kind", "state"], unique=False)

    op.create_table(
        "model_versions",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("metrics", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("promoted_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_versions")),
        sa.UniqueConstraint("name", "version", name=op.f("uq_model_versions_name_version")),
    )
    with op.batch_alter_table("model_versions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_model_versions_created_at"), ["created_at"], unique=False
        )

    op.create_table(
        "users",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("username", sa.String(length=64), nullable=False),
        sa.Column("username_norm", Exact(190), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=True),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("source", Exact(64), nullable=True),
        sa.Column("source_id", Exact(128), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_users_source_source_id")),
        sa.UniqueConstraint("username_norm", name=op.f("uq_users_username_norm")),
    )
    op.create_table(
        "albums",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("source", Exact(64), nullable=False),
        sa.Column("source_id", Exact(128), nullable=False),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("artist_id", BigId, nullable=True),
        sa.Column("release_date", sa.Date(), nullable=True),
        sa.Column("release_precision", sa.String(length=5), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=True),
        sa.Column("company", sa.String(length=255), nullable=True),
        sa.Column("cover_url", sa.String(length=500), nullable=True),
        sa.Column("heat", sa.Double(), nullable=False),
        sa.Column("song_count", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"], ["artists.id"], name=op.f("fk_albums_artist_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_albums")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_albums_source_source_id")),
    )
    with op.batch_alter_table("albums", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_albums_artist_id"), ["artist_id"], unique=False)
        batch_op.create_index(
            "ix_albums_heat", [sa.literal_column("heat DESC"), "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_albums_title"), ["title"], unique=False)

    op.create_table(
        "login_sessions",
        sa.Column("id", Exact(36), nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_login_sessions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_sessions")),
    )
    with op.batch_alter_table("login_sessions", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_login_sessions_expires_at"), ["expires_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_login_sessions_user_id"), ["user_id"], unique=False)

    op.create_table(
        "picked_artists",
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("artist_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"],
            ["artists.id"],
            name=op.f("fk_picked_artists_artist_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_picked_artists_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "artist_id", name=op.f("pk_picked_artists")),
    )
    with op.batch_alter_table("picked_artists", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_picked_artists_artist_id"), ["artist_id"], unique=False
        )

    op.create_table(
        "picked_genres",
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("genre_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["genre_id"], ["genres.id"], name=op.f("fk_picked_genres_genre_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_picked_genres_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "genre_id", name=op.f("pk_picked_genres")),
    )
    with op.batch_alter_table("picked_genres", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_picked_genres_genre_id"), ["genre_id"], unique=False)

    op.create_table(
        "playlists",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("source", Exact(64), nullable=False),
        sa.Column("source_id", Exact(128), nullable=False),
        sa.Column("user_id", BigId, nullable=True),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("tags", sa.String(length=255), nullable=True),
        sa.Column("cover_url", sa.String(length=500), nullable=True),
        sa.Column("play_count", BigId, nullable=False),
        sa.Column("subscriber_count", BigId, nullable=False),
        sa.Column("source_created_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_playlists_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_playlists")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_playlists_source_source_id")),
    )
    with op.batch_alter_table("playlists", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_playlists_user_id"), ["user_id"], unique=False)

    op.create_table(
        "refresh_tokens",
        sa.Column("jti", Exact(36), nullable=False),
        sa.Column("session_id", Exact(36), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.Column("successor", Exact(36), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["login_sessions.id"],
            name=op.f("fk_refresh_tokens_session_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("jti", name=op.f("pk_refresh_tokens")),
    )
    with op.batch_alter_table("refresh_tokens", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_refresh_tokens_session_id"), ["session_id"], unique=False
        )

    op.create_table(
        "songs",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("source", Exact(64), nullable=False),
        sa.Column("source_id", Exact(128), nullable=False),
        sa.Column("source_url", sa.String(length=500), nullable=True),
        sa.Column("title", sa.String(length=255), nullable=False),
        sa.Column("album_id", BigId, nullable=True),
        sa.Column("release_date", sa.Date(), nullable=True),
        sa.Column("release_precision", sa.String(length=5), nullable=True),
        sa.Column("duration_ms", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(length=32), nullable=True),
        sa.Column("heat", sa.Double(), nullable=True),
        sa.Column("copyright", sa.String(length=16), nullable=True),
        sa.Column("original", sa.String(length=16), nullable=True),
        sa.Column("original_song_id", BigId, nullable=True),
        sa.Column("lyricist", sa.String(length=255), nullable=True),
        sa.Column("mood", sa.String(length=32), nullable=True),
        sa.Column("tempo", sa.Double(), nullable=True),
        sa.Column("cover_url", sa.String(length=500), nullable=True),
        sa.Column("cover_palette", sa.Integer(), nullable=True),
        sa.Column("cover_motif", sa.Integer(), nullable=True),
        sa.Column("play_count", BigId, nullable=False),
        sa.Column("comment_count", sa.Integer(), nullable=False),
        sa.Column("rating_sum", sa.Integer(), nullable=False),
        sa.Column("rating_count", sa.Integer(), nullable=False),
        sa.Column("gone_at", UtcDateTime(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["album_id"], ["albums.id"], name=op.f("fk_songs_album_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["original_song_id"],
            ["songs.id"],
            name=op.f("fk_songs_original_song_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_songs")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_songs_source_source_id")),
    )
    with op.batch_alter_table("songs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_songs_album_id"), ["album_id"], unique=False)
        batch_op.create_index("ix_songs_heat", [sa.literal_column("heat DESC"), "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_songs_language"), ["language"], unique=False)
        batch_op.create_index(
            "ix_songs_newest", [sa.literal_column("release_date DESC"), "id"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_songs_original_song_id"), ["original_song_id"], unique=False
        )
        batch_op.create_index("ix_songs_title_id", ["title", "id"], unique=False)

    op.create_table(
        "clicks",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("client_id", Exact(64), nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("row_id", Exact(64), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"], ["songs.id"], name=op.f("fk_clicks_song_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_clicks_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clicks")),
        sa.UniqueConstraint("user_id", "client_id", name=op.f("uq_clicks_user_id_client_id")),
    )
    with op.batch_alter_table("clicks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_clicks_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_clicks_song_id"), ["song_id"], unique=False)

    op.create_table(
        "comments",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("source", Exact(64), nullable=False),
        sa.Column("source_id", Exact(128), nullable=False),
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("user_id", BigId, nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("likes", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("hour", sa.SmallInteger(), nullable=True),
        sa.Column("stored_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"], ["songs.id"], name=op.f("fk_comments_song_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_comments_user_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comments")),
        sa.UniqueConstraint("source", "source_id", name=op.f("uq_comments_source_source_id")),
    )
    with op.batch_alter_table("comments", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comments_day"), ["day"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_comments_song_id_created_at"), ["song_id", "created_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_comments_song_id_likes"), ["song_id", "likes"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_comments_user_id"), ["user_id"], unique=False)

    op.create_table(
        "hidden_songs",
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"], ["songs.id"], name=op.f("fk_hidden_songs_song_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_hidden_songs_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "song_id", name=op.f("pk_hidden_songs")),
    )
    with op.batch_alter_table("hidden_songs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_hidden_songs_song_id"), ["song_id"], unique=False)

    op.create_table(
        "impressions",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("client_id", Exact(64), nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("row_id", Exact(64), nullable=False),
        sa.Column("algorithm", sa.String(length=32), nullable=False),
        sa.Column("model_version", sa.String(length=64), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"], ["songs.id"], name=op.f("fk_impressions_song_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_impressions_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_impressions")),
        sa.UniqueConstraint("user_id", "client_id", name=op.f("uq_impressions_user_id_client_id")),
    )
    with op.batch_alter_table("impressions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_impressions_created_at"), ["created_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_impressions_row_id"), ["row_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_impressions_song_id"), ["song_id"], unique=False)

    op.create_table(
        "lyrics",
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("source", Exact(64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column(
            "text",
            sa.Text()
            .with_variant(mysql.MEDIUMTEXT(), "mariadb")
            .with_variant(mysql.MEDIUMTEXT(), "mysql"),
            nullable=True,
        ),
        sa.Column(
            "translation",
            sa.Text()
            .with_variant(mysql.MEDIUMTEXT(), "mariadb")
            .with_variant(mysql.MEDIUMTEXT(), "mysql"),
            nullable=True,
        ),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"], ["songs.id"], name=op.f("fk_lyrics_song_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("song_id", name=op.f("pk_lyrics")),
    )
    op.create_table(
        "playlist_songs",
        sa.Column("playlist_id", BigId, nullable=False),
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["playlist_id"],
            ["playlists.id"],
            name=op.f("fk_playlist_songs_playlist_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["song_id"], ["songs.id"], name=op.f("fk_playlist_songs_song_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("playlist_id", "song_id", name=op.f("pk_playlist_songs")),
    )
    with op.batch_alter_table("playlist_songs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_playlist_songs_song_id"), ["song_id"], unique=False)

    op.create_table(
        "plays",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("client_id", Exact(64), nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("source", Exact(64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("played_at", UtcDateTime(), nullable=True),
        sa.Column("sequence", BigId, nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("hour", sa.SmallInteger(), nullable=True),
        sa.Column("row_id", Exact(64), nullable=True),
        sa.ForeignKeyConstraint(
            ["song_id"], ["songs.id"], name=op.f("fk_plays_song_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_plays_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plays")),
        sa.UniqueConstraint("user_id", "client_id", name=op.f("uq_plays_user_id_client_id")),
    )
    with op.batch_alter_table("plays", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plays_day"), ["day"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_plays_song_id_played_at"), ["song_id", "played_at"], unique=False
        )
        batch_op.create_index(
            batch_op.f("ix_plays_user_id_played_at"), ["user_id", "played_at"], unique=False
        )

    op.create_table(
        "ratings",
        sa.Column("id", BigId, autoincrement=True, nullable=False),
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("stars_before", sa.Integer(), nullable=True),
        sa.Column("rated_at", UtcDateTime(), nullable=True),
        sa.Column("row_id", Exact(64), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("stars BETWEEN 0 AND 5", name=op.f("ck_ratings_stars")),
        sa.ForeignKeyConstraint(
            ["song_id"], ["songs.id"], name=op.f("fk_ratings_song_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_ratings_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("user_id", "song_id", name=op.f("uq_ratings_user_id_song_id")),
    )
    with op.batch_alter_table("ratings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ratings_song_id"), ["song_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_ratings_user_id_updated_at"), ["user_id", "updated_at"], unique=False
        )

    op.create_table(
        "song_artists",
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("artist_id", BigId, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["artist_id"],
            ["artists.id"],
            name=op.f("fk_song_artists_artist_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["song_id"], ["songs.id"], name=op.f("fk_song_artists_song_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("song_id", "artist_id", name=op.f("pk_song_artists")),
    )
    with op.batch_alter_table("song_artists", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_song_artists_artist_id_song_id"), ["artist_id", "song_id"], unique=False
        )

    op.create_table(
        "song_genres",
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("genre_id", BigId, nullable=False),
        sa.ForeignKeyConstraint(
            ["genre_id"], ["genres.id"], name=op.f("fk_song_genres_genre_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["song_id"], ["songs.id"], name=op.f("fk_song_genres_song_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("song_id", "genre_id", name=op.f("pk_song_genres")),
    )
    with op.batch_alter_table("song_genres", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_song_genres_genre_id_song_id"), ["genre_id", "song_id"], unique=False
        )

    op.create_table(
        "uncounted_songs",
        sa.Column("user_id", BigId, nullable=False),
        sa.Column("song_id", BigId, nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["song_id"], ["songs.id"], name=op.f("fk_uncounted_songs_song_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_uncounted_songs_user_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", "song_id", name=op.f("pk_uncounted_songs")),
    )
    with op.batch_alter_table("uncounted_songs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_uncounted_songs_song_id"), ["song_id"], unique=False)


def downgrade() -> None:
    # A table takes its indexes with it; MySQL keeps those that a foreign key needs.
    op.drop_table("uncounted_songs")
    op.drop_table("song_genres")
    op.drop_table("song_artists")
    op.drop_table("ratings")
    op.drop_table("plays")
    op.drop_table("playlist_songs")
    op.drop_table("lyrics")
    op.drop_table("impressions")
    op.drop_table("hidden_songs")
    op.drop_table("comments")
    op.drop_table("clicks")
    op.drop_table("songs")
    op.drop_table("refresh_tokens")
    op.drop_table("playlists")
    op.drop_table("picked_genres")
    op.drop_table("picked_artists")
    op.drop_table("login_sessions")
    op.drop_table("albums")
    op.drop_table("users")
    op.drop_table("model_versions")
    op.drop_table("jobs")
    op.drop_table("genres")
    op.drop_table("artists")
