"""How well songs are ranked that nobody has met."""

from collections.abc import Sequence

import numpy as np

from models.recommender.evaluate import RandomOrder, Ranker, figures, hits_of, rank_all
from models.recommender.fit import Config, fit
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.metrics import bootstrap, ndcgs
from models.recommender.song_features import SongFeatures, named_songs
from models.recommender.split import ColdSplit, cold_split

CASES = 2_000
"""Listeners who are asked for held-out songs, at most."""


def cold_figures(
    ranker: Ranker, cold: ColdSplit, ks: Sequence[int] = (10, 20), *, seed: int
) -> dict[str, float]:
    """Measure on held-out songs, ranked among themselves, with a 95 % interval of the NDCG."""
    rankings = rank_all(ranker, cold.asked, k=max(ks))
    gains = ndcgs(*hits_of(rankings, cold.asked.targets, ks[0]), ks[0])
    low, high = bootstrap(gains, seed=seed)
    shown = np.unique(np.concatenate([ranking[: ks[0]] for ranking in rankings]))
    return figures(rankings, cold.asked.targets, ks) | {
        f"ndcg@{ks[0]}_low": low,
        f"ndcg@{ks[0]}_high": high,
        f"coverage@{ks[0]}": len(shown) / len(cold.held),
    }


def measure_cold(
    interactions: Interactions, config: Config, features: Sequence[SongFeatures], *, seed: int
) -> dict[str, dict[str, float]]:
    """Fit without a fifth of the songs and measure on these, "own" beside "random".

    Figures are named `cold_…`; there are none when no listener can be asked.
    """
    cold = cold_split(interactions, named_songs(features), seed=seed, cases=CASES)
    if not cold.asked.histories:
        return {"own": {}, "random": {}}
    rankers: dict[str, Ranker] = {
        "own": fit(cold.asked.train, config, seed=seed, features=features),
        "random": RandomOrder(Vocabulary(cold.held), seed=seed),
    }
    return {
        who: {f"cold_{name}": v for name, v in cold_figures(ranker, cold, seed=seed).items()}
        for who, ranker in rankers.items()
    }
