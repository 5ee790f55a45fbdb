"""What a described state costs offline: read, checked for a crisis, planned from."""

import csv
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import get_args

import numpy as np

from models.mood.analyse import analyse
from models.mood.crisis import is_crisis
from models.mood.goals import goal, suggest
from models.mood.journey import Candidates, Mode, plan
from models.mood.opinion import fit, own_texts
from tests.bench.figures import Figure

SENTENCES = Path(__file__).parents[1] / "models" / "mood"
SONGS = 100_000
LIMIT = 300.0
LENGTH = 6
MODES: tuple[Mode, ...] = get_args(Mode)


def measure(*, songs: int = SONGS) -> list[Figure]:
    """Return the slowest of the own sentences, and what the second opinion costs."""
    texts = []
    for name in ("states", "states_held_back"):
        path = SENTENCES / f"{name}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            texts += [row["text"] for row in csv.DictReader(file)]
    library = _songs(songs)
    fitted = _spent(lambda: fit(*own_texts()))
    is_crisis(texts[0])  # fitted once in each process
    answers = [_spent(partial(_answer, text, library)) for text in texts]
    looks = [_spent(partial(is_crisis, text)) for text in texts]
    note = f"{len(texts)} sentences, {songs:,} songs, median {np.median(answers):.0f}"
    return [
        Figure("state to two journeys offline, slowest", max(answers), "ms", LIMIT, note),
        Figure("crisis check, median", float(np.median(looks)), "ms"),
        Figure("second opinion fitted", fitted / 1e3, "s", None, "once in each process"),
    ]


def _answer(text: str, songs: Candidates) -> None:
    is_crisis(text)
    state = analyse(text)
    start = state.valence, state.arousal
    wish = goal(start, state.labels, state.wish)
    suggest(start, wish)
    for mode in MODES:
        plan(songs, start=start, wish=wish, mode=mode, length=LENGTH, seed=1)


def _songs(count: int) -> Candidates:
    rng = np.random.default_rng(5)
    places = rng.uniform(-1, 1, (count, 2))
    return Candidates(
        valence=places[:, 0],
        arousal=places[:, 1],
        tempo=rng.uniform(55, 170, count),
        taste=np.full(count, np.nan),
        artist=np.arange(count) // 20,
        avoid=np.zeros(count, bool),
    )


def _spent(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1e3
