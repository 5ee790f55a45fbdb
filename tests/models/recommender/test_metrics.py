"""Each metric against figures worked out by hand."""

import numpy as np
import pytest

from models.recommender.interactions import Vocabulary
from models.recommender.metrics import (
    bootstrap,
    coverage,
    hit_matrix,
    hit_rate,
    mrr,
    ndcgs,
    novelty,
    recall,
)

# Listener 1 has targets 3 and 9, found at ranks 1 and 4; listener 2 has target 5, at rank 3;
# listener 3 has target 8, not found; its ranking is short.
RANKINGS = [np.array([3, 1, 2, 9]), np.array([7, 6, 5, 4]), np.array([1])]
TARGETS = [np.array([9, 3]), np.array([5]), np.array([8])]
HITS = hit_matrix(RANKINGS, TARGETS, depth=4)
COUNTS = np.array([2, 1, 1])


def test_hits_stand_where_the_targets_rank() -> None:
    assert HITS.astype(int).tolist() == [[1, 0, 0, 1], [0, 0, 1, 0], [0, 0, 0, 0]]


def test_hit_rate() -> None:
    assert hit_rate(HITS, 1) == pytest.approx(1 / 3)
    assert hit_rate(HITS, 4) == pytest.approx(2 / 3)


def test_recall() -> None:
    # At 3: one of two, one of one, none. At 4: two of two, one of one, none.
    assert recall(HITS, COUNTS, 3) == pytest.approx((1 / 2 + 1 + 0) / 3)
    assert recall(HITS, COUNTS, 4) == pytest.approx(2 / 3)


def test_ndcg() -> None:
    # Gains by rank: 1, 1/log2 3 = .63093, 1/log2 4 = .5, 1/log2 5 = .43068.
    # Listener 1: (1 + .43068) / (1 + .63093) = .87721. Listener 2: .5 / 1. Listener 3: 0.
    assert ndcgs(HITS, COUNTS, 4).mean() == pytest.approx((0.87721 + 0.5) / 3, abs=1e-5)
    # At 1 the ideal of listener 1 holds one song only.
    assert ndcgs(HITS, COUNTS, 1).mean() == pytest.approx(1 / 3)


def test_mrr() -> None:
    assert mrr(HITS, 4) == pytest.approx((1 + 1 / 3 + 0) / 3)
    assert mrr(HITS, 2) == pytest.approx(1 / 3)


def test_coverage_is_the_share_of_songs_shown() -> None:
    assert coverage([np.array([1, 2]), np.array([2, 3])], 6) == pytest.approx(0.5)


def test_novelty_is_the_mean_surprise_in_bits() -> None:
    # Song 1 has all 8 listeners, 0 bits; song 2 has 2, 2 bits; song 3 none, counted as 1: 3 bits.
    vocabulary = Vocabulary.of(np.array([1, 2, 3]))
    found = novelty([np.array([1, 2]), np.array([3])], vocabulary, np.array([8, 2, 0]), 8)
    assert found == pytest.approx((0 + 2 + 3) / 3)


def test_the_bootstrap_interval_holds_the_mean_and_repeats_by_seed() -> None:
    values = np.random.default_rng(1).random(400)
    low, high = bootstrap(values, seed=3)
    # The standard error of 400 uniform values is .289 / 20 = .0144; 1.96 of them to each side.
    assert low == pytest.approx(values.mean() - 0.0283, abs=0.005)
    assert high == pytest.approx(values.mean() + 0.0283, abs=0.005)
    assert bootstrap(values, seed=3) == (low, high)
