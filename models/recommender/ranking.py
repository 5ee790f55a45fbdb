"""Steps that every recommender shares: weighing a history, picking the best."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.recommender.interactions import Vocabulary
from models.recommender.interface import Floats, History, Indices

LONGEST = 200
"""No more of a history is read than its newest 200 songs or events: what is older hardly counts."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """What a history says about known songs, one entry per song, the newest last."""

    items: Indices
    values: Floats
    """Added over the song's events, cut to [-1, 1], weighed by recency; never 0."""

    @property
    def liked(self) -> bool:
        """Whether any song is liked: without one there is nothing to go by."""
        return bool((self.values > 0).any())


def weigh(history: History, vocabulary: Vocabulary, *, memory: float) -> Evidence:
    """Merge a history's events per song and let them fade: exp(-age / memory).

    The age of a song is the number of songs with a newer last event, or with any dated event when
    its own time is unknown; undated songs share one age, for their order means nothing.
    """
    dense = vocabulary.indices(history.items)
    known = dense >= 0
    dense, times = dense[known], history.timestamps[known]
    # The first place in the reversed list is the song's last event.
    songs, last, inverse = np.unique(dense[::-1], return_index=True, return_inverse=True)
    values = np.clip(np.bincount(inverse, weights=history.values[known][::-1]), -1, 1)
    order = np.argsort(-last)[-LONGEST:]
    dated = ~np.isnan(times[::-1][last[order]])
    age = np.minimum(np.arange(len(order))[::-1], dated.sum())
    values = values[order] * np.exp(-age / memory)
    said = values != 0
    return Evidence(songs[order][said].astype(np.int64), values[said].astype(np.float32))


def best(scores: NDArray[Any], *, k: int, exclude: Indices) -> Indices:
    """Pick the k best positive scores, best first, ties by position; `exclude` is left out."""
    open_scores = scores.copy()
    open_scores[exclude] = 0
    if k <= 0:
        return np.empty(0, dtype=np.int64)
    found = np.flatnonzero(open_scores > 0)
    reached = open_scores[found]
    if (least := len(found) - k) > 0:
        high = reached >= np.partition(reached, least)[least]
        found, reached = found[high], reached[high]
    return found[np.argsort(-reached, kind="stable")][:k]


def largest_terms(
    songs: Indices, targets: NDArray[np.integer[Any]], terms: Floats, sources: Indices
) -> Indices:
    """Find for each song the place of the largest term that speaks for it, ties by source.

    Every song must be among the targets of the terms.
    """
    order = np.argsort(songs)
    slots = np.minimum(np.searchsorted(songs[order], targets), len(songs) - 1)
    shown = np.flatnonzero(songs[order][slots] == targets)
    slots = order[slots[shown]]
    ranked = np.lexsort((sources[shown], -terms[shown], slots))
    first: Indices = shown[ranked[np.searchsorted(slots[ranked], np.arange(len(songs)))]]
    return first
