"""Popularity: listeners, weighed by recency, and the numbers its reason shows."""

from datetime import UTC, datetime

import numpy as np
import pytest

from models.recommender.fit_popularity import fit_popularity
from models.recommender.interactions import Interactions
from models.recommender.interface import History, Popular, Ranked
from models.recommender.popularity import PopularityConfig

DAY = 86_400.0
NOW = datetime(2026, 3, 1, tzinfo=UTC).timestamp()
NAN = float("nan")


def rank(*rows: tuple[int, int, float, float]) -> Ranked:
    users, items, values, ages = (np.array(column) for column in zip(*rows, strict=True))
    interactions = Interactions(users, items, values, NOW - ages * DAY)
    popularity = fit_popularity(interactions, PopularityConfig(), until=NOW)
    nobody = History(np.array([]), np.array([]), np.array([]))
    return popularity.recommend(nobody, k=9, exclude=np.array([], dtype=np.int64))


def test_a_listener_counts_once_and_half_after_thirty_days() -> None:
    # Song 1: one listener of three plays today, one 30 days ago: 1 + 1/2. Song 2: 60 days, 1/4.
    ranked = rank((1, 1, 0.3, 0), (1, 1, 0.3, 3), (1, 1, 0.3, 9), (2, 1, 1, 30), (3, 2, 1, 60))
    assert ranked.items.tolist() == [1, 2]
    assert ranked.scores == pytest.approx([1.5, 0.25])


def test_the_reason_counts_the_last_thirty_days_or_all_time() -> None:
    ranked = rank((1, 1, 1, 0), (2, 1, 1, 29), (3, 1, 1, 31), (4, 2, 1, 50), (5, 2, 1, 90))
    assert ranked.reasons == (Popular(2, 30), Popular(2, None))


def test_without_times_all_listeners_count_alike() -> None:
    ranked = rank((1, 7, 1, NAN), (1, 8, 1, NAN), (2, 8, 1, NAN))
    assert ranked.items.tolist() == [8, 7]
    assert ranked.reasons == (Popular(2, None), Popular(1, None))


def test_who_refuses_is_no_listener() -> None:
    ranked = rank((1, 7, -1, 0), (2, 7, -0.2, 0), (3, 8, 1, 0), (4, 9, 1, 0))
    assert ranked.items.tolist() == [8, 9]
