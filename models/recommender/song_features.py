"""What is known of songs beside who likes them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from models.features.interface import MODALITIES
from models.features.store import FeatureStore
from models.recommender.interactions import Vocabulary
from models.recommender.interface import Floats, Ids
from models.recommender.song_space import unit

CONDENSED = 128
"""Columns of a matrix once condensed, at most."""


class FeaturesMissing(ValueError):
    """No song has features; the message names the cure."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} was not trained: no song has features yet. Run: huisheng features"
        )


@dataclass(frozen=True, eq=False)
class SongFeatures:
    """One matrix of features, such as hashed titles; songs it does not name have none."""

    songs: Ids
    matrix: Floats
    """Songs x features, finite."""
    name: str = ""
    """The modality."""

    def __post_init__(self) -> None:
        """Check the shape and the values."""
        if self.matrix.ndim != 2 or len(self.matrix) != len(self.songs):
            raise ValueError("features need one row per song")
        if not np.isfinite(self.matrix).all():
            raise ValueError("a feature is not a finite number")

    def within(self, songs: Ids) -> "SongFeatures":
        """Keep the rows of songs that are among these."""
        kept = np.isin(self.songs, songs)
        return replace(self, songs=self.songs[kept], matrix=self.matrix[kept])


def named_songs(features: Sequence[SongFeatures]) -> Ids:
    """Give every song that has any features, by id."""
    none = np.empty(0, dtype=np.int64)
    return np.unique(np.concatenate([none, *(feature.songs for feature in features)]))


def stored_features(root: Path) -> list[SongFeatures]:
    """Read every modality that has vectors from the feature store, condensed."""
    found = []
    for modality in MODALITIES:
        songs, matrix = FeatureStore(root, modality).read().present()
        if len(songs):
            found.append(condensed(SongFeatures(songs, matrix, modality)))
    return found


def condensed(features: SongFeatures, width: int = CONDENSED) -> SongFeatures:
    """Bring a matrix to one scale, its `width` main directions, widest first, and rows of length 1.

    The mean song lies at the origin, so that the cosine of two unrelated songs is about 0.
    """
    columns = features.matrix.astype(np.float32) - features.matrix.mean(axis=0, dtype=np.float32)
    spread = columns.std(axis=0)
    columns = columns[:, spread > 1e-6] / spread[spread > 1e-6]
    _, directions = np.linalg.eigh(columns.T @ columns)
    columns = columns @ directions[:, ::-1][:, :width]
    return replace(features, matrix=unit(columns).astype(np.float32))


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
