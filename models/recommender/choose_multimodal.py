"""Choose projections and weights of the modalities: what ranks songs best that nobody has met."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import permutations

import numpy as np

from models.progress import Progress, silent
from models.recommender.evaluate import rank_all
from models.recommender.fit_multimodal import Block, assembled, projected
from models.recommender.interactions import Interactions, InteractionsError
from models.recommender.metrics import hit_matrix, ndcgs
from models.recommender.multimodal import ModalityConfig, MultimodalConfig
from models.recommender.song_features import SongFeatures, named_songs
from models.recommender.split import Split, cold_split

RIDGES = (0.1, 1.0, 10.0)
"""Tried beside no projection at all."""
STEPS = (0.2, 0.1, 0.05)
"""Weight moved from one modality to another."""
CASES = 500
"""Listeners who are asked."""
FEWEST = 50
"""Listeners below which nothing is learned: a figure of so few is chance."""
NEGLIGIBLE = 1e-6
DEPTH = 20


def choose_multimodal(
    interactions: Interactions,
    config: MultimodalConfig,
    *,
    features: Sequence[SongFeatures],
    seed: int,
    progress: Progress = silent,
) -> MultimodalConfig:
    """Find each modality's projection, then the weights, by the NDCG@20 of held-out songs.

    Where too few listeners can be asked the weights are equal, nothing is projected, and the
    settings say so.
    """
    features = [feature for feature in features if len(feature.songs)]
    equal = 1 / max(len(features), 1)
    stated = {feature.name: ModalityConfig(equal, None, 0) for feature in features}
    plain = replace(config, modalities=stated, chosen_on="stated")
    try:
        asked = cold_split(interactions, named_songs(features), seed=seed, cases=CASES).asked
    except InteractionsError:
        return plain
    if len(asked.histories) < FEWEST:
        return plain
    blocks: dict[str, Block] = {}
    for done, feature in enumerate(features, start=1):
        tried = []
        for ridge in (None, *RIDGES):
            part = ModalityConfig(1.0, ridge, 0)
            block = (feature.songs, projected(asked.train, feature, ridge))
            figure = _figure(replace(config, modalities={feature.name: part}),
                             {feature.name: block}, asked)  # fmt: skip
            tried.append((figure, part, block))
        _, part, blocks[feature.name] = max(tried, key=lambda one: one[0])
        stated[feature.name] = replace(part, weight=equal)
        progress("choose projections", done, len(features))
    weights = _climb(replace(config, modalities=stated), blocks, asked)
    chosen = {
        name: replace(part, weight=weights[name])
        for name, part in stated.items()
        if weights[name] > NEGLIGIBLE
    }
    return replace(config, modalities=chosen, chosen_on="validation")


def _figure(config: MultimodalConfig, blocks: Mapping[str, Block], asked: Split) -> float:
    """Give the NDCG@20 of held-out songs."""
    taking_part = {name: block for name, block in blocks.items() if config.modalities[name].weight}
    rankings = rank_all(assembled(config, taking_part), asked, k=DEPTH)
    counts = np.array([len(target) for target in asked.targets])
    return float(ndcgs(hit_matrix(rankings, asked.targets, DEPTH), counts, DEPTH).mean())


def _climb(config: MultimodalConfig, blocks: Mapping[str, Block], asked: Split) -> dict[str, float]:
    """Start from equal weights; make the move between two modalities that ranks best while one
    does."""

    def figure(weights: Mapping[str, float]) -> float:
        parts = {n: replace(p, weight=weights[n]) for n, p in config.modalities.items()}
        return _figure(replace(config, modalities=parts), blocks, asked)

    weights = {name: part.weight for name, part in config.modalities.items()}
    reached = figure(weights)
    better = True
    while better:
        better = False
        for step in STEPS:
            moves = [
                _moved(weights, giver, taker, step)
                for giver, taker in permutations(weights, 2)
                if weights[giver] > 0
            ]
            found = [figure(move) for move in moves]
            if found and max(found) > reached:
                reached, better = max(found), True
                weights = moves[found.index(reached)]
                break
    return weights


def _moved(weights: Mapping[str, float], giver: str, taker: str, step: float) -> dict[str, float]:
    given = min(step, weights[giver])
    return {
        **weights,
        giver: weights[giver] - given,
        taker: weights[taker] + given,
    }
