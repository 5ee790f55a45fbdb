"""Ranking metrics over all songs. A hit matrix says per listener which ranks hold a target."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.recommender.interactions import Vocabulary
from models.recommender.interface import Ids

COLD = "cold_ndcg@10"
"""The NDCG on songs held out from everybody, as a manifest names it."""
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


def ndcgs(hits: Hits, targets: Counts, k: int) -> NDArray[np.float64]:
    """Per listener the gain 1 / log2(rank + 1) over the gain of the best possible order."""
    gains = 1 / np.log2(np.arange(2, k + 2))
    ideal = np.cumsum(gains)[np.minimum(targets, k) - 1]
    found: NDArray[np.float64] = hits[:, :k] @ gains[: hits.shape[1]] / ideal
    return found


def mrr(hits: Hits, k: int) -> float:
    """Mean of 1 / rank of the first target, 0 where none is among the first k."""
    first = hits[:, :k].argmax(axis=1)
    return float((hits[:, :k].any(axis=1) / (first + 1)).mean())


def coverage(rankings: Sequence[Ids], songs: int) -> float:
    """Share of all songs that appear in some ranking."""
    return len(np.unique(np.concatenate(rankings))) / songs


def novelty(rankings: Sequence[Ids], vocabulary: Vocabulary, listeners: Counts, of: int) -> float:
    """Mean surprise -log2(listeners / of) in bits over all ranked songs."""
    shown = vocabulary.indices(np.concatenate(rankings))
    return float(-np.log2(np.maximum(listeners[shown], 1) / of).mean()) if len(shown) else 0.0


def bootstrap(values: NDArray[np.float64], *, seed: int, draws: int = 500) -> tuple[float, float]:
    """Give the 95 % interval of a mean over listeners, by drawing listeners anew."""
    rng = np.random.default_rng(seed)
    means = [rng.choice(values, len(values)).mean() for _ in range(draws)]
    low, high = np.percentile(means, [2.5, 97.5])
    return float(low), float(high)
