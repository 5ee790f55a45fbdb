"""Comments under songs."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, Integer, SmallInteger, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Created, Pk, Source, SourceId, UtcDateTime


class Comment(Base):
    """A crawled or own comment. Crawled ones carry no identity."""

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("source", "source_id"),
        Index(None, "song_id", "created_at"),
        Index(None, "song_id", "likes"),
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
