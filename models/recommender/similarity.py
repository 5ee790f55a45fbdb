"""How alike songs are by who likes them, and how varied a list of them is. Imports scipy."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from scipy import sparse

from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.interface import Ids, Indices


def likes_matrix(
    interactions: Interactions, vocabulary: Vocabulary
) -> "sparse.csr_matrix[np.float32]":
    """Give the listeners x songs matrix of ones where the merged evidence is positive."""
    merged = interactions.merged()
    liked = merged.values > 0
    users = Vocabulary.of(merged.users)
    rows, songs = users.indices(merged.users[liked]), vocabulary.indices(merged.items[liked])
    ones = np.ones(len(songs), dtype=np.float32)
    return sparse.csr_matrix((ones, (rows, songs)), shape=(len(users), len(vocabulary)))


class Likeness:
    """The cosine of the listener sets of two songs, over fixed interactions."""

    def __init__(self, interactions: Interactions, songs: Vocabulary) -> None:
        likes = likes_matrix(interactions, songs)
        self.songs = songs
        self.of = likes.shape[0]
        self.listeners: Indices = np.bincount(likes.indices, minlength=len(songs)).astype(np.int64)
        lengths = np.sqrt(np.maximum(self.listeners, 1))
        self.unit: Any = sparse.csr_matrix(likes.T.multiply(1 / lengths[:, None]))

    def diversity(self, rankings: Sequence[Ids]) -> float:
        """Mean of 1 - cosine over the pairs within each ranking of two or more songs.

        A song that nobody met is like no other.
        """
        spread = []
        for ranking in rankings:
            size = len(ranking)
            if size < 2:
                continue
            rows = self.unit[self.songs.known(ranking)]
            together = np.asarray(rows.sum(axis=0)).ravel()
            alone = rows.multiply(rows).sum()
            spread.append(1 - (together @ together - alone) / (size * (size - 1)))
        return float(np.mean(spread)) if spread else 0.0
