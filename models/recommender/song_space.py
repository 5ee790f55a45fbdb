"""Reasons from a space of songs: the liked song that stands nearest."""

from collections.abc import Sequence

import numpy as np

from models.recommender.interactions import Vocabulary
from models.recommender.interface import Floats, Indices, NearestLiked


def nearest_liked(
    vectors: Floats, vocabulary: Vocabulary, liked: Indices, songs: Indices
) -> Sequence[NearestLiked | None]:
    """Name for each song the liked one of largest cosine other than itself, None if not above 0."""
    cosines = unit(vectors[songs]) @ unit(vectors[liked]).T
    cosines[songs[:, None] == liked] = -1
    return [
        NearestLiked(int(vocabulary.ids[liked[place]]), min(float(row[place]), 1.0))
        if row[place] > 0
        else None
        for row, place in zip(cosines, cosines.argmax(axis=1), strict=True)
    ]


def unit(vectors: Floats) -> Floats:
    """Scale rows to unit length; a zero row stays zero."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    lengths: Floats = np.maximum(norms, np.float32(1e-9))
    return vectors / lengths
