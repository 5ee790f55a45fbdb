"""What a state asks for: a wished place, and kinds of music with the reason for each."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

Place = tuple[float, float]
Music = Literal[
    "blue_ballad",
    "slow_piano",
    "soft_vocal",
    "ambient",
    "warm_folk",
    "steady_groove",
    "release_rock",
    "tense_strings",
    "bright_pop",
    "dance",
]
Why = Literal["meets", "eases", "leads"]
"""Near the state; between it and the wish; near the wish."""
KINDS: tuple[Music, ...] = get_args(Music)
PLACES: dict[Music, Place] = {
    "blue_ballad": (-0.6, -0.4),
    "slow_piano": (-0.15, -0.65),
    "soft_vocal": (0.2, -0.4),
    "ambient": (0.35, -0.8),
    "warm_folk": (0.5, -0.2),
    "steady_groove": (0.25, 0.15),
    "release_rock": (-0.45, 0.75),
    "tense_strings": (-0.6, 0.35),
    "bright_pop": (0.7, 0.4),
    "dance": (0.7, 0.85),
}
"""Where each kind stands on the plane (valence, arousal): stated, as the wording of the page is."""

_GOALS: dict[str, Place] = {
    "sad": (0.45, -0.25),
    "hopeless": (0.35, -0.3),
    "lonely": (0.5, -0.2),
    "tired": (0.4, -0.45),
    "bored": (0.5, 0.35),
    "sleepless": (0.3, -0.8),
    "anxious": (0.4, -0.55),
    "afraid": (0.4, -0.5),
    "stressed": (0.4, -0.5),
    "angry": (0.3, -0.35),
}
"""Sad: calm, then gently warm; anxious and angry: lower arousal; sleepless: about 60 bpm."""


@dataclass(frozen=True)
class Suggestion:
    """A kind of music and why it is proposed."""

    music: Music
    why: Why
    valence: float
    arousal: float


def goal(start: Place, labels: tuple[str, ...] = (), wish: Place | None = None) -> Place:
    """Return where to lead: what the text wishes, what its first label asks for, or what suits.

    A bright or calm state is kept.
    """
    if wish is not None:
        return wish
    for label in labels:
        if label in _GOALS:
            return _GOALS[label]
    valence, arousal = start
    if valence >= 0:
        return (max(valence, 0.4), arousal)
    return (0.4, -0.45) if arousal >= 0 else (0.45, -0.25)


def suggest(start: Place, wish: Place) -> list[Suggestion]:
    """Return up to three different kinds: one that meets, one that eases, one that leads."""
    middle = ((start[0] + wish[0]) / 2, (start[1] + wish[1]) / 2)
    taken: list[Suggestion] = []
    whys: tuple[tuple[Why, Place], ...] = (("meets", start), ("leads", wish), ("eases", middle))
    for why, place in whys:
        free = [name for name in KINDS if name not in {one.music for one in taken}]
        best = min(free, key=lambda name: float(np.hypot(*np.subtract(PLACES[name], place))))
        taken.append(Suggestion(best, why, *PLACES[best]))
    order: tuple[Why, ...] = ("meets", "eases", "leads")
    return sorted(taken, key=lambda one: order.index(one.why))
