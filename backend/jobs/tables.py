"""What runs behind the pages."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Double, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, Created, Pk, UtcDateTime


class Job(Base):
    """A long piece of work: what, how far, how it ended.

    `state` is running, done, failed or cancelled. A running job whose heartbeat is older than
    30 s is lost.
    """

    __tablename__ = "jobs"
    __table_args__ = (Index(None, "kind", "state"),)

    id: Mapped[Pk]
    kind: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(64))
    """What it works on, e.g. the algorithm being trained."""
    state: Mapped[str] = mapped_column(String(16))
    stage: Mapped[str | None] = mapped_column(String(255))
    progress: Mapped[float | None] = mapped_column(Double)
    """0..1 within the stage; NULL where the end is not known."""
    result: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Created]
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
