"""Measure what a listener feels and what a request costs: `python -m tests.bench`, `make bench`.

Builds the demo library at its usual size in a folder of its own, trains on it, and prints one
table: each figure beside its target, and in the end which targets are met. Nothing is asserted.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from backend.recommendations.names import Algorithm
from tests import live, mariadb
from tests.bench import (
    board,
    charts,
    cost,
    crawls,
    features,
    heart,
    moods,
    recommenders,
    search,
    words,
    worker,
)
from tests.bench import home as page
from tests.bench.figures import Figure, show

QUICK_SONGS, MANY_SONGS = "300", "100000"


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few songs and rounds, no rnn")
    parser.add_argument("--tools", type=Path, help="where the demo's lyrics are (default: .tools)")
    parser.add_argument("--large", action="store_true", help="fit 1e7 interactions too, 4 minutes")
    parser.add_argument("--recommenders", action="store_true", help="the recommenders alone")
    parser.add_argument(
        "--hearts", action="store_true", help="from a heart to the rows at 100,000 songs alone"
    )
    parser.add_argument("--features", action="store_true", help="songs as vectors alone")
    parser.add_argument("--moods", action="store_true", help="states read offline alone")
    asked = parser.parse_args()
    if asked.features:
        show(features.in_child(clips=10 if asked.quick else features.CLIPS))
        return
    if asked.moods:
        show(moods.measure())
        return
    if asked.recommenders:
        show(recommenders.measure(large=asked.large, quick=asked.quick))
        return
    rounds = 30 if asked.quick else 300
    size = QUICK_SONGS if asked.quick else MANY_SONGS if asked.hearts else None
    with tempfile.TemporaryDirectory(prefix="huisheng-bench-") as folder:
        home = Path(folder)
        settings: dict[str, object] = {"tools_dir": asked.tools} if asked.tools else {}
        environ = live.environment(home / "data", **settings)
        _build(environ, songs=size, quick=asked.quick)
        if asked.hearts:
            with mariadb.server() as server:
                url = server.create("huisheng")
                show(_hearts(environ, url, home / "log", rounds=rounds, limit=heart.LARGE_LIMIT))
            return
        figures = worker.measure(environ, home / "log", starts=2 if asked.quick else 5)
        with mariadb.server() as server:
            url = server.create("huisheng")
            figures += _hearts(environ, url, home / "log", rounds=rounds, limit=heart.LIMIT)
            for database in (environ, environ | {"HUISHENG_DATABASE_URL": url}):
                figures += search.in_child(database, songs=1_000 if asked.quick else search.SONGS)
            # Libraries of their own: charts are slow in a worker only when everything is large.
            for folder_of, url in (("charts", None), ("charts-mariadb", server.create("charts"))):
                large = live.environment(home / folder_of) | (
                    {"HUISHENG_DATABASE_URL": url} if url else {}
                )
                figures += charts.in_child(large, songs=1_000 if asked.quick else charts.SONGS)
                figures += board.measure(
                    large, home / "log", cycles=20 if asked.quick else board.CYCLES
                )
        figures += page.measure(environ, home / "log", rounds=2 if asked.quick else page.ROUNDS)
        figures += cost.in_child(environ, calls=10 if asked.quick else 40)
        figures += words.in_child(environ, songs=1_000 if asked.quick else words.SONGS)
        figures += features.in_child(clips=10 if asked.quick else features.CLIPS)
        figures += moods.measure(songs=1_000 if asked.quick else moods.SONGS)
        figures += crawls.measure(home, quick=asked.quick)
    figures += recommenders.measure(large=asked.large, quick=asked.quick)
    show(figures)


def _hearts(
    environ: live.Environment, url: str, log: Path, *, rounds: int, limit: float
) -> list[Figure]:
    """Measure on SQLite, and on the same rows copied into a database of MariaDB."""
    on_mariadb = environ | {"HUISHENG_DATABASE_URL": url}
    heart.copy_database(environ, on_mariadb)
    return [
        figure
        for database in (environ, on_mariadb)
        for figure in heart.measure(database, log, rounds=rounds, limit=limit)
    ]


def _build(environ: live.Environment, *, songs: str | None, quick: bool) -> None:
    size = ["--songs", songs] if songs else []
    # The recurrent network alone takes minutes; without it its row is left out of the table.
    names = [name for name in get_args(Algorithm) if not (quick and name == "rnn")]
    for command in (["demo", "load", *size], ["train", "--force", *names]):
        _run(environ, command)


def _run(environ: live.Environment, command: Sequence[str]) -> None:
    began = time.monotonic()
    print(f"huisheng {' '.join(command)}", end="", flush=True)
    ended = live.huisheng(environ, *command)
    print(f"  {time.monotonic() - began:.1f} s")
    if ended.returncode:
        sys.exit(ended.stderr)
    print("".join(f"  {line}\n" for line in ended.stdout.splitlines()), end="")


if __name__ == "__main__":
    main()
