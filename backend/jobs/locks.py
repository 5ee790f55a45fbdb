"""One at a time: an OS file lock, which dies with the process that holds it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from backend.jobs.errors import AlreadyRunning


@contextmanager
def only_one(data_dir: Path, name: str, *, what: str) -> Iterator[None]:
    """Hold the lock `name` of this site while the block runs.

    Raises:
        AlreadyRunning: another process holds it; `what` is how the message calls it.
    """
    folder = data_dir / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / f"{name}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise AlreadyRunning(what) from None
    try:
        yield
    finally:
        lock.release()
