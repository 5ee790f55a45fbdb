"""Taste: stars and hearts, hidden songs, songs kept out of one's taste."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Created, Exact, Pk, Updated, UtcDateTime


class Rating(Base):
    """One row per (user, song). A heart is stars = 5; 0 is cleared and counts for nothing.

    `stars_before` is what the row held when a heart raised it: un-heart goes back there.
    """

    __tablename__ = "ratings"
    __table_args__ = (
        UniqueConstraint("user_id", "song_id"),
        CheckConstraint("stars BETWEEN 0 AND 5", name="stars"),
        Index(None, "song_id", "stars"),
        Index(None, "stars", "song_id"),
        Index(None, "user_id", "updated_at"),
        Index(None, "updated_at"),
    )

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    song_id: Mapped[int] = mapped_column(BigId, ForeignKey("songs.id", ondelete="CASCADE"))
    stars: Mapped[int] = mapped_column(Integer)
    stars_before: Mapped[int | None] = mapped_column(Integer)
    rated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the listener rated; NULL where the source does not say."""
    row_id: Mapped[str | None] = mapped_column(Exact(64))
    """The recommender row in which the song was rated."""
    created_at: Mapped[Created]
    updated_at: Mapped[Updated]


class HiddenSong(Base):
    """不感兴趣: never in this user's rows, and negative evidence."""

    __tablename__ = "hidden_songs"

    user_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    song_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True
    )
    created_at: Mapped[Created]

    __table_args__ = (Index(None, "song_id"),)


class UncountedSong(Base):
    """不计入口味: plays and ratings of this song are left out of the user's taste."""

    __tablename__ = "uncounted_songs"

    user_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    song_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True
    )
    created_at: Mapped[Created]

    __table_args__ = (Index(None, "song_id"),)
