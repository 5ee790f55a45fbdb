"""What begins by itself: commands the code declares, and schedules an admin has set."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db.session import unit_of_work
from backend.jobs import logs, service
from backend.jobs.cron import next_time
from backend.jobs.queue import Queue
from backend.jobs.tables import Schedule

FORGOTTEN_AFTER = timedelta(minutes=1)
"""A job queued for longer, while the queue is empty, was never told of: it is told again."""
CAUGHT_UP = timedelta(hours=1)
"""How far back a worker looks for what it missed while it was busy or away."""


def always(_: Session) -> bool:
    """Run whenever the time has come."""
    return True


@dataclass(frozen=True)
class Periodic:
    """A command that the worker runs when `cron` says and `when` agrees.

    Without `cron` it is asked at every tick, three times a minute. `when` looks at the database
    in the worker, so that no process starts when there is nothing to do. One that still waits or
    runs is not begun again.
    """

    kind: str
    subject: str
    cron: str | None
    arguments: Sequence[str]
    when: Callable[[Session], bool] = always


class Clock:
    """Looks every few seconds at what is due."""

    def __init__(
        self,
        engine: Engine,
        queue: Queue,
        *,
        periodic: Sequence[Periodic],
        zone: ZoneInfo,
        data_dir: Path,
        started: datetime,
    ) -> None:
        self._engine = engine
        self._queue = queue
        self._zone = zone
        self._data_dir = data_dir
        self._due = {one: self._next(one, started) for one in periodic}

    def tick(self, now: datetime) -> None:
        """Queue everything whose time has come since the last tick."""
        with unit_of_work(self._engine) as session:
            self._sweep(session)
        for one, due in self._due.items():
            if due <= now:
                self._due[one] = self._next(one, now)
                self._begin(one)
        with unit_of_work(self._engine) as session:
            for schedule in due_schedules(session, now=now):
                self._begin_schedule(session, schedule, now)

    def _next(self, one: Periodic, now: datetime) -> datetime:
        return next_time(one.cron, after=now, zone=self._zone) if one.cron else now

    def _begin(self, one: Periodic) -> None:
        with unit_of_work(self._engine) as session:
            if service.is_live(session, kind=one.kind, subject=one.subject):
                return
            if one.when(session):
                job = service.submit(
                    session, kind=one.kind, subject=one.subject, arguments=one.arguments
                )
                self._queue.put_after_commit(session, job)

    def _begin_schedule(self, session: Session, schedule: Schedule, now: datetime) -> None:
        missed = now - schedule.next_due > CAUGHT_UP
        schedule.next_due = next_time(schedule.cron, after=now, zone=self._zone)
        if missed or service.is_live(session, kind=schedule.kind, subject=schedule.subject):
            return
        job = service.submit(
            session,
            kind=schedule.kind,
            subject=schedule.subject,
            arguments=schedule.arguments,
            schedule_id=schedule.id,
        )
        self._queue.put_after_commit(session, job)

    def _sweep(self, session: Session) -> None:
        service.mark_lost(session)
        logs.remove_old(self._data_dir)
        if self._queue.is_empty:
            for job_id in service.waiting(session, longer_than=FORGOTTEN_AFTER):
                self._queue.put(job_id)


def due_schedules(session: Session, *, now: datetime) -> list[Schedule]:
    """Return the enabled schedules whose time has come."""
    due = select(Schedule).where(Schedule.enabled, Schedule.next_due <= now)
    return list(session.scalars(due.order_by(Schedule.id)))
