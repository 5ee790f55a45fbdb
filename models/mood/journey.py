"""A path of songs from how one feels to how one wishes to feel. A pure function, numpy only.

`iso` starts where the listener stands and goes on in even steps; `target` goes to the wished place
at once and stays near it. Each step looks for a song within REACH of its point on the path and
takes the one of the highest sum; where none is within reach, the nearest. The same arguments give
the same path.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Mode = Literal["iso", "target"]
Part = Literal["state", "taste", "sound"]
SHORTEST, LONGEST = 5, 8
REACH = 0.18
"""How far, on the plane of sides 2, a song may stand from its point where songs are dense."""
LIKELY = 0.02
"""What the seed may add to a sum, so that another one brings other songs."""
WEIGHTS: dict[Part, float] = {"state": 0.5, "taste": 0.3, "sound": 0.2}
"""What each part of a sum counts: stated, for nothing is there to learn them from yet.

state: how near the song stands to its point of the path. taste: what the recommenders, told the
listener's history, think of it. sound: how near its tempo is to what the point's arousal asks for.
A part that a song or a visitor lacks is masked, and the others share its weight.
"""
SLOWEST, FASTEST = 56.0, 132.0
"""Beats per minute at arousal -1 and 1."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Candidates:
    """Songs that may be on the path, one place in each array per song.

    `valence`, `arousal` in [-1, 1]; `tempo` in beats per minute, NaN unknown; `taste` in [0, 1],
    NaN unknown; `artist` an id, songs of one artist do not follow; `avoid` True keeps a song out.
    """

    valence: Floats
    arousal: Floats
    tempo: Floats
    taste: Floats
    artist: NDArray[np.int64]
    avoid: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.valence)


@dataclass(frozen=True)
class Step:
    """A song of the path: its index among the candidates, its point, and why it was taken."""

    index: int
    valence: float
    """The point's, not the song's."""
    arousal: float
    distance: float
    """From the point to the song."""
    score: float
    parts: dict[Part, float]
    """Weighted; their sum is the score. A masked part is absent."""
    dominant: Part
    """The part by which this song is furthest above the others within reach."""


def points(
    start: tuple[float, float], wish: tuple[float, float], mode: Mode, length: int
) -> list[tuple[float, float]]:
    """Return the points of a path, evenly spaced; for `target` all of them are the wish.

    Raises ValueError when `length` is not 5..8.
    """
    if not SHORTEST <= length <= LONGEST:
        raise ValueError(f"a path has {SHORTEST} to {LONGEST} songs, not {length}")
    if mode == "target":
        return [wish] * length
    shares = np.linspace(0.0, 1.0, length)
    return [
        (
            round(start[0] + (wish[0] - start[0]) * t, 6),
            round(start[1] + (wish[1] - start[1]) * t, 6),
        )
        for t in shares.tolist()
    ]


def plan(
    songs: Candidates,
    *,
    start: tuple[float, float],
    wish: tuple[float, float],
    mode: Mode,
    length: int,
    seed: int,
    works: Sequence[int] | None = None,
) -> list[Step]:
    """Return the path, shorter where too few songs may be on it.

    `works` names each song's work: a work is on a path once.
    """
    path = points(start, wish, mode, length)
    luck = np.random.default_rng(seed).random(len(songs)) * LIKELY
    free = ~songs.avoid
    work = np.asarray(works if works is not None else np.arange(len(songs)), dtype=np.int64)
    steps: list[Step] = []
    last = -1
    for point in path:
        open_ = free & (songs.artist != last) if last >= 0 else free
        if not open_.any():
            open_ = free
        if not open_.any():
            break
        step = _step(songs, point, np.flatnonzero(open_), luck)
        steps.append(step)
        free = free & (work != work[step.index])
        last = int(songs.artist[step.index])
    return steps


def _step(
    songs: Candidates, point: tuple[float, float], open_: NDArray[np.int64], luck: Floats
) -> Step:
    distance = np.hypot(songs.valence[open_] - point[0], songs.arousal[open_] - point[1])
    near = distance <= REACH
    if not near.any():
        near = distance <= distance.min()
    chosen, distance = open_[near], distance[near]
    parts: dict[Part, Floats] = {
        "state": np.clip(1 - distance / max(REACH, float(distance.max())), 0, 1),
        "taste": songs.taste[chosen],
        "sound": _tempo_fit(songs.tempo[chosen], point[1]),
    }
    known = np.vstack([~np.isnan(values) * WEIGHTS[name] for name, values in parts.items()])
    values = np.vstack([np.nan_to_num(values) for values in parts.values()])
    weighted = values * known / known.sum(axis=0)
    score = weighted.sum(axis=0)
    best = int(np.argmax(score + luck[chosen]))
    above = weighted[:, best] - weighted.mean(axis=1)
    above[known[:, best] == 0] = -np.inf
    names: list[Part] = list(parts)
    return Step(
        index=int(chosen[best]),
        valence=point[0],
        arousal=point[1],
        distance=float(distance[best]),
        score=float(score[best]),
        parts={
            name: round(float(weighted[place, best]), 4)
            for place, name in enumerate(names)
            if known[place, best] > 0
        },
        dominant=names[int(np.argmax(above))],
    )


def _tempo_fit(tempo: Floats, arousal: float) -> Floats:
    """Return 1 at the tempo an arousal asks for, 0 at half or double of it; NaN stays."""
    asked = SLOWEST * (FASTEST / SLOWEST) ** ((arousal + 1) / 2)
    fit: Floats = 1 - np.abs(np.log2(tempo / asked))
    return np.clip(fit, 0, 1)
