"""Spectral start: songs heard near each other begin near each other."""

import numpy as np

from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.sequences import Sequences
from models.recommender.spectral import spectral_table


def test_songs_heard_together_start_closer_than_songs_that_never_meet() -> None:
    rng = np.random.default_rng(1)
    rows = [
        (listener, listener % 2 * 5 + song) for listener in range(40) for song in rng.permutation(5)
    ]
    users, items = (np.array(column) for column in zip(*rows, strict=True))
    heard = Interactions(users, items, np.ones(200), np.arange(200, dtype=float))
    # Song 10 is known but never heard: its row is noise, not a failure.
    windows = Sequences.of(heard, Vocabulary(np.arange(11))).windows(6, repeats=False, rng=rng)
    table = spectral_table(windows, 11, 8, rng)
    unit = table / np.linalg.norm(table, axis=1, keepdims=True)
    near = unit @ unit.T
    assert table.shape == (11, 8)
    assert np.isfinite(table).all()
    assert near[:5, :5].mean() > 0.7
    assert near[5:10, 5:10].mean() > 0.7
    assert abs(near[:5, 5:10]).mean() < 0.4
