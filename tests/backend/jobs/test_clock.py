from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.db.session import unit_of_work
from backend.jobs import service
from backend.jobs.clock import Clock, Periodic
from backend.jobs.cron import next_time
from backend.jobs.queue import Queue
from backend.jobs.tables import Job, Schedule

UTC_ZONE = ZoneInfo("UTC")
Ticker = Callable[..., Clock]


@pytest.fixture
def clock(own_engine: Engine, queue: Queue, tmp_path: Path) -> Ticker:
    def make(started: datetime, *periodic: Periodic) -> Clock:
        return Clock(
            own_engine,
            queue,
            periodic=periodic,
            zone=UTC_ZONE,
            data_dir=tmp_path,
            started=started,
        )

    return make


def jobs_of(engine: Engine) -> list[tuple[str, str, str]]:
    with Session(engine) as session:
        rows = session.scalars(select(Job).order_by(Job.id))
        return [(row.kind, row.subject, row.state) for row in rows]


def test_a_declared_task_is_queued_once_when_its_time_has_come(
    own_engine: Engine, queue: Queue, clock: Ticker
) -> None:
    now = utc_now().replace(second=0, microsecond=0)
    ticking = clock(now, Periodic("score", "comments", "*/5 * * * *", ("score",)))
    ticking.tick(now + timedelta(seconds=1))
    assert jobs_of(own_engine) == []
    ticking.tick(now + timedelta(minutes=5))
    ticking.tick(now + timedelta(minutes=10))
    assert jobs_of(own_engine) == [("score", "comments", "queued")]
    assert not queue.is_empty


def test_a_task_without_a_time_is_asked_at_every_tick(own_engine: Engine, clock: Ticker) -> None:
    now, asked = utc_now(), []
    work = Periodic("score", "comments", None, ("score",), lambda _: bool(asked.append(1)))
    ticking = clock(now, work)
    for seconds in (20, 40, 60):
        ticking.tick(now + timedelta(seconds=seconds))
    assert len(asked) == 3


def test_a_task_with_nothing_to_do_starts_no_job(own_engine: Engine, clock: Ticker) -> None:
    now = utc_now()
    clock(now, Periodic("score", "comments", "* * * * *", ("score",), lambda _: False)).tick(
        now + timedelta(minutes=2)
    )
    assert jobs_of(own_engine) == []


def test_schedules_run_when_due_and_say_when_next(own_engine: Engine, clock: Ticker) -> None:
    now = utc_now()
    with unit_of_work(own_engine) as session:
        common = {"arguments": ["crawl", "ncm"], "cron": "0 3 * * *"}
        session.add_all(
            [
                Schedule(kind="crawl", subject="ncm", next_due=now, **common),
                Schedule(kind="crawl", subject="off", next_due=now, enabled=False, **common),
                Schedule(
                    kind="crawl", subject="missed", next_due=now - timedelta(days=2), **common
                ),
            ]
        )
    clock(now).tick(now + timedelta(minutes=1))
    assert jobs_of(own_engine) == [("crawl", "ncm", "queued")]
    with Session(own_engine) as session:
        rows = {row.subject: row for row in session.scalars(select(Schedule))}
        following = next_time("0 3 * * *", after=now + timedelta(minutes=1), zone=UTC_ZONE)
        assert rows["ncm"].next_due == rows["missed"].next_due == following
        assert session.scalars(select(Job)).one().schedule_id == rows["ncm"].id


def test_what_the_queue_forgot_is_told_again_and_the_silent_are_lost(
    own_engine: Engine, queue: Queue, clock: Ticker
) -> None:
    now = utc_now()
    with unit_of_work(own_engine) as session:
        forgotten = service.submit(session, kind="crawl", subject="a", arguments=["crawl", "a"])
        forgotten.created_at = now - timedelta(minutes=3)
        silent = service.submit(session, kind="crawl", subject="b", arguments=["crawl", "b"])
        silent.state, silent.heartbeat_at = "running", now - timedelta(minutes=3)
    assert queue.is_empty
    clock(now).tick(now)
    assert not queue.is_empty
    assert jobs_of(own_engine) == [("crawl", "a", "queued"), ("crawl", "b", "lost")]
