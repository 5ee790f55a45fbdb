"""What a crawl remembers of each thing it has fetched, written together with the thing itself."""

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, Exact, UtcDateTime


class CrawlState(Base):
    """One fetched thing of a source. A kill -9 loses neither it nor the rows it speaks of.

    `status` is done, partial (its pages were not all read), missing (the source has none), gone
    (the source had it once), refused or failed.
    """

    __tablename__ = "crawl_state"
    __table_args__ = (Index(None, "source", "kind", "next_due"),)

    source: Mapped[str] = mapped_column(Exact(64), primary_key=True)
    kind: Mapped[str] = mapped_column(Exact(16), primary_key=True)
    source_id: Mapped[str] = mapped_column(Exact(128), primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    etag: Mapped[str | None] = mapped_column(String(255))
    content_hash: Mapped[str | None] = mapped_column(Exact(64))
    """SHA-256 of what was told: equal means that nothing needs to be written."""
    cursor: Mapped[str | None] = mapped_column(String(64))
    """Where the reading of its pages stopped."""
    tries: Mapped[int] = mapped_column(Integer, default=0)
    """Failures in a row."""
    fetched_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_due: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it is looked at again; NULL for never."""
