"""Where a song stands: valence (dark to bright) and arousal (calm to stirred), both in [-1, 1].

Each source of evidence gives a place of its own; they are averaged by how much each can tell. The
weights of sound were fitted on 320 generated tunes of known mood under signs that the literature
agrees on: faster, brighter and denser music stirs, major and bright modes are heard as brighter
(Eerola and Vuoskoski, Psychology of Music 39(1), 2011).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.features.interface import Floats

VERSION = "1"
"""Of the placing; another one places every song again."""
Places = NDArray[np.float64]
"""Songs x 2: valence and arousal in [-1, 1]."""

USUAL = {
    "tempo": (6.60, 0.30),
    "busy": (0.35, 0.39),
    "loudness": (-28.5, 1.26),
    "loudness_spread": (5.8, 0.27),
    "centroid": (10.19, 0.186),
    "centroid_spread": (0.51, 0.09),
    "rolloff": (11.05, 0.193),
    "majorness": (0.13, 0.32),
    "brightness_of_mode": (0.21, 0.70),
    "contrast_2": (29.1, 1.3),
    "contrast_4": (30.7, 1.46),
    "mfcc_2": (-42.5, 5.3),
    "mfcc_3": (21.1, 4.6),
}
"""Centre and spread of what sound is told from, among generated tunes. `busy` is the log2 of the
onsets a beat."""
VALENCE = {
    "tempo": 0.05,
    "busy": 0.27,
    "loudness_spread": -0.05,
    "centroid": 0.05,
    "majorness": 0.08,
    "brightness_of_mode": 0.37,
}
VALENCE_BIAS = 0.137
AROUSAL = {
    "tempo": 0.12,
    "busy": 0.12,
    "loudness": 0.05,
    "centroid": 0.40,
    "centroid_spread": 0.10,
    "rolloff": 0.34,
    "contrast_2": 0.07,
    "contrast_4": -0.08,
    "mfcc_2": 0.33,
    "mfcc_3": -0.25,
}
AROUSAL_BIAS = -0.165
ABSOLUTE = ("majorness", "brightness_of_mode", "tempo", "busy")
"""These mean the same in every recording; the others hang on how it was mixed."""
FURTHEST = 2.5
"""Spreads from the centre beyond which a number says no more."""
ENOUGH = 50
"""Recordings from which a library's own centres are told."""
WEIGHT = {"audio": 1.0, "lyrics": 0.45, "comments": 0.15}
"""How much a source of evidence tells; comments praise and pan more than they tell a mood."""
_DOUBT = 0.15
"""Pulls towards the middle, the more the less is known."""


@dataclass(frozen=True)
class Scale:
    """Centres and spreads by name."""

    usual: Mapping[str, tuple[float, float]]

    @classmethod
    def of(cls, columns: Mapping[str, Floats]) -> "Scale":
        """Tell centres and spreads of recordings that are not generated; few keep the usual ones.

        What hangs on the mix is told by median and quartiles, the rest keeps its usual centre.
        """
        count = len(next(iter(columns.values()))) if columns else 0
        if count < ENOUGH:
            return cls(USUAL)
        found = dict(USUAL)
        for name in USUAL:
            if name in ABSOLUTE:
                continue
            low, middle, high = np.percentile(columns[name], [25, 50, 75])
            found[name] = (float(middle), max(float(high - low) / 1.349, USUAL[name][1] / 4))
        return cls(found)


GENERATED = Scale(USUAL)


def columns_of(vectors: Floats, column: Mapping[str, int]) -> dict[str, Floats]:
    """Name what the plane needs of sound vectors (songs x dimension)."""
    found = {name: vectors[:, column[name]] for name in USUAL if name != "busy"}
    beats = np.exp2(vectors[:, column["tempo"]]) / 60
    found["busy"] = np.log2(np.maximum(vectors[:, column["onset_rate"]], 0.05) / beats)
    return found


def by_sound(columns: Mapping[str, Floats], scale: Scale = GENERATED) -> Places:
    """Place recordings by how they sound; a column that is not there stands at its centre."""
    steps = {
        name: np.clip((columns[name] - centre) / spread, -FURTHEST, FURTHEST)
        for name, (centre, spread) in scale.usual.items()
        if name in columns
    }
    sides = (VALENCE, VALENCE_BIAS), (AROUSAL, AROUSAL_BIAS)
    return np.stack(
        [
            np.tanh(bias + sum(weights.get(name, 0) * step for name, step in steps.items()))
            for weights, bias in sides
        ],
        axis=1,
    )


def together(evidence: Mapping[str, Places]) -> Places:
    """Average what each source says; NaN where it says nothing. All NaN: NaN.

    A source may speak of valence alone: its arousal is NaN then.
    """
    total = np.zeros_like(next(iter(evidence.values())))
    weight = np.zeros_like(total)
    for name, places in evidence.items():
        says = ~np.isnan(places)
        total += np.where(says, places, 0) * WEIGHT[name]
        weight += says * WEIGHT[name]
    told = (weight > 0).any(axis=1, keepdims=True)
    placed: Places = np.where(told, total / (weight + _DOUBT), np.nan)
    return np.clip(placed, -1, 1)
