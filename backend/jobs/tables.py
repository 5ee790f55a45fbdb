"""What runs behind the pages, and when it does so by itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Double, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Created, Pk, UtcDateTime


class Schedule(Base):
    """A command that an admin has run again and again. `cron` is read in the site's zone."""

    __tablename__ = "schedules"

    id: Mapped[Pk]
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(64))
    arguments: Mapped[list[str]] = mapped_column(JSON)
    cron: Mapped[str] = mapped_column(String(64))
    enabled: Mapped[bool] = mapped_column(Boolean, default=True)
    next_due: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    created_at: Mapped[Created]


class Job(Base):
    """A long piece of work: what, how far, how it ended.

    `state` is queued, running, done, failed, refused, cancelled or lost. A running job whose
    heartbeat is older than 30 s is lost.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "kind", "state"), Index(None, "state", "heartbeat_at"))

    id: Mapped[Pk]
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(64))
    """What it works on, e.g. the algorithm being trained."""
    arguments: Mapped[list[str] | None] = mapped_column(JSON)
    """What follows `huisheng`, for jobs that a worker runs; NULL for a command typed by hand."""
    state: Mapped[str] = mapped_column(String(16))
    cancel_asked: Mapped[bool] = mapped_column(Boolean, default=False)
    stage: Mapped[str | None] = mapped_column(String(255))
    progress: Mapped[float | None] = mapped_column(Double)
    """0..1 within the stage; NULL where the end is not known."""
    counts: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Live figures, e.g. of a crawl: new, updated, unchanged, failed, refused."""
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    error: Mapped[str | None] = mapped_column(Text)
    problem: Mapped[str | None] = mapped_column(String(64))
    """The kind of the error, which pages put into words."""
    schedule_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("schedules.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[Created]
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
