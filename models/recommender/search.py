"""Choose settings on validation: one setting after the other, keeping what ranks better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from models.progress import Progress, silent
from models.recommender.evaluate import evaluate
from models.recommender.fit import Config, fit
from models.recommender.fitted import Fitted
from models.recommender.registry import FAMILIES
from models.recommender.split import Split

DECIDING = "ndcg@10"
"""The figure that settings are chosen by, and in which a recommender must reach popularity."""
CASES = 2_000
"""Histories of a validation that settings are tried on."""


@dataclass(frozen=True)
class Axes:
    """A start to search from and the values to try, setting by setting, in this order."""

    start: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Sequence[Any]] = field(default_factory=dict)


SEARCH: dict[str, Sequence[Axes]] = {}


def choose(
    name: str, validation: Split, *, seed: int, progress: Progress = silent
) -> tuple[Config, float]:
    """Find the settings of a recommender that rank best on a validation, and how well."""
    split = validation.sample(CASES, seed=seed)
    default: Config = FAMILIES[name].config_type()
    best, best_figure = default, -1.0
    for axes in SEARCH.get(name, ()):
        config, figure = _descend(replace(default, **axes.start), axes, split, seed, progress)
        if figure > best_figure:
            best, best_figure = config, figure
    return best, best_figure


def _descend(
    config: Config, axes: Axes, split: Split, seed: int, progress: Progress
) -> tuple[Config, float]:
    """Try the values of each setting in turn, fitting again only where that matters."""
    fitted: Fitted[Any] = fit(split.train, config, seed=seed)
    figure = evaluate(fitted, split).get(DECIDING, 0.0)
    dated = not np.isnan(split.train.timestamps).all()
    trials = [
        (setting, value)
        for setting, values in axes.values.items()
        for value in values
        if dated or setting not in fitted.ordering
    ]
    for done, (setting, value) in enumerate(trials, start=1):
        progress(f"choose {fitted.name}", done, len(trials))
        if getattr(fitted.config, setting) == value:
            continue
        changed = replace(fitted.config, **{setting: value})
        if setting in fitted.serving:
            tried = replace(fitted, config=changed)
        else:
            tried = fit(split.train, changed, seed=seed)
        reached = evaluate(tried, split).get(DECIDING, 0.0)
        if reached > figure:
            fitted, figure = tried, reached
    return fitted.config, figure
