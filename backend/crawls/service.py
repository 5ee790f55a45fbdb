"""Crawls and imports as jobs, begun by an administrator or again and again by a schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.crawls.sources import SOURCES
from backend.db.base import utc_now
from backend.jobs import service as jobs
from backend.jobs.cron import next_time
from backend.jobs.errors import AlreadyRunning, ScheduleNotFound
from backend.jobs.tables import Job, Schedule

CRAWL, IMPORT = "crawl", "import"
KINDS = (CRAWL, IMPORT)


@dataclass(frozen=True)
class Order:
    """A crawl as somebody asks for it: the options of `huisheng crawl`."""

    source: str
    seeds: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    """Beside songs; empty for all."""
    limit: int | None = None
    delay: float | None = None

    def arguments(self) -> list[str]:
        """Return what follows `huisheng`.

        Raises:
            NoSeed: a seed is none of that source.
        """
        source = SOURCES[self.source]
        told = ["crawl", self.source]
        for seed in self.seeds:
            source.read(seed)
            told += ["--seed", seed]
        for kind in self.kinds:
            told += ["--kind", kind]
        if self.limit is not None:
            told += ["--limit", str(self.limit)]
        if self.delay is not None:
            told += ["--delay", f"{self.delay:g}"]
        return told


def start(session: Session, order: Order) -> Job:
    """Queue a crawl.

    Raises:
        NoSeed: see `Order.arguments`.
        AlreadyRunning: one of that source waits or runs.
    """
    arguments = order.arguments()
    if jobs.is_live(session, kind=CRAWL, subject=order.source):
        raise AlreadyRunning(f"A crawl of {order.source}")
    return jobs.submit(session, kind=CRAWL, subject=order.source, arguments=arguments)


def start_import(session: Session, *, name: str, arguments: Sequence[str]) -> Job:
    """Queue the import of a file that lies where the worker finds it."""
    return jobs.submit(session, kind=IMPORT, subject=name[-64:], arguments=arguments)


def schedules(session: Session) -> list[Schedule]:
    """Return the schedules of crawls, the oldest first."""
    return list(
        session.scalars(select(Schedule).where(Schedule.kind == CRAWL).order_by(Schedule.id))
    )


def add_schedule(session: Session, order: Order, *, cron: str, zone: ZoneInfo) -> Schedule:
    """Have a crawl run again and again.

    Raises:
        BadCron: the expression names no time that ever comes.
        NoSeed: see `Order.arguments`.
    """
    row = Schedule(
        kind=CRAWL,
        subject=order.source,
        arguments=order.arguments(),
        cron=cron,
        enabled=True,
        next_due=_next(cron, zone),
    )
    session.add(row)
    session.flush()
    return row


def switch_schedule(
    session: Session, *, schedule_id: int, enabled: bool, zone: ZoneInfo
) -> Schedule:
    """Pause a schedule, or let it go on from now: what it missed is not caught up.

    Raises:
        ScheduleNotFound: no such schedule of a crawl.
    """
    row = _schedule(session, schedule_id)
    row.enabled = enabled
    row.next_due = _next(row.cron, zone)
    session.flush()
    return row


def remove_schedule(session: Session, *, schedule_id: int) -> None:
    """Remove a schedule; the jobs it began stay in the history.

    Raises:
        ScheduleNotFound: no such schedule of a crawl.
    """
    session.delete(_schedule(session, schedule_id))
    session.flush()


def _schedule(session: Session, schedule_id: int) -> Schedule:
    row = session.get(Schedule, schedule_id)
    if row is None or row.kind != CRAWL:
        raise ScheduleNotFound(schedule_id)
    return row


def _next(cron: str, zone: ZoneInfo) -> datetime:
    return next_time(cron, after=utc_now(), zone=zone)
