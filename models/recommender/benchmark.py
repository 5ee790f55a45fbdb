"""Compare recommenders on one split: what they find, how varied it is, and what it costs."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from models.progress import Progress, silent
from models.recommender.blend import Blend
from models.recommender.cost import measured
from models.recommender.evaluate import RandomOrder, Ranker, figures, hits_of, rank_all, variety
from models.recommender.fit import fit
from models.recommender.fitted import Fitted
from models.recommender.interactions import InteractionsError, Vocabulary
from models.recommender.interface import Ids
from models.recommender.metrics import bootstrap, ndcgs
from models.recommender.popularity import PopularityConfig
from models.recommender.registry import ALGORITHMS
from models.recommender.search import Search
from models.recommender.similarity import Likeness
from models.recommender.split import Split
from models.recommender.trials import Protocol, Trial, trial_of_files

BASELINES = ("popularity", "random")
TIMED = 100
"""Histories that are asked one by one, to time a single request."""


def compare(
    trial: Trial,
    algorithms: Sequence[str],
    *,
    ks: Sequence[int] = (10, 20),
    seed: int = 7,
    network: str = "gru",
    progress: Progress = silent,
) -> list[dict[str, Any]]:
    """Measure each recommender beside popularity and random, a row of figures each.

    Settings are chosen on the validation, then fitted on all of train and tested once. An empty
    ranking, as of an empty history, is filled with popularity. Raises ValueError for an unknown
    name or k, InteractionsError when nobody is tested.
    """
    names = tuple(dict.fromkeys((*BASELINES, *algorithms)))
    if unknown := set(names) - {*BASELINES, *ALGORITHMS}:
        raise ValueError(f"{', '.join(sorted(unknown))}: choose from {', '.join(ALGORITHMS)}")
    if not ks or min(ks) < 1:
        raise ValueError("k must be 1 or more")
    if not trial.test.histories:
        raise InteractionsError("nobody is tested: a listener of two songs is needed")
    train = trial.test.train
    songs = Vocabulary.of(train.items)
    popularity = fit(train, PopularityConfig(), seed=seed)
    fallback = rank_all(popularity, trial.test, k=max(ks))
    likeness = Likeness(train, songs)
    search = Search(trial.validation, seed=seed, network=network, progress=progress)
    rows = {}
    ready: list[Fitted[Any]] = []
    spent: list[float] = []
    # The blend comes last: it takes over what was fitted before it.
    for name in sorted(names, key=lambda name: name == "blend"):
        row: dict[str, Any] = {"algorithm": name}
        ranker: Ranker = RandomOrder(songs, seed=seed)
        if name != "random":
            with measured() as choosing:
                config = search.choose(name)
            with measured() as fitting:
                ranker = fit(train, config, seed=seed, progress=progress, ready=ready)
            row |= {
                "config": asdict(config),
                "choose_cpu_s": choosing.cpu_s,
                "fit_cpu_s": fitting.cpu_s + _shared(ranker, ready, spent),
                "peak_mb": fitting.peak_mb,
                "ms_per_user": _milliseconds(ranker, trial.test),
            }
            ready.append(ranker)
            spent.append(fitting.cpu_s)
        started = time.perf_counter()
        found = rank_all(ranker, trial.test, k=max(ks), progress=progress)
        row["users_per_s"] = len(found) / (time.perf_counter() - started)
        found = [own if len(own) else common for own, common in zip(found, fallback, strict=True)]
        rows[name] = row | _found(found, trial.test, likeness, ks, seed)
    return [rows[name] for name in names]


def compare_files(
    *,
    train: Path,
    test: Path,
    valid: Path | None = None,
    protocol: Protocol,
    keep_seen: bool = False,
    algorithms: Sequence[str],
    ks: Sequence[int] = (10, 20),
    seed: int = 7,
    network: str = "gru",
    progress: Progress = silent,
) -> list[dict[str, Any]]:
    """Compare on TSV files. Raises as `trial_of_files` and `compare` do."""
    trial = trial_of_files(
        train=train, test=test, valid=valid, protocol=protocol, keep_seen=keep_seen, seed=seed
    )
    return compare(trial, algorithms, ks=ks, seed=seed, network=network, progress=progress)


def _shared(fitted: Fitted[Any], ready: Sequence[Fitted[Any]], spent: Sequence[float]) -> float:
    """Give the CPU seconds spent before on what a blend took over."""
    if not isinstance(fitted, Blend):
        return 0.0
    taken = set(map(id, fitted.parts.values()))
    return sum(cost for one, cost in zip(ready, spent, strict=True) if id(one) in taken)


def _found(
    rankings: list[Ids], split: Split, likeness: Likeness, ks: Sequence[int], seed: int
) -> dict[str, float]:
    """Give the figures of rankings: what is found, and how varied it is."""
    row = figures(rankings, split.targets, ks)
    hits, counts = hits_of(rankings, split.targets, ks[0])
    low, high = bootstrap(ndcgs(hits, counts, ks[0]), seed=seed)
    row |= {f"ndcg@{ks[0]}_low": low, f"ndcg@{ks[0]}_high": high}
    drawn = np.random.default_rng(seed).permutation(len(rankings))
    shuffled = [rankings[place] for place in drawn]
    for k in ks:
        row |= variety(shuffled, likeness, k)
    return row


def _milliseconds(recommender: Fitted[Any], split: Split) -> float:
    """Time one request with its reasons: the median over some histories."""
    taken = []
    for history, seen in list(zip(split.histories, split.seen, strict=True))[:TIMED]:
        started = time.perf_counter()
        recommender.recommend(history, k=20, exclude=seen)
        taken.append(time.perf_counter() - started)
    return float(np.median(taken)) * 1_000
