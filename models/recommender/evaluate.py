"""Measure a recommender on a split: all songs ranked, no sampled negatives."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from models.progress import Progress, silent
from models.recommender.interactions import Vocabulary
from models.recommender.interface import History, Ids
from models.recommender.metrics import (
    Counts,
    Hits,
    coverage,
    hit_matrix,
    hit_rate,
    mrr,
    ndcgs,
    novelty,
    recall,
)
from models.recommender.similarity import Likeness
from models.recommender.split import Split

DEPTH = 20
"""Ranks that are looked at."""
BATCH = 64
LISTS = 1_000
"""Rankings that diversity is taken over."""


class Ranker(Protocol):
    """Whatever ranks songs for many histories."""

    def rank_many(
        self, histories: Sequence[History], *, k: int, exclude: Sequence[Ids]
    ) -> list[Ids]:
        """Rank at most k songs for each history."""
        ...


class RandomOrder:
    """Chance: what a recommender that knows nothing reaches."""

    def __init__(self, vocabulary: Vocabulary, *, seed: int) -> None:
        self.vocabulary = vocabulary
        self.rng = np.random.default_rng(seed)

    def rank_many(
        self, histories: Sequence[History], *, k: int, exclude: Sequence[Ids]
    ) -> list[Ids]:
        """Draw k songs for each history."""
        ranked = []
        for out in exclude:
            wanted = min(k + len(out), len(self.vocabulary))
            drawn = self.vocabulary.ids[
                self.rng.choice(len(self.vocabulary), wanted, replace=False)
            ]
            ranked.append(drawn[~np.isin(drawn, out)][:k])
        return ranked


def evaluate(ranker: Ranker, split: Split, *, progress: Progress = silent) -> dict[str, float]:
    """Measure HR@10, Recall@20, NDCG@10 and MRR@20, and how varied the first 10 are.

    Empty when the split tests nobody.
    """
    if not split.histories:
        return {}
    rankings = rank_all(ranker, split, k=DEPTH, progress=progress)
    found = figures(rankings, split.targets, (10, DEPTH))
    likeness = Likeness(split.train, Vocabulary.of(split.train.items))
    return {name: found[name] for name in ("hr@10", "recall@20", "ndcg@10", "mrr@20")} | variety(
        rankings, likeness, 10
    )


def rank_all(ranker: Ranker, split: Split, *, k: int, progress: Progress = silent) -> list[Ids]:
    """Rank k songs for every history of a split, without those it has seen."""
    rankings: list[Ids] = []
    for start in range(0, len(split.histories), BATCH):
        part = slice(start, start + BATCH)
        rankings += ranker.rank_many(split.histories[part], k=k, exclude=split.seen[part])
        progress("evaluate", len(rankings), len(split.histories))
    return rankings


def figures(rankings: Sequence[Ids], targets: Sequence[Ids], ks: Sequence[int]) -> dict[str, float]:
    """Give HR, Recall, NDCG and MRR at every k."""
    hits, counts = hits_of(rankings, targets, max(ks))
    found: dict[str, float] = {}
    for k in ks:
        found[f"hr@{k}"] = hit_rate(hits, k)
        found[f"recall@{k}"] = recall(hits, counts, k)
        found[f"ndcg@{k}"] = float(ndcgs(hits, counts, k).mean())
        found[f"mrr@{k}"] = mrr(hits, k)
    return found


def variety(rankings: Sequence[Ids], likeness: Likeness, k: int) -> dict[str, float]:
    """Give coverage, novelty and diversity of the first k; songs that nobody met do not count."""
    heads = [ranking[:k] for ranking in rankings]
    met = [ranking[likeness.songs.indices(ranking) >= 0] for ranking in heads]
    return {
        f"coverage@{k}": coverage(met, len(likeness.songs)),
        f"novelty@{k}": novelty(met, likeness.songs, likeness.listeners, likeness.of),
        f"diversity@{k}": likeness.diversity(heads[:LISTS]),
    }


def hits_of(rankings: Sequence[Ids], targets: Sequence[Ids], k: int) -> tuple[Hits, Counts]:
    """Mark the hits among the first k, and count the targets."""
    return hit_matrix(rankings, targets, k), np.array([len(target) for target in targets])
