"""Variety in 为你推荐, on vectors whose likeness is plain to see."""

import numpy as np

from backend.recommendations.variety import WINDOW, varied
from models.recommender.interactions import Vocabulary
from models.recommender.interface import Popular, Ranked
from models.recommender.two_tower import TwoTower, TwoTowerConfig


def space(vectors: list[list[float]]) -> TwoTower:
    songs = np.array(vectors, dtype=np.float32)
    ids = Vocabulary.of(np.arange(1, len(songs) + 1))
    return TwoTower(TwoTowerConfig(), ids, songs, songs, np.zeros(len(songs), dtype=np.float32))


def ranking(*songs: int) -> Ranked:
    scores = np.linspace(1, 0.9, len(songs), dtype=np.float32)
    reasons = tuple(Popular(song, None) for song in songs)
    return Ranked(np.array(songs), scores, reasons)


def test_a_twin_makes_way_and_takes_its_reason_along() -> None:
    twins = space([[1, 0], [1, 0], [0, 1], [0, 1]])
    found = varied(ranking(1, 2, 3, 4), twins)
    assert found.items.tolist() == [1, 3, 2, 4]
    assert found.reasons == tuple(Popular(song, None) for song in (1, 3, 2, 4))


def test_a_longer_ranking_begins_with_the_shorter_one() -> None:
    rng = np.random.default_rng(7)
    many = space(rng.normal(size=(3 * WINDOW, 4)).tolist())
    songs = (np.arange(3 * WINDOW) + 1).tolist()
    short, whole = varied(ranking(*songs[:WINDOW]), many), varied(ranking(*songs), many)
    assert whole.items[:WINDOW].tolist() == short.items.tolist()
    assert sorted(whole.items.tolist()) == songs


def test_without_the_space_or_songs_nothing_moves() -> None:
    assert varied(ranking(3, 1, 2), None).items.tolist() == [3, 1, 2]
    assert len(varied(Ranked(), space([[1, 0]]))) == 0
    unknown = varied(ranking(9, 1), space([[1, 0]]))
    assert unknown.items.tolist() == [9, 1]
