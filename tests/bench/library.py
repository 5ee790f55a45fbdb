"""Pages of a large library as a listener turns them: deep ones, filtered ones, by every order."""

import time
from typing import Any

from tests.bench.figures import Figure

LIMIT = 100.0
ROUNDS = 5
"""The middle one is told; the first pays for building its statement."""


def measure(client: Any, *, songs: int, where: str) -> list[Figure]:
    """Return the slowest and the median page of those a listener may ask for, in ms."""
    last = songs // 24
    asked = [
        *(f"sort={sort}&page={page}" for sort in ("newest", "heat", "title") for page in (1, last)),
        *("genre=曲风0", "genre=曲风0&sort=heat&page=50", "language=粤语", "year=2020"),
        *("decade=1990", "decade=1990&genre=曲风1&sort=heat", "has_audio=true", "has_audio=false"),
        *("has_lyrics=true", "has_lyrics=true&sort=heat&page=500", "has_lyrics=false"),
        *("has_audio=true&has_lyrics=true&decade=2010&sort=title", "q=山水", "q=没有的歌"),
    ]
    took = {query: _median(client, f"/api/songs?per_page=24&{query}") for query in asked}
    slowest = max(took, key=lambda query: took[query])
    middle = sorted(took.values())[len(took) // 2]
    name = f"library page, {songs:,} songs, {where}"
    return [
        Figure(f"{name}, median", middle, "ms", 50.0, f"{len(asked)} pages"),
        Figure(f"{name}, slowest", took[slowest], "ms", LIMIT, slowest),
    ]


def _median(client: Any, path: str) -> float:
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        assert client.get(path).status_code == 200
        times.append((time.perf_counter() - began) * 1e3)
    return sorted(times)[ROUNDS // 2]
