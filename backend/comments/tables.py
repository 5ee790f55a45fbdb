"""Comments under songs, what a scorer made of them, and what people did with them."""

from datetime import date, datetime
from typing import Any, Literal

from sqlalchemy import (
    JSON,
    Date,
    Double,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Created, Exact, Pk, Source, SourceId, UtcDateTime

Why = Literal["abuse", "spam", "private", "other"]
"""What a report can say is wrong."""


class Comment(Base):
    """A crawled or own comment. Crawled ones carry no identity."""

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        Index(None, "song_id", "created_at"),
        Index(None, "song_id", "likes"),
        Index(None, "song_id", "label", "likes"),
        Index(None, "song_id", "label", "created_at"),
        Index(None, "label", "day", "song_id"),
    )

    id: Mapped[Pk]
    source: Mapped[Source]
    source_id: Mapped[SourceId]
    song_id: Mapped[int] = mapped_column(BigId, ForeignKey("songs.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    likes: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it was written, as the source says."""
    day: Mapped[date | None] = mapped_column(Date, index=True)
    hour: Mapped[int | None] = mapped_column(SmallInteger)
    stored_at: Mapped[Created]
    probability: Mapped[float | None] = mapped_column(Double)
    """P(praise), 0..1; NULL until scored."""
    label: Mapped[int | None] = mapped_column(SmallInteger)
    """1 positive, 0 neutral, -1 negative."""
    words: Mapped[list[Any] | None] = mapped_column(JSON)
    """The deciding words, [[word, weight], …]."""
    scored_by: Mapped[str | None] = mapped_column(Exact(64), index=True)
    """The version that scored it."""


class RemovedComment(Base):
    """A comment of a source that was taken down here: the next crawl must not bring it back."""

    __tablename__ = "removed_comments"

    source: Mapped[Source] = mapped_column(primary_key=True)
    source_id: Mapped[SourceId] = mapped_column(primary_key=True)
    removed_at: Mapped[Created]


class CommentLike(Base):
    __tablename__ = "comment_likes"

    user_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    comment_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    created_at: Mapped[Created]


class CommentReport(Base):
    """Somebody asks for a comment to be looked at; once each."""

    __tablename__ = "comment_reports"

    user_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    comment_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    reason: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[Created]


class CommentCorrection(Base):
    """Somebody says that a label is wrong, and which is right; once each."""

    __tablename__ = "comment_corrections"

    user_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    comment_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    label: Mapped[int] = mapped_column(SmallInteger)
    created_at: Mapped[Created]
