"""Choose settings on validation: one setting after the other, keeping what ranks better."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
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
from models.recommender.rnn import NETWORKS, RnnConfig
from models.recommender.search_space import SEARCH, Axes
from models.recommender.session_rules import SessionRulesConfig
from models.recommender.split import Split

DECIDING = "ndcg@10"
"""The figure that settings are chosen by, and in which a recommender must reach popularity."""
SMALL = frozenset({"ease", "als", "two_tower"})
"""Starts that are only affordable on small data."""
CASES = 2_000
"""Histories of a validation that settings are tried on."""
WEIGHED = 4_000
"""Histories of a validation that the weights of a blend are tried on: they cost less."""


@dataclass(frozen=True, eq=False)
class Found:
    """The best settings from one start, fitted on the validation's train rows."""

    fitted: Fitted[Any]
    figure: float


class Search:
    """Settings chosen on one validation; what was found once is remembered."""

    def __init__(
        self, validation: Split, *, seed: int, network: str = "gru", progress: Progress = silent
    ) -> None:
        self.split = validation.sample(CASES, seed=seed)
        self.weighed = validation.sample(WEIGHED, seed=seed)
        self.seed = seed
        self.network = network
        self.progress = progress
        self.found: dict[str, dict[str, Found]] = {}

    def choose(self, name: str) -> Config:
        """Find the settings of a recommender that rank best."""
        if name == "blend":
            return self._choose_blend()
        starts = self.from_each_start(name)
        if not starts:
            default: Config = FAMILIES[name].config_type()
            return default
        best: Config = max(starts.values(), key=lambda found: found.figure).fitted.config
        return best

    def _parts(self, names: Iterable[str]) -> dict[str, Fitted[Any]]:
        return {
            label: found.fitted
            for name in names
            for label, found in self.from_each_start(name).items()
        }

    def from_each_start(self, name: str) -> dict[str, Found]:
        """Find the best settings from each start that can be afforded, by the start's name."""
        if name not in self.found:
            self.found[name] = {
                label: self._descend(FAMILIES[name].config_type(**axes.start), axes)
                for label, axes in SEARCH.get(name, {}).items()
                if label not in SMALL or self._small()
            }
        return self.found[name]

    def _small(self) -> bool:
        """Say whether the data can be fitted by what squares it."""
        train = self.split.train
        return affordable(len(np.unique(train.users)), len(np.unique(train.items)))

    def _descend(self, config: Config, axes: Axes) -> Found:
        """Try the values of each setting in turn, fitting again only where that matters."""
        dated = not np.isnan(self.split.train.timestamps).all()
        if isinstance(config, SessionRulesConfig | RnnConfig):
            config = replace(config, repeats=self.split.keeps_seen)
        if isinstance(config, RnnConfig):
            config = replace(config, **NETWORKS[self.network])
        best = self._tried(self._fit(config))
        trials = [
            (setting, value)
            for setting, values in axes.values.items()
            for value in values
            if dated or setting not in best.fitted.ordering
        ]
        for done, (setting, value) in enumerate(trials, start=1):
            fitted = best.fitted
            changed = replace(fitted.config, **{setting: value})
            if changed != fitted.config:
                again = (
                    replace(fitted, config=changed)
                    if setting in fitted.serving
                    else self._fit(changed)
                )
                best = max(best, self._tried(again), key=lambda found: found.figure)
            self.progress(f"choose {fitted.name}", done, len(trials))
        return best

    def _fit(self, config: Config) -> Fitted[Any]:
        return fit(
            self.split.train, config, seed=self.seed, progress=self.progress, watched=self.weighed
        )

    def _tried(self, fitted: Fitted[Any]) -> Found:
        return Found(fitted, evaluate(fitted, self.split).get(DECIDING, 0.0))

    def _choose_blend(self) -> BlendConfig:
        """Choose the parts' settings, then the weights, of what suits the data.

        The network joins where the neighbours that go by order have a weight: elsewhere order
        means little, and it costs the most by far.
        """
        dated = not np.isnan(self.split.train.timestamps).all()
        parts = self._parts(
            name for name in PART_FAMILIES if name != "rnn" and (dated or name not in ORDERED)
        )
        weights, form = learn_weights(parts, self.weighed, progress=self.progress)
        if any(parts[label].name in ORDERED for label in weights):
            parts = {label: parts[label] for label in weights} | self._parts(["rnn"])
            weights, form = learn_weights(parts, self.weighed, progress=self.progress)
        return BlendConfig(
            {
                label: Part(parts[label].name, weight, asdict(parts[label].config))
                for label, weight in weights.items()
            },
            form,
        )
