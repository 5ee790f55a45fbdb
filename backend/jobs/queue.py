"""The queue between the pages and the worker. It holds job ids; the `jobs` table holds the rest."""

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import structlog
from huey import Huey, RedisHuey, SqliteHuey, crontab
from redis.exceptions import RedisError
from sqlalchemy import event
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.jobs.tables import Job
from backend.settings import Settings

NAME = "huisheng"
TICKS = (20, 40)
"""Seconds after a full minute at which the clock looks again."""
AWAY = (RedisError, sqlite3.Error, OSError)
"""What a queue raises that cannot be reached or written."""


class Queue:
    """Tells workers which jobs wait: an SQLite file beside the data, or Redis."""

    def __init__(self, settings: Settings) -> None:
        self.huey: Huey
        if settings.redis_url:
            self.huey = RedisHuey(NAME, url=settings.redis_url, results=False)
        else:
            settings.data_dir.mkdir(parents=True, exist_ok=True)
            path = settings.data_dir / "queue.db"
            self.huey = SqliteHuey(NAME, filename=str(path), results=False)
        self._run: Callable[[int], None] | None = None
        self._task = self.huey.task(name="run_job")(self._run_job)

    def _run_job(self, job_id: int) -> None:
        assert self._run is not None, "only a worker runs jobs"
        self._run(job_id)

    def serve(self, run: Callable[[int], None], tick: Callable[[datetime], None]) -> None:
        """Make this process a worker: `run` each job told of, `tick` every 20 seconds."""
        self._run = run
        again = self.huey.task(name="tick_again")(lambda: tick(utc_now()))

        def full_minute() -> None:
            for seconds in TICKS:
                again.schedule(delay=seconds)
            tick(utc_now())

        self.huey.periodic_task(crontab(minute="*"), name="tick")(full_minute)

    def put(self, job_id: int) -> None:
        """Tell the workers of a job; a second telling does no harm."""
        self._task(job_id)

    def put_after_commit(self, session: Session, job: Job) -> None:
        """Tell the workers of a job once its row is there to be read.

        A queue that is away is no failure: the worker looks for forgotten jobs every minute.
        """
        job_id = job.id

        @event.listens_for(session, "after_commit", once=True)
        def _put(_: Session) -> None:
            try:
                self.put(job_id)
            except AWAY:
                structlog.get_logger().warning("queue is away", job=job_id, exc_info=True)

    @property
    def is_empty(self) -> bool:
        return bool(self.huey.pending_count() == 0)

    def close(self) -> None:
        """Let go of the queue's file or connection."""
        with suppress(AttributeError):
            self.huey.storage.close()
