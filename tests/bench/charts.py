"""Every chart over a large library, on the database the environment names, cold and warm."""

import json
import statistics
import subprocess
import sys
import time
from dataclasses import asdict

from flask.testing import FlaskClient

from backend.app import create_app
from backend.charts import columns
from backend.charts.registry import CHARTS
from backend.charts.service import ChartCache
from backend.database import ready_engine
from backend.extensions import limiter
from backend.settings import Settings
from tests import live
from tests.bench.figures import Figure
from tests.bench.large_library import FIRST, fill

SONGS, RATINGS, COMMENTS, PLAYS = 100_000, 1_000_000, 200_000, 500_000
COLD_LIMIT, WARM_LIMIT = 200.0, 20.0
ROUNDS = 3
MAP = "/api/healing/map"
FILTERS: dict[str, dict[str, str | int]] = {
    "all": {},
    "genre": {"genre": "曲风0"},
    "language": {"language": "普通话"},
    "years": {"year_from": 2000, "year_to": 2019},
    "artist": {"artist": FIRST},
    "rights": {"copyright": "free", "original": "original"},
    "source": {"source": "bench"},
}


def in_child(environ: live.Environment, *, songs: int = SONGS) -> list[Figure]:
    """Measure in a process of its own."""
    ended = subprocess.run(
        live.python("-m", "tests.bench.charts", str(songs)),
        env=environ, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    return [Figure(**row) for row in json.loads(ended.stdout)]


def measure(settings: Settings, *, songs: int) -> list[Figure]:
    """Return, for each chart, the slowest of its filters: cold, and with the answer kept.

    Cold is the median of answers worked out anew; the database's own memory is warm, as it is
    while the site runs.
    """
    engine = ready_engine(settings, create=True)
    part = songs / SONGS
    began = time.perf_counter()
    fill(
        engine,
        songs=songs,
        ratings=int(RATINGS * part),
        comments=int(COMMENTS * part),
        plays=int(PLAYS * part),
    )
    print(f"filled in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    began = time.perf_counter()
    columns.pack(engine)
    packed = time.perf_counter() - began
    engine.dispose()
    app = create_app(settings)
    limiter.enabled = False
    client = app.test_client()
    where = "SQLite" if settings.is_sqlite else "MariaDB"
    figures = [Figure(f"charts packed, {where}", packed, "s")]
    for name in CHARTS:
        cold = {}
        for kind, chosen in FILTERS.items():
            spent = []
            for _ in range(ROUNDS):
                app.extensions["charts"] = ChartCache()
                spent.append(_ask(client, name, chosen))
            cold[kind] = statistics.median(spent)
        warm = statistics.median(_ask(client, name, chosen) for _ in range(10 * ROUNDS))
        slowest = max(cold, key=lambda kind: cold[kind])
        note = ", ".join(f"{kind} {ms:.0f}" for kind, ms in cold.items())
        title = f"chart {name}, {where}"
        figures += [
            Figure(f"{title}, cold, {slowest}", cold[slowest], "ms", COLD_LIMIT, note),
            Figure(f"{title}, warm", warm, "ms", WARM_LIMIT),
        ]
    return figures + _map(client, where)


def _map(client: FlaskClient, where: str) -> list[Figure]:
    """Measure the library on the plane: nothing of it is kept, so every answer is a cold one."""
    found = {}
    for kind in ("all", "genre", "language"):
        spent = [_ask(client, MAP, FILTERS[kind]) for _ in range(3 * ROUNDS)]
        found[kind] = statistics.median(spent)
    slowest = max(found, key=lambda kind: found[kind])
    note = ", ".join(f"{kind} {ms:.0f}" for kind, ms in found.items())
    return [Figure(f"mood map, {where}, {slowest}", found[slowest], "ms", COLD_LIMIT, note)]


def _ask(client: FlaskClient, name: str, chosen: dict[str, str | int]) -> float:
    began = time.perf_counter()
    path = name if name == MAP else f"/api/charts/{name}"
    answer = client.get(path, query_string=chosen)
    spent = (time.perf_counter() - began) * 1000
    assert answer.status_code == 200, answer.text
    return spent


def main() -> None:
    """Measure and print as JSON."""
    figures = measure(Settings.from_environment(), songs=int(sys.argv[1]))
    print(json.dumps([asdict(one) for one in figures]))


if __name__ == "__main__":
    main()
