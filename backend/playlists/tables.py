"""Playlists: crawled, own, generated."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Created, Pk, Source, SourceId, Updated, UtcDateTime


class Playlist(Base):
    __tablename__ = "playlists"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    id: Mapped[Pk]
    source: Mapped[Source]
    source_id: Mapped[SourceId]
    user_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None] = mapped_column(Text)
    tags: Mapped[str | None] = mapped_column(String(255))
    """Comma-separated, as the source gives them."""
    cover_url: Mapped[str | None] = mapped_column(String(500))
    play_count: Mapped[int] = mapped_column(BigId, default=0)
    subscriber_count: Mapped[int] = mapped_column(BigId, default=0)
    source_created_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    gone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the source stopped showing it; marked, never removed."""
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]


Index("ix_playlists_plays", Playlist.play_count.desc(), Playlist.id)


class PlaylistSong(Base):
    __tablename__ = "playlist_songs"

    playlist_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("playlists.id", ondelete="CASCADE"), primary_key=True
    )
    song_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(Integer)

    __table_args__ = (Index(None, "song_id"),)
