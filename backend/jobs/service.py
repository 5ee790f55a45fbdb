"""What runs behind: one row a job, written in short transactions of its own."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.db.session import unit_of_work
from backend.jobs.tables import Job

HEARTBEAT = 0.5
"""Seconds between two writes of a job's progress."""
LOST_AFTER = timedelta(seconds=30)


class JobLog:
    """The row of a running job. Call it with (stage, done, total) to report progress."""

    def __init__(self, engine: Engine, job_id: int) -> None:
        self._engine = engine
        self.job_id = job_id
        self.result: dict[str, Any] | None = None
        self._written = 0.0

    def __call__(self, stage: str, done: int, total: int | None) -> None:
        now = time.monotonic()
        if now - self._written >= HEARTBEAT:
            self._written = now
            share = done / total if total else None
            self._write(stage=stage[:255], progress=share, heartbeat_at=utc_now())

    def _write(self, **values: Any) -> None:
        with unit_of_work(self._engine) as session:
            session.execute(update(Job).where(Job.id == self.job_id).values(**values))

    def end(self, state: str, error: str | None = None) -> None:
        """Write how the job ended."""
        self._write(state=state, error=error, result=self.result, ended_at=utc_now(), progress=None)


@contextmanager
def job(engine: Engine, *, kind: str, subject: str) -> Iterator[JobLog]:
    """Run a block as a job: done at its end, failed with the error's text when it raises."""
    with unit_of_work(engine) as session:
        row = Job(kind=kind, subject=subject, state="running", heartbeat_at=utc_now())
        session.add(row)
        session.flush()
        log = JobLog(engine, row.id)
    try:
        yield log
    except BaseException as error:
        log.end("failed", f"{type(error).__name__}: {error}")
        raise
    log.end("done")


def running(session: Session, *, kind: str) -> set[str]:
    """Return the subjects of live jobs of this kind."""
    return set(
        session.scalars(
            select(Job.subject).where(
                Job.kind == kind,
                Job.state == "running",
                Job.heartbeat_at > utc_now() - LOST_AFTER,
            )
        )
    )
