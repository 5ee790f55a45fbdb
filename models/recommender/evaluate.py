"""Measure a recommender on a split: all songs ranked, no sampled negatives."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from models.progress import Progress, silent
from models.recommender.interactions import Vocabulary
from models.recommender.interface import History, Ids, Ranked
from models.recommender.metrics import hit_matrix, hit_rate, mrr, ndcg, recall
from models.recommender.split import Split

DEPTH = 20
"""Ranks that are looked at."""
BATCH = 256


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
        return [
            self.rng.permutation(np.setdiff1d(self.vocabulary.ids, out))[:k] for out in exclude
        ]


def evaluate(ranker: Ranker, split: Split, *, progress: Progress = silent) -> dict[str, float]:
    """Measure HR@10, Recall@20, NDCG@10 and MRR@20; empty when the split tests nobody."""
    tested = len(split.histories)
    if tested == 0:
        return {}
    rankings: list[Ids] = []
    for start in range(0, tested, BATCH):
        part = slice(start, start + BATCH)
        ranked = ranker.recommend_many(split.histories[part], k=DEPTH, exclude=split.seen[part])
        rankings += [one.items for one in ranked]
        progress("evaluate", len(rankings), tested)
    hits = hit_matrix(rankings, split.targets, DEPTH)
    counts = np.array([len(target) for target in split.targets])
    return {
        "hr@10": hit_rate(hits, 10),
        "recall@20": recall(hits, counts, 20),
        "ndcg@10": ndcg(hits, counts, 10),
        "mrr@20": mrr(hits, 20),
    }
