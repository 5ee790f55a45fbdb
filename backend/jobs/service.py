"""What runs behind: one row a job, written in short transactions of its own."""

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.db.session import unit_of_work
from backend.errors import HuishengError, kebab
from backend.jobs.errors import JobCancelled, JobNotFound, JobRefused
from backend.jobs.tables import Job

HEARTBEAT = 0.5
"""Seconds between two writes of a job's progress."""
LOST_AFTER = timedelta(seconds=30)
LIVE = ("queued", "running")


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

    def count(self, stage: str | None, counts: Mapping[str, Any]) -> bool:
        """Write live figures and a sign of life; tell whether somebody asked to stop."""
        self._write(stage=stage, counts=dict(counts), heartbeat_at=utc_now())
        with Session(self._engine) as session:
            asked = session.scalar(select(Job.cancel_asked).where(Job.id == self.job_id))
            return bool(asked)

    def _write(self, **values: Any) -> None:
        with unit_of_work(self._engine) as session:
            session.execute(update(Job).where(Job.id == self.job_id).values(**values))

    def end(self, state: str, error: BaseException | None = None, text: str | None = None) -> None:
        """Write how the job ended, and by which error."""
        self._write(
            state=state,
            error=text,
            problem=None if error is None else kebab(type(error).__name__)[:64],
            result=self.result,
            ended_at=utc_now(),
            progress=None,
        )


@contextmanager
def job(engine: Engine, *, kind: str, subject: str, job_id: int | None = None) -> Iterator[JobLog]:
    """Run a block as a job: done at its end, failed with the error's text when it raises.

    `job_id` names a row a worker has begun already. A `JobRefused` ends as refused, a
    `JobCancelled` or Ctrl-C as cancelled.
    """
    now = utc_now()
    begun = {"state": "running", "heartbeat_at": now, "started_at": now, "ended_at": None}
    begun |= {"error": None, "problem": None}
    with unit_of_work(engine) as session:
        if job_id is None:
            row = Job(kind=kind, subject=subject, **begun)
            session.add(row)
            session.flush()
            job_id = row.id
        else:
            # One that a worker has just claimed may have been asked to stop before it came here.
            again = update(Job).where(Job.id == job_id, Job.state != "running")
            session.execute(again.values(cancel_asked=False))
            session.execute(update(Job).where(Job.id == job_id).values(**begun))
    log = JobLog(engine, job_id)
    try:
        yield log
    except JobRefused as refusal:
        log.end("refused", refusal, str(refusal))
        raise
    except (JobCancelled, KeyboardInterrupt) as stop:
        log.end("cancelled", stop, str(stop) or None)
        raise
    except HuishengError as error:
        log.end("failed", error, str(error))
        raise
    except BaseException as error:
        log.end("failed", error, f"{type(error).__name__}: {error}")
        raise
    log.end("done")


def submit(
    session: Session,
    *,
    kind: str,
    subject: str,
    arguments: Sequence[str],
    schedule_id: int | None = None,
) -> Job:
    """Add a job for a worker to run: `huisheng <arguments> --job ID`.

    The row is the truth; `queue.Queue` tells the worker of it after the commit.
    """
    row = Job(
        kind=kind,
        subject=subject,
        arguments=list(arguments),
        state="queued",
        schedule_id=schedule_id,
    )
    session.add(row)
    session.flush()
    return row


def claim(session: Session, *, job_id: int) -> list[str] | None:
    """Take a queued job for running; return its arguments, None when somebody else has it."""
    now = utc_now()
    taken = session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == "queued")
        .values(state="running", started_at=now, heartbeat_at=now)
    )
    if not taken.rowcount:  # type: ignore[attr-defined]  # an update's result counts rows
        return None
    return session.scalar(select(Job.arguments).where(Job.id == job_id))


def beat(session: Session, *, job_id: int) -> bool:
    """Give a sign of life for a running job; tell whether somebody asked it to stop."""
    session.execute(update(Job).where(Job.id == job_id).values(heartbeat_at=utc_now()))
    return bool(session.scalar(select(Job.cancel_asked).where(Job.id == job_id)))


def settle(session: Session, *, job_id: int, state: str, error: str | None) -> None:
    """End a job whose own process has not said how it ended."""
    session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == "running")
        .values(state=state, error=error, ended_at=utc_now(), progress=None)
    )


def cancel(session: Session, *, job_id: int) -> Job:
    """Ask a job to stop; one that has not begun is cancelled at once.

    Raises:
        JobNotFound: no such job.
    """
    row = get(session, job_id=job_id)
    if row.state == "queued":
        row.state, row.ended_at = "cancelled", utc_now()
    elif row.state == "running":
        row.cancel_asked = True
    session.flush()
    return row


def mark_lost(session: Session) -> None:
    """Say of jobs without a sign of life that they are lost: their process died unheard."""
    session.execute(
        update(Job)
        .where(Job.state == "running", Job.heartbeat_at < utc_now() - LOST_AFTER)
        .values(
            state="lost",
            ended_at=utc_now(),
            error="The process ended without saying why.",
            problem="lost",
        )
    )


def get(session: Session, *, job_id: int) -> Job:
    """Return a job.

    Raises:
        JobNotFound: no such job.
    """
    row = session.get(Job, job_id)
    if row is None:
        raise JobNotFound(job_id)
    return row


def list_jobs(
    session: Session, *, kinds: Sequence[str], offset: int, limit: int
) -> tuple[list[Job], int]:
    """Return one page of jobs of these kinds, newest first, and the total."""
    of_kind = Job.kind.in_(kinds)
    rows = session.scalars(
        select(Job).where(of_kind).order_by(Job.id.desc()).limit(limit).offset(offset)
    )
    return list(rows), session.scalar(select(func.count(Job.id)).where(of_kind)) or 0


def waiting(session: Session, *, longer_than: timedelta) -> list[int]:
    """Return the queued jobs that have waited so long."""
    since = utc_now() - longer_than
    rows = select(Job.id).where(Job.state == "queued", Job.created_at < since).order_by(Job.id)
    return list(session.scalars(rows))


def is_live(session: Session, *, kind: str, subject: str) -> bool:
    """Tell whether such a job waits or runs."""
    found = select(Job.id).where(_live(), Job.kind == kind, Job.subject == subject)
    return session.scalar(found.limit(1)) is not None


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


def _live() -> ColumnElement[bool]:
    alive = (Job.state == "running") & (Job.heartbeat_at > utc_now() - LOST_AFTER)
    return or_(Job.state == "queued", alive)
