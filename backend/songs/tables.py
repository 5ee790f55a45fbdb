"""Songs, artists, albums, genres, lyrics."""

from datetime import date, datetime

from sqlalchemy import Date, Double, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Created, Exact, Pk, Source, SourceId, Updated, UtcDateTime

LongText = Text().with_variant(mysql.MEDIUMTEXT(), "mysql", "mariadb")


class Genre(Base):
    __tablename__ = "genres"

    id: Mapped[Pk]
    name: Mapped[str] = mapped_column(Exact(64), unique=True)
    song_count: Mapped[int] = mapped_column(Integer, default=0)


class Artist(Base):
    """A singer or band. `heat` is the sum of its songs' heat."""

    __tablename__ = "artists"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    id: Mapped[Pk]
    source: Mapped[Source]
    source_id: Mapped[SourceId]
    name: Mapped[str] = mapped_column(String(255), index=True)
    alias: Mapped[str | None] = mapped_column(String(255))
    brief: Mapped[str | None] = mapped_column(Text)
    picture_url: Mapped[str | None] = mapped_column(String(500))
    heat: Mapped[float] = mapped_column(Double, default=0.0)
    song_count: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]


Index("ix_artists_heat", Artist.heat.desc(), Artist.id)


class Album(Base):
    """`release_precision` is year, month or day; a year-only date never enters a daily chart."""

    __tablename__ = "albums"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    id: Mapped[Pk]
    source: Mapped[Source]
    source_id: Mapped[SourceId]
    title: Mapped[str] = mapped_column(String(255), index=True)
    artist_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("artists.id", ondelete="SET NULL"), index=True
    )
    release_date: Mapped[date | None] = mapped_column(Date)
    release_precision: Mapped[str | None] = mapped_column(String(5))
    kind: Mapped[str | None] = mapped_column(String(32))
    company: Mapped[str | None] = mapped_column(String(255))
    cover_url: Mapped[str | None] = mapped_column(String(500))
    heat: Mapped[float] = mapped_column(Double, default=0.0)
    song_count: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]


Index("ix_albums_heat", Album.heat.desc(), Album.id)


class Song(Base):
    """A recording. Unknown stays NULL; the counters are kept by the domain that writes them."""

    __tablename__ = "songs"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    id: Mapped[Pk]
    source: Mapped[Source]
    source_id: Mapped[SourceId]
    source_url: Mapped[str | None] = mapped_column(String(500))
    title: Mapped[str] = mapped_column(String(255))
    album_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("albums.id", ondelete="SET NULL"), index=True
    )
    release_date: Mapped[date | None] = mapped_column(Date)
    release_precision: Mapped[str | None] = mapped_column(String(5))
    duration_ms: Mapped[int | None] = mapped_column(Integer)
    language: Mapped[str | None] = mapped_column(String(32), index=True)
    heat: Mapped[float | None] = mapped_column(Double)
    copyright: Mapped[str | None] = mapped_column(String(16))
    original: Mapped[str | None] = mapped_column(String(16))
    original_song_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="SET NULL"), index=True
    )
    lyricist: Mapped[str | None] = mapped_column(String(255))
    mood: Mapped[str | None] = mapped_column(String(32))
    tempo: Mapped[float | None] = mapped_column(Double)
    audio_seconds: Mapped[float | None] = mapped_column(Double)
    """Length of what can be played here; NULL where there is nothing to play."""
    cover_url: Mapped[str | None] = mapped_column(String(500))
    cover_palette: Mapped[int | None] = mapped_column(Integer)
    cover_motif: Mapped[int | None] = mapped_column(Integer)
    play_count: Mapped[int] = mapped_column(BigId, default=0)
    """Plays the source reports plus plays counted here."""
    comment_count: Mapped[int] = mapped_column(Integer, default=0)
    positive_count: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    neutral_count: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    negative_count: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    """Of the comments that are scored."""
    rating_sum: Mapped[int] = mapped_column(Integer, default=0)
    rating_count: Mapped[int] = mapped_column(Integer, default=0)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the source stopped listing it; marked, never removed."""
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]


Index("ix_songs_newest", Song.release_date.desc(), Song.id, Song.audio_seconds)
Index("ix_songs_heat", Song.heat.desc(), Song.id)
Index("ix_songs_title_id", Song.title, Song.id)
Index("ix_songs_updated_at", Song.updated_at)


class SongArtist(Base):
    """`position` 0 is the first-named artist."""

    __tablename__ = "song_artists"

    song_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True
    )
    artist_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("artists.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(Integer, default=0)

    __table_args__ = (Index(None, "artist_id", "song_id"),)


class SongGenre(Base):
    __tablename__ = "song_genres"

    song_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True
    )
    genre_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("genres.id", ondelete="CASCADE"), primary_key=True
    )

    __table_args__ = (Index(None, "genre_id", "song_id"),)


class Lyric(Base):
    """`kind` is lrc, plain, instrumental or uncollected; `text` is LRC or plain lines."""

    __tablename__ = "lyrics"
    __table_args__ = (Index("ix_lyrics_kind", "kind", "song_id"),)

    song_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True
    )
    source: Mapped[Source]
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str | None] = mapped_column(LongText)
    translation: Mapped[str | None] = mapped_column(LongText)
    updated_at: Mapped[Updated]
