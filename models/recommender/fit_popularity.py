"""Fit popularity."""

import numpy as np

from models.recommender.interactions import Interactions, Vocabulary, recency
from models.recommender.popularity import Popularity, PopularityConfig

DAY = 86_400.0


def fit_popularity(
    interactions: Interactions, config: PopularityConfig, *, until: float
) -> Popularity:
    """Count each song's distinct listeners, weighed by their latest positive event.

    `until` is the snapshot's time in unix seconds: the window of the reason ends there.
    """
    vocabulary = Vocabulary.of(interactions.items)
    listening = interactions.values > 0
    if not listening.any():
        nobody = np.zeros(len(vocabulary), dtype=np.int64)
        return Popularity(config, vocabulary, nobody.astype(np.float32), nobody, nobody)
    listeners = interactions.take(listening).merged()
    songs = vocabulary.indices(listeners.items)
    weights = recency(listeners.timestamps, half_life=config.half_life_days * DAY)
    recent = listeners.timestamps >= until - config.window_days * DAY
    size = len(vocabulary)
    return Popularity(
        config,
        vocabulary,
        np.bincount(songs, weights=weights, minlength=size).astype(np.float32),
        np.bincount(songs[recent], minlength=size).astype(np.int64),
        np.bincount(songs, minlength=size).astype(np.int64),
    )
