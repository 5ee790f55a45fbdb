"""A web worker: how soon it answers, how much memory it holds, what it has loaded."""

from pathlib import Path
from statistics import median

import psutil

from tests.bench.figures import Figure
from tests.live import Environment, WebServer

HEAVY = ("tensorflow", "keras", "sklearn", "snownlp", "scipy")
"""What trains and must not be where requests are answered."""


def measure(environ: Environment, log: Path, *, starts: int) -> list[Figure]:
    """Return start time, and memory after all rows were asked for.

    The compiled parts of a package show in the process's maps; what is pure Python is looked for
    where the cost is measured (`cost.py`), in the same application.
    """
    took = []
    for _ in range(starts):
        server = WebServer(environ, log)
        took.append(server.start())
        server.stop()
    with WebServer(environ, log) as server:
        me = server.client(server.log_in("visitor"))
        for _ in range(20):
            me.get("/api/recommendations")
            me.get("/api/recommendations/popularity")
            me.get("/api/songs")
        [process] = server.workers()
        memory = process.memory_full_info()
        mapped = sorted({name for name in HEAVY for path in _maps(process) if f"/{name}/" in path})
    return [
        Figure("web server start to /readyz", median(took), "s", 3.0, f"median of {starts}"),
        Figure("web worker, resident", memory.rss / 2**20, "MB", 200.0, "RSS, with every model"),
        Figure("web worker, its own", memory.uss / 2**20, "MB", None, "USS"),
        Figure("training libraries mapped", len(mapped), "", 0.0, " ".join(mapped)),
    ]


def _maps(process: psutil.Process) -> list[str]:
    return [region.path for region in process.memory_maps()]
