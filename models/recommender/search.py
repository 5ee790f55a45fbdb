"""Choose settings on validation: one setting after the other, keeping what ranks better."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import numpy as np

from models.progress import Progress, silent
from models.recommender.blend import ORDERED, PART_FAMILIES, BlendConfig, Part
from models.recommender.blend_weights import learn_weights
from models.recommender.evaluate import evaluate
from models.recommender.fit import Config, fit
from models.recommender.fit_ease import affordable
from models.recommender.fitted import Fitted
from models.recommender.registry import FAMILIES
from models.recommender.search_space import SEARCH, Axes
from models.recommender.split import Split

DECIDING = "ndcg@10"
"""The figure that settings are chosen by, and in which a recommender must reach popularity."""
CASES = 2_000
"""Histories of a validation that settings are tried on."""


@dataclass(frozen=True, eq=False)
class Found:
    """The best settings found from one start, fitted on the validation's train rows."""

    fitted: Fitted[Any]
    figure: float


class Search:
    """Settings chosen on one validation; what was found once is remembered."""

    def __init__(self, validation: Split, *, seed: int, progress: Progress = silent) -> None:
        self.split = validation.sample(CASES, seed=seed)
        self.seed = seed
        self.progress = progress
        self.dated = not np.isnan(self.split.train.timestamps).all()
        self.found: dict[str, dict[str, Found]] = {}

    def choose(self, name: str) -> Config:
        """Find the settings of a recommender that rank best."""
        config: Config = FAMILIES[name].config_type()
        if name == BlendConfig.__name__:
            return config
        return config
