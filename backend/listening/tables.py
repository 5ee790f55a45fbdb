"""What was played, shown and opened."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, SmallInteger, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Created, Exact, Pk, Source, UtcDateTime


class Play(Base):
    """A play, or a count of them. `day` and `hour` are local to the site's time zone.

    `played_at` is NULL where the source gives no date; `sequence` then still orders the plays
    of one listener where the source gives an order (recommenders use it, charts never do).
    """

    __tablename__ = "plays"
    __table_args__ = (
        UniqueConstraint("user_id", "client_id"),
        Index(None, "user_id", "played_at"),
        Index(None, "song_id", "played_at"),
        Index(None, "played_at"),
        Index(None, "day", "hour", "song_id", "count"),
        Index(None, "row_id", "song_id"),
    )

    id: Mapped[Pk]
    client_id: Mapped[str] = mapped_column(Exact(64))
    """Names this play once for its user, so that a retry or a second import never doubles it."""
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    song_id: Mapped[int] = mapped_column(BigId, ForeignKey("songs.id", ondelete="CASCADE"))
    source: Mapped[Source]
    count: Mapped[int] = mapped_column(Integer, default=1)
    seconds: Mapped[int | None] = mapped_column(Integer)
    played_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sequence: Mapped[int | None] = mapped_column(BigId)
    day: Mapped[date | None] = mapped_column(Date)
    hour: Mapped[int | None] = mapped_column(SmallInteger)
    row_id: Mapped[str | None] = mapped_column(Exact(64))


class Impression(Base):
    """A card that was really seen, with the row that showed it. Kept 90 days."""

    __tablename__ = "impressions"
    __table_args__ = (
        UniqueConstraint("user_id", "client_id"),
        Index(None, "song_id"),
        Index(None, "created_at"),
        Index(None, "day", "algorithm"),
    )

    id: Mapped[Pk]
    client_id: Mapped[str] = mapped_column(Exact(64))
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    song_id: Mapped[int] = mapped_column(BigId, ForeignKey("songs.id", ondelete="CASCADE"))
    row_id: Mapped[str] = mapped_column(Exact(64))
    algorithm: Mapped[str] = mapped_column(String(32))
    model_version: Mapped[str | None] = mapped_column(String(64))
    position: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[Created]
    day: Mapped[date] = mapped_column(Date)
    """Local to the site's time zone."""


class Click(Base):
    """A card that was opened."""

    __tablename__ = "clicks"
    __table_args__ = (
        UniqueConstraint("user_id", "client_id"),
        Index(None, "song_id"),
        Index(None, "created_at"),
        Index(None, "row_id", "song_id"),
    )

    id: Mapped[Pk]
    client_id: Mapped[str] = mapped_column(Exact(64))
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    song_id: Mapped[int] = mapped_column(BigId, ForeignKey("songs.id", ondelete="CASCADE"))
    row_id: Mapped[str | None] = mapped_column(Exact(64))
    created_at: Mapped[Created]
