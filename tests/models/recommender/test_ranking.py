"""Weighing a history and picking the best."""

import numpy as np
import pytest

from models.recommender.interactions import Vocabulary
from models.recommender.interface import History
from models.recommender.ranking import LONGEST, best, weigh

NAN = float("nan")
NOTHING = np.empty(0, dtype=np.int64)


def test_events_of_a_song_add_up_and_fade_with_newer_songs() -> None:
    past = History(
        np.array([10, 30, 10, 20, 99]),
        np.array([0.5, 0.4, 0.3, -0.6, 1.0]),
        np.array([1.0, 2.0, 3.0, 4.0, 5.0]),
    )
    evidence = weigh(past, Vocabulary.of(np.array([10, 20, 30])), memory=2)
    # The unknown 99 does not count as newer. Newest: 20; one older: 10 (.5 + .3); two: 30.
    assert evidence.items.tolist() == [2, 0, 1]
    assert evidence.values == pytest.approx([0.4 * np.exp(-1), 0.8 * np.exp(-0.5), -0.6])
    assert evidence.liked


def test_undated_songs_share_one_age_below_all_dated_ones() -> None:
    past = History(np.array([1, 2, 3]), np.ones(3), np.array([NAN, NAN, 7.0]))
    evidence = weigh(past, Vocabulary.of(past.items), memory=2)
    assert evidence.values == pytest.approx([np.exp(-0.5), np.exp(-0.5), 1])


def test_evidence_is_cut_at_one_and_dropped_at_zero() -> None:
    past = History(np.array([1, 1, 2, 2]), np.array([0.9, 0.9, 0.5, -0.5]), np.full(4, NAN))
    evidence = weigh(past, Vocabulary.of(past.items), memory=2)
    assert evidence.items.tolist() == [0]
    assert evidence.values.tolist() == [1]


def test_only_the_newest_songs_of_a_long_history_are_read() -> None:
    count = LONGEST + 50
    past = History(np.arange(count), np.ones(count), np.arange(count, dtype=float))
    evidence = weigh(past, Vocabulary.of(past.items), memory=1e9)
    assert evidence.items.tolist() == list(range(50, count))


def test_the_best_come_first_ties_by_position_only_positive_ones() -> None:
    scores = np.array([1.0, 3.0, 0.0, 3.0, -2.0, 1.0, 1.0])
    assert best(scores, k=3, exclude=NOTHING).tolist() == [1, 3, 0]
    assert best(scores, k=4, exclude=np.array([0])).tolist() == [1, 3, 5, 6]
    assert best(scores, k=99, exclude=np.array([1])).tolist() == [3, 0, 5, 6]
    assert best(scores, k=0, exclude=NOTHING).tolist() == []
    assert scores[1] == 3.0
