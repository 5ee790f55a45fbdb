"""Runs jobs as processes of their own, so that what they hold dies with them."""

import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock

from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError

from backend.db.base import utc_now
from backend.db.session import unit_of_work
from backend.jobs import logs, service
from backend.jobs.tables import Job

POLL = 0.5
BEAT = 2.0
"""Seconds between two signs of life given for a process that lives."""
GRACE = 20.0
"""Seconds a process has to end by itself when it is told to."""
NICE = 5
"""Jobs stand behind the pages when both want the processor."""


class Runner:
    """Runs `huisheng <arguments> --job ID` for each job it is told of, and watches it."""

    def __init__(self, engine: Engine, data_dir: Path) -> None:
        self._engine = engine
        self._data_dir = data_dir
        self._stopping = Event()
        self._running: set[int] = set()
        self._lock = Lock()

    def run(self, job_id: int) -> None:
        """Run the job to its end; nothing happens when it is not queued (any more)."""
        if self._stopping.is_set():
            return
        with unit_of_work(self._engine) as session:
            arguments = service.claim(session, job_id=job_id)
        if arguments is None:
            return
        with self._lock:
            self._running.add(job_id)
        try:
            state, error = self._watch(job_id, arguments)
            with unit_of_work(self._engine) as session:
                service.settle(session, job_id=job_id, state=state, error=error)
        finally:
            with self._lock:
                self._running.discard(job_id)

    def stop(self) -> None:
        """End what runs, and return when all of it has ended."""
        self._stopping.set()
        until = time.monotonic() + GRACE + 5
        while self._running and time.monotonic() < until:
            time.sleep(0.05)

    def _watch(self, job_id: int, arguments: Sequence[str]) -> tuple[str, str | None]:
        """Run the process; return how it ended, for the case that it did not say so itself."""
        path = logs.path_of(self._data_dir, job_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "backend.cli", *arguments, "--job", str(job_id)]
        with path.open("ab") as out:
            process = subprocess.Popen(
                ["nice", "-n", str(NICE), *command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        beaten = time.monotonic()
        killed_at: float | None = None
        while True:
            with suppress(subprocess.TimeoutExpired):
                code = process.wait(POLL)
                break
            path.touch()
            asked = self._stopping.is_set()
            if not asked and time.monotonic() - beaten >= BEAT:
                asked = self._beat(job_id)
                beaten = time.monotonic()
            if asked and killed_at is None:
                process.terminate()
                killed_at = time.monotonic()
            elif killed_at is not None and time.monotonic() - killed_at > GRACE:
                process.kill()
        if killed_at is not None:
            return "cancelled", "The worker was stopped." if self._stopping.is_set() else None
        if code == 0:
            return "done", None
        said = [line for line in logs.tail(self._data_dir, job_id, lines=20) if line.strip()]
        return "failed", said[-1] if said else f"The process ended with code {code}."

    def _beat(self, job_id: int) -> bool:
        try:
            with unit_of_work(self._engine) as session:
                return service.beat(session, job_id=job_id)
        except OperationalError:
            # An import holds SQLite for as long as its transaction lasts; the touched log tells
            # meanwhile that the job lives.
            return False


def ended_unheard(data_dir: Path, job: Job) -> bool:
    """Tell whether a job that says it runs has given no sign of life for too long."""
    if job.state != "running" or job.heartbeat_at is None:
        return False
    silent = utc_now() - job.heartbeat_at > service.LOST_AFTER
    return silent and not logs.is_fresh(data_dir, job.id)
