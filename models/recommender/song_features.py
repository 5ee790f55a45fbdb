"""What is known of songs beside who likes them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from models.recommender.interactions import Vocabulary
from models.recommender.interface import Floats, Ids


@dataclass(frozen=True, eq=False)
class SongFeatures:
    """One matrix of features, such as hashed titles; songs it does not name have none."""

    songs: Ids
    matrix: Floats
    """Songs x features, finite."""

    def __post_init__(self) -> None:
        """Check the shape and the values."""
        if self.matrix.ndim != 2 or len(self.matrix) != len(self.songs):
            raise ValueError("features need one row per song")
        if not np.isfinite(self.matrix).all():
            raise ValueError("a feature is not a finite number")


def aligned(features: Sequence[SongFeatures], vocabulary: Vocabulary) -> Floats:
    """Put all features side by side, a row per song of the vocabulary.

    Each matrix brings one more column, 1 where the song is known to it and 0 where it is masked,
    all its other columns being 0 there.
    """
    columns = [np.zeros((len(vocabulary), 0), dtype=np.float32)]
    for feature in features:
        rows = vocabulary.indices(feature.songs)
        known = rows >= 0
        block = np.zeros((len(vocabulary), feature.matrix.shape[1] + 1), dtype=np.float32)
        block[rows[known], :-1] = feature.matrix[known]
        block[rows[known], -1] = 1
        columns.append(block)
    return np.concatenate(columns, axis=1)
