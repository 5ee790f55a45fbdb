"""Likeness of songs by listeners, by hand."""

import numpy as np
import pytest

from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.similarity import Likeness, likes_matrix

# Songs A = 1 (listeners 1, 2), B = 2 (1, 2), C = 3 (3), D = 4 (2, refused by 3).
ROWS = Interactions(
    np.array([1, 2, 1, 2, 3, 2, 3]),
    np.array([1, 1, 2, 2, 3, 4, 4]),
    np.array([1, 1, 1, 1, 1, 1, -1.0]),
    np.full(7, np.nan),
)
SONGS = Vocabulary.of(ROWS.items)


def test_likes_are_ones_where_the_evidence_is_positive() -> None:
    assert likes_matrix(ROWS, SONGS).toarray().tolist() == [
        [1, 1, 0, 0],
        [1, 1, 0, 1],
        [0, 0, 1, 0],
    ]


def test_diversity_is_one_less_the_mean_cosine_of_pairs() -> None:
    likeness = Likeness(ROWS, SONGS)
    assert likeness.diversity([np.array([1, 2])]) == pytest.approx(0, abs=1e-6)
    assert likeness.diversity([np.array([1, 3])]) == pytest.approx(1)
    # A,B 1; A,D and B,D 1 / sqrt(2 x 1).
    expected = 1 - (1 + 2 / np.sqrt(2)) / 3
    assert likeness.diversity([np.array([1, 2, 4]), np.array([1])]) == pytest.approx(expected)
    assert likeness.diversity([np.array([1])]) == 0
