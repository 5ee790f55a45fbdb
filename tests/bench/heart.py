"""From a heart to the three rows with it counted, over HTTP."""

import time
from pathlib import Path

import numpy as np
import sqlalchemy as sa

from backend.db import schema
from backend.db.session import create_engine
from backend.settings import Settings
from backend.tables import Base
from tests.bench.figures import Figure
from tests.live import Client, Environment, WebServer

HELD = 20
"""Hearts the listener has before the measuring begins."""
BATCH = 5_000
LIMIT, LARGE_LIMIT = 100.0, 200.0
"""Milliseconds for 95 of 100 hearts, in a usual library and in one of 100,000 songs."""


def measure(environ: Environment, log: Path, *, rounds: int, limit: float) -> list[Figure]:
    """Return the median and the 95th percentile of PUT heart + GET rows, in ms."""
    settings = Settings.from_environment(environ)
    with WebServer(environ, log) as server:
        me = server.client(server.log_in("listener"))
        songs = _songs(me, HELD + rounds + 1)
        for song in songs[:HELD]:
            me.put(f"/api/songs/{song}/heart")
        times = [_round(me, song) for song in songs[HELD:]][1:]
    p50, p95 = np.percentile(times, [50, 95])
    where = "SQLite" if settings.is_sqlite else "MariaDB"
    return [
        Figure(f"heart -> rows, {where}, p50", float(p50), "ms"),
        Figure(f"heart -> rows, {where}, p95", float(p95), "ms", limit, f"{len(times)} rounds"),
    ]


def _round(me: Client, song: int) -> float:
    """Heart a song and ask for the rows; the heart is taken back outside the clock."""
    began = time.perf_counter()
    hearted = me.put(f"/api/songs/{song}/heart")
    rows = me.get("/api/recommendations")
    took = (time.perf_counter() - began) * 1e3
    if (hearted.status, rows.status) != (200, 200):
        raise RuntimeError(f"not measured: {hearted.body!r} {rows.body!r}")
    if any(row["basis"]["hearts"] != HELD + 1 for row in rows.json["rows"]):
        raise RuntimeError("the heart was not counted")
    me.send("DELETE", f"/api/songs/{song}/heart")
    return took


def _songs(client: Client, count: int) -> list[int]:
    """Return the ids of hot songs; over again where the library has fewer."""
    found: list[int] = []
    while len(found) < count:
        page = client.get(f"/api/songs?sort=heat&per_page=100&page={len(found) // 100 + 1}").json
        found += [song["id"] for song in page["items"]]
        if len(page["items"]) < 100:
            found = found[:HELD] + found[HELD:] * (count // max(len(found) - HELD, 1) + 1)
    return found[:count]


def copy_database(source: Environment, target: Environment) -> None:
    """Copy every row, ids and all, so that the models speak of the same songs."""
    old, new = (create_engine(Settings.from_environment(e).url) for e in (source, target))
    schema.upgrade(new)
    with old.connect() as reader, new.begin() as writer:
        writer.execute(sa.text("SET FOREIGN_KEY_CHECKS = 0"))
        for table in Base.metadata.sorted_tables:
            rows = reader.execution_options(yield_per=BATCH).execute(sa.select(table))
            for part in rows.mappings().partitions():
                writer.execute(table.insert(), [dict(row) for row in part])
    old.dispose()
    new.dispose()
