"""ALS: the live listener is the one that alternating would find."""

import numpy as np
import pytest

from models.recommender.als import AlsConfig
from models.recommender.fit_als import fit_als
from models.recommender.interactions import Interactions
from models.recommender.interface import History, NearestLiked

CONFIG = AlsConfig(width=4, confidence=5.0, regularization=0.1, popularity_power=0)


def two_tastes() -> Interactions:
    """Even listeners like four of songs 0..4, odd ones four of 10..14."""
    rng = np.random.default_rng(2)
    rows = [(u, song) for u in range(40) for song in rng.permutation(5)[:4] + 10 * (u % 2)]
    users, items = (np.array(column) for column in zip(*rows, strict=True))
    return Interactions(users, items, np.ones(len(rows)), np.full(len(rows), np.nan))


def history(*songs: int, values: list[float] | None = None) -> History:
    said = np.ones(len(songs)) if values is None else np.array(values)
    return History(np.array(songs), said, np.full(len(songs), np.nan))


def test_a_taste_brings_the_rest_of_that_taste_with_the_nearest_song() -> None:
    past = history(0, 1)
    ranked = fit_als(two_tastes(), CONFIG, seed=1).recommend(past, k=3, exclude=past.items)
    assert set(ranked.items) == {2, 3, 4}
    for reason in ranked.reasons:
        assert isinstance(reason, NearestLiked)
        assert reason.item in (0, 1)
        assert 0.5 < reason.similarity <= 1


def test_the_listener_solves_the_weighted_least_squares() -> None:
    fitted = fit_als(two_tastes(), CONFIG, seed=1)
    wanted = np.isin(fitted.vocabulary.ids, [0, 1]).astype(float)
    weights = 1 + 5.0 * wanted  # the library counts the confidence on top of 1
    songs = np.asarray(fitted.songs, dtype=float)
    gram = (songs.T * weights) @ songs + 0.1 * np.eye(4)
    expected = songs @ np.linalg.solve(gram, (songs.T * 5.0) @ wanted)
    assert fitted.score(history(0, 1)) == pytest.approx(expected, abs=1e-4)


def test_a_refused_song_lowers_its_taste() -> None:
    fitted = fit_als(two_tastes(), CONFIG, seed=1)
    liked, refused = (fitted.score(history(0, 1, values=[1, v])) for v in (0.0, -1.0))
    assert refused[2] < liked[2]


def test_fitting_again_gives_the_same() -> None:
    one, two = (fit_als(two_tastes(), CONFIG, seed=1).songs for _ in range(2))
    assert one.tolist() == two.tolist()
