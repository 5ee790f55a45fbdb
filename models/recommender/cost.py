"""What computing costs: CPU seconds and the peak of memory."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PROCESS = Path("/proc/self")


@dataclass
class Cost:
    """Filled when the measured block ends."""

    cpu_s: float = 0.0
    peak_mb: float = 0.0
    """Memory of the whole process at its highest in the block, or so far where not on Linux."""


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure CPU seconds of all threads and the peak of resident memory in the block."""
    cost = Cost()
    with suppress(OSError):
        (PROCESS / "clear_refs").write_text("5")
    started = time.process_time()
    yield cost
    cost.cpu_s = time.process_time() - started
    cost.peak_mb = _peak_kb() / 1024


def _peak_kb() -> int:
    try:
        status = (PROCESS / "status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
