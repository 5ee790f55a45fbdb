"""Ranking metrics over all songs. A hit matrix says per listener which ranks hold a target."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.recommender.interface import Ids

Hits = NDArray[np.bool_]
"""Listeners x ranks, True where the song at that rank is a target."""
Counts = NDArray[np.int64]
"""Targets per listener, at least 1."""


def hit_matrix(rankings: Sequence[Ids], targets: Sequence[Ids], depth: int) -> Hits:
    """Mark the targets among the first `depth` songs of each ranking."""
    hits = np.zeros((len(rankings), depth), dtype=np.bool_)
    for row, (ranking, target) in enumerate(zip(rankings, targets, strict=True)):
        found = np.isin(ranking[:depth], target)
        hits[row, : len(found)] = found
    return hits


def hit_rate(hits: Hits, k: int) -> float:
    """Share of listeners with a target among the first k."""
    return float(hits[:, :k].any(axis=1).mean())


def recall(hits: Hits, targets: Counts, k: int) -> float:
    """Mean share of a listener's targets found among the first k."""
    return float((hits[:, :k].sum(axis=1) / targets).mean())


def ndcg(hits: Hits, targets: Counts, k: int) -> float:
    """Mean of the gain 1 / log2(rank + 1) over the gain of the best possible order."""
    gains = 1 / np.log2(np.arange(2, k + 2))
    ideal = np.cumsum(gains)[np.minimum(targets, k) - 1]
    return float((hits[:, :k] @ gains[: hits.shape[1]] / ideal).mean())


def mrr(hits: Hits, k: int) -> float:
    """Mean of 1 / rank of the first target, 0 where none is among the first k."""
    first = hits[:, :k].argmax(axis=1)
    return float((hits[:, :k].any(axis=1) / (first + 1)).mean())
