"""What a job prints: one file a job, whose tail the page shows."""

import os
import time
from pathlib import Path

from backend.jobs.service import LOST_AFTER

TAIL = 16_384
"""Bytes of a log that are read for the page."""
KEPT = 60 * 60 * 24 * 30
"""Seconds a log is kept."""


def path_of(data_dir: Path, job_id: int) -> Path:
    """Return where the job's log lies."""
    return data_dir / "logs" / f"job-{job_id}.log"


def tail(data_dir: Path, job_id: int, *, lines: int) -> list[str]:
    """Return the last lines of a job's log; none when there is no log."""
    try:
        with path_of(data_dir, job_id).open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - TAIL, 0))
            text = file.read().decode("utf-8", "replace")
    except FileNotFoundError:
        return []
    found = text.splitlines()
    if size > TAIL:
        found = found[1:]  # its beginning was cut
    return found[-lines:]


def note_progress(data_dir: Path, job_id: int, share: float) -> None:
    """Keep how far a job is, 0..1, where its row cannot: its own transaction locks SQLite."""
    path = path_of(data_dir, job_id).with_suffix(".progress")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{share:.3f}")


def progress(data_dir: Path, job_id: int) -> float | None:
    """Return how far a job is that keeps it beside its log."""
    try:
        return float(path_of(data_dir, job_id).with_suffix(".progress").read_text() or 0)
    except FileNotFoundError:
        return None


def is_fresh(data_dir: Path, job_id: int) -> bool:
    """Tell whether the worker has touched the log lately.

    The worker does so while the job's process lives, also when a long write of that very job keeps
    the heartbeat out of the database.
    """
    try:
        touched = path_of(data_dir, job_id).stat().st_mtime
    except FileNotFoundError:
        return False
    return time.time() - touched < LOST_AFTER.total_seconds()


def remove_old(data_dir: Path) -> None:
    """Remove logs that nobody will read any more, and uploads that nobody came to read."""
    for path in (*(data_dir / "logs").glob("job-*"), *(data_dir / "uploads").glob("*/*")):
        if time.time() - path.stat().st_mtime > KEPT:
            path.unlink(missing_ok=True)
