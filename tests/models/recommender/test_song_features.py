"""Features beside the catalogue: aligned by id, masked where missing."""

import numpy as np
import pytest

from models.recommender.interactions import Vocabulary
from models.recommender.song_features import SongFeatures, aligned

SONGS = Vocabulary.of(np.array([5, 7, 9]))


def test_matrices_stand_side_by_side_with_a_mask_each() -> None:
    titles = SongFeatures(np.array([9, 5, 8]), np.array([[1.0, 2.0], [3.0, 4.0], [6.0, 6.0]]))
    sound = SongFeatures(np.array([7]), np.array([[0.5]]))
    assert aligned([titles, sound], SONGS).tolist() == [
        [3, 4, 1, 0, 0],
        [0, 0, 0, 0.5, 1],
        [1, 2, 1, 0, 0],
    ]
    assert aligned([], SONGS).shape == (3, 0)


def test_bad_features_are_refused() -> None:
    with pytest.raises(ValueError, match="one row per song"):
        SongFeatures(np.array([1, 2]), np.ones((1, 2)))
    with pytest.raises(ValueError, match="not a finite number"):
        SongFeatures(np.array([1]), np.array([[np.nan]]))
