"""Listening in order, cut into windows for the recurrent network."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.recommender.interactions import Interactions, InteractionsError, Vocabulary
from models.recommender.interface import Indices

IGNORED = -1
"""A place of a window with nothing to predict."""


@dataclass(frozen=True, eq=False)
class Windows:
    """Padded stretches of listening, windows x length."""

    inputs: NDArray[np.int32]
    """Dense songs; 0 after the end, where nothing is predicted."""
    targets: NDArray[np.int32]
    """The song that came next, or IGNORED."""
    ages: NDArray[np.float64]
    """Per window how long ago its last event was: 0 the newest of all, 1 the oldest."""

    def take(self, rows: NDArray[np.bool_]) -> "Windows":
        """Keep the windows of a mask."""
        return Windows(self.inputs[rows], self.targets[rows], self.ages[rows])


@dataclass(frozen=True, eq=False)
class InOrder:
    """Songs one after another, listener after listener."""

    items: Indices
    listeners: Indices
    ages: NDArray[np.float64]
    """0 for the newest event of all, 1 for the oldest; 0 where the time is unknown."""


@dataclass(frozen=True, eq=False)
class Sequences:
    """Every listener's liked songs, oldest first, one listener after another."""

    items: Indices
    listeners: Indices
    times: NDArray[np.float64]

    @classmethod
    def of(cls, interactions: Interactions, vocabulary: Vocabulary) -> "Sequences":
        """Order the positive events; those of unknown time come first.

        Raises InteractionsError when no listener likes two songs.
        """
        ordered = interactions.take(
            np.lexsort((np.nan_to_num(interactions.timestamps, nan=-np.inf), interactions.users))
        )
        heard = np.flatnonzero(ordered.values > 0)
        users, items = ordered.users[heard], ordered.items[heard]
        if not ((users[1:] == users[:-1]) & (items[1:] != items[:-1])).any():
            raise InteractionsError("no listener likes two songs: there is no order to learn")
        liked = ordered.take(heard)
        return cls(vocabulary.indices(liked.items), liked.users, liked.timestamps)

    def in_order(self, rng: np.random.Generator, *, repeats: bool) -> InOrder:
        """Give the order; events of unknown time have none and are shuffled anew.

        Without `repeats` a song heard several times running stands once.
        """
        undated = np.isnan(self.times)
        lottery = np.where(undated, rng.random(len(self.times)), 0)
        order = np.lexsort((lottery, ~undated, self.listeners))
        items, listeners = self.items[order], self.listeners[order]
        fresh = np.ones(len(items), dtype=np.bool_)
        fresh[1:] = repeats | (items[1:] != items[:-1]) | (listeners[1:] != listeners[:-1])
        ages = np.zeros(len(items))
        known = self.times[~undated]
        ranks = np.searchsorted(np.sort(known), known, side="right")
        ages[~undated] = 1 - ranks / max(len(known), 1)
        return InOrder(items[fresh], listeners[fresh], ages[order][fresh])

    def windows(self, length: int, *, repeats: bool, rng: np.random.Generator) -> Windows:
        """Cut into windows; without `repeats` no song heard before in its window is a target."""
        heard = self.in_order(rng, repeats=repeats)
        items, listeners = heard.items, heard.listeners
        _, starts, counts = np.unique(listeners, return_index=True, return_counts=True)
        cuts = -(-(counts - 1) // length)
        within = np.arange(cuts.sum()) - np.repeat(np.cumsum(cuts) - cuts, cuts)
        places = (np.repeat(starts, cuts) + within * length)[:, None] + np.arange(length + 1)
        inside = places < np.repeat(starts + counts, cuts)[:, None]
        songs = np.where(inside, items[np.minimum(places, len(items) - 1)], IGNORED)
        targets = songs[:, 1:].copy()
        if not repeats:
            for place in range(1, length + 1):
                again = (songs[:, :place] == songs[:, place, None]).any(axis=1)
                targets[again, place - 1] = IGNORED
        inputs = np.maximum(songs[:, :-1], 0)
        ends = np.minimum(places[:, 0] + length, np.repeat(starts + counts, cuts) - 1)
        return Windows(inputs.astype(np.int32), targets.astype(np.int32), heard.ages[ends])
