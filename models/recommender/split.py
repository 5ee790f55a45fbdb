"""Splits for honest measuring: what is learned from lies before what is asked for."""

from dataclasses import dataclass

import numpy as np

from models.recommender.interactions import Interactions
from models.recommender.interface import History, Ids, Indices


@dataclass(frozen=True, eq=False)
class Split:
    """Interactions to fit on, and per tested listener a history and the songs it should find."""

    train: Interactions
    histories: list[History]
    targets: list[Ids]
    seen: list[Ids]
    """Songs of each history, left out of its ranking."""


def leave_last_out(interactions: Interactions, *, seed: int, listeners: int = 5_000) -> Split:
    """Hold out the song each listener came to last, with all that this listener did after.

    A target is a song of positive merged evidence. Where a listener's times are unknown or all
    equal a random one is drawn. Listeners of fewer than two liked songs are only learned from; at
    most `listeners` are tested.
    """
    rng = np.random.default_rng(seed)
    merged = interactions.merged()
    liked = merged.values > 0
    users, songs = np.unique(merged.users[liked], return_counts=True)
    tested = users[songs >= 2]
    if len(tested) > listeners:
        tested = np.sort(rng.choice(tested, listeners, replace=False))

    ordered = interactions.take(_by_user_and_time(interactions))
    events = [np.searchsorted(ordered.users, tested, side=side) for side in ("left", "right")]
    pairs = [np.searchsorted(merged.users, tested, side=side) for side in ("left", "right")]
    learned = np.ones(len(ordered), dtype=np.bool_)
    histories, targets, seen = [], [], []
    for user, start, end, low, high in zip(tested, *events, *pairs, strict=True):
        items, times = ordered.items[start:end], ordered.timestamps[start:end]
        candidates = merged.items[low:high][liked[low:high]]
        if len(np.unique(times)) == 1:
            target = rng.choice(candidates)
            kept = items != target
        else:
            songs, firsts = np.unique(items, return_index=True)
            firsts = firsts[np.isin(songs, candidates)]
            target = items[firsts.max()]
            kept = np.arange(len(items)) < firsts.max()
        learned[start:end] = kept
        values = ordered.values[start:end][kept]
        histories.append(History(items[kept], values, times[kept], user=int(user)))
        targets.append(np.array([target]))
        seen.append(np.unique(items[kept]))
    return Split(ordered.take(learned), histories, targets, seen)


def _by_user_and_time(interactions: Interactions) -> Indices:
    """Order rows by user, then time, unknown times first, else as given."""
    times = np.nan_to_num(interactions.timestamps, nan=-np.inf)
    return np.lexsort((times, interactions.users))
