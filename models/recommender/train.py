"""Train a recommender from a snapshot: measure on a split by time, refit on all, promote.

Imports TensorFlow only when the recurrent network is asked for.
"""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from models.artifacts import Artifact, ArtifactStore
from models.progress import Progress, silent
from models.recommender.blend import BlendConfig
from models.recommender.cold import measure_cold
from models.recommender.evaluate import RandomOrder, evaluate
from models.recommender.fit import Config, fit
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.metrics import COLD
from models.recommender.multimodal import MultimodalConfig
from models.recommender.popularity import PopularityConfig
from models.recommender.registry import FAMILIES
from models.recommender.search import DECIDING, Search
from models.recommender.song_features import SongFeatures
from models.recommender.split import leave_last_out

LIBRARIES = ("numpy", "scipy", "sparse_dot_topn", "keras", "tensorflow")
"""The manifest names the versions of those that took part."""


class NotPromoted(Exception):
    """The recommender measured worse than popularity or chance; nothing was written."""

    def __init__(
        self, name: str, own: float, bar: float, figure: str = DECIDING, who: str = "popularity"
    ) -> None:
        super().__init__(
            f"{name} was not promoted: its {figure} is {own:.4f}, {who}'s {bar:.4f}. "
            "Train again with more interactions, or force it."
        )
        self.name = name
        self.own = own
        self.bar = bar


def train(
    name: str,
    interactions: Interactions,
    store: ArtifactStore,
    *,
    seed: int = 7,
    config: Mapping[str, Any] | None = None,
    features: Sequence[SongFeatures] = (),
    progress: Progress = silent,
    force: bool = False,
    checkpoints: Path | None = None,
    data_until: datetime,
) -> Artifact:
    """Fit, measure, refit on everything, store and promote.

    A network that was stopped goes on from its place in the directory `checkpoints`.

    Raises NotPromoted when it measured worse than popularity (multimodal: than chance, on songs
    that nobody has met) and is not forced, ValueError for an unknown name or setting,
    FeaturesMissing when it needs features and there are none, InteractionsError when there is
    nothing to learn, ArtifactError when the artifact cannot be written.
    """
    settings = _settings(name, config or {})
    until = data_until.timestamp()
    split = leave_last_out(interactions, seed=seed)
    if isinstance(settings, BlendConfig) and not settings.parts:
        inner = leave_last_out(split.train, seed=seed)
        settings = Search(inner, seed=seed, progress=progress).choose(name)
    fitted = fit(
        split.train,
        settings,
        until=until,
        seed=seed,
        features=features,
        progress=progress,
        checkpoints=checkpoints,
    )
    popularity = fit(split.train, PopularityConfig(), until=until, seed=seed)
    chance = RandomOrder(Vocabulary.of(split.train.items), seed=seed)
    metrics = {
        "own": evaluate(fitted, split, progress=progress),
        "popularity": evaluate(popularity, split),
        "random": evaluate(chance, split),
    }
    deciding, who = DECIDING, "popularity"
    if isinstance(settings, MultimodalConfig):
        deciding, who = COLD, "random"
        for one, found in measure_cold(interactions, settings, features, seed=seed).items():
            metrics[one] |= found
    own, bar = (metrics[one].get(deciding, 0.0) for one in ("own", who))
    if own < bar and not force and name != "popularity":
        raise NotPromoted(name, own, bar, deciding, who)
    whole = fit(
        interactions,
        fitted.config,
        until=until,
        seed=seed,
        features=features,
        progress=progress,
        checkpoints=checkpoints,
    )
    artifact = store.create(
        name,
        write=whole.save,
        data_until=data_until,
        code_revision=_code_revision(),
        config=asdict(whole.config),
        snapshot_hash=interactions.digest(),
        rows=len(interactions),
        seed=seed,
        metrics=metrics,
        libraries={
            name: sys.modules[name].__version__ for name in LIBRARIES if name in sys.modules
        },
    )
    store.promote(name, artifact.manifest.version)
    return artifact


def _settings(name: str, config: Mapping[str, Any]) -> Config:
    """Give the settings of a recommender with some of them replaced."""
    if name not in FAMILIES:
        raise ValueError(f"{name!r} is no recommender; train one of {', '.join(FAMILIES)}")
    try:
        settings: Config = FAMILIES[name].config_type(**config)
    except TypeError as error:
        raise ValueError(f"{name} does not know a setting of {', '.join(config)}") from error
    return settings


def _code_revision() -> str:
    """Name the code that trained: a hash of this package's sources, with or without git."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:12]
