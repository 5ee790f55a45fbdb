"""Fit any recommender from its settings. Imports TensorFlow only when a network is asked for."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from models.progress import Progress, silent
from models.recommender.als import AlsConfig
from models.recommender.blend import PART_FAMILIES, Blend, BlendConfig
from models.recommender.choose_multimodal import choose_multimodal
from models.recommender.fit_als import fit_als
from models.recommender.fit_itemcf import fit_itemcf
from models.recommender.fit_multimodal import fit_multimodal
from models.recommender.fit_popularity import fit_popularity
from models.recommender.fit_session_rules import fit_session_rules
from models.recommender.fit_usercf import fit_usercf
from models.recommender.fit_vsknn import fit_vsknn
from models.recommender.fitted import Fitted
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.itemcf import ItemCFConfig
from models.recommender.multimodal import MultimodalConfig
from models.recommender.popularity import PopularityConfig
from models.recommender.rnn import RnnConfig
from models.recommender.session_rules import SessionRulesConfig
from models.recommender.song_features import SongFeatures
from models.recommender.split import Split
from models.recommender.two_tower import TwoTowerConfig
from models.recommender.usercf import UserCFConfig
from models.recommender.vsknn import VsknnConfig

Config = (
    PopularityConfig
    | ItemCFConfig
    | UserCFConfig
    | SessionRulesConfig
    | VsknnConfig
    | AlsConfig
    | RnnConfig
    | TwoTowerConfig
    | MultimodalConfig
    | BlendConfig
)


def fit(
    interactions: Interactions,
    config: Config,
    *,
    until: float | None = None,
    seed: int,
    features: Sequence[SongFeatures] = (),
    progress: Progress = silent,
    checkpoints: Path | None = None,
    watched: Split | None = None,
    ready: Sequence[Fitted[Any]] = (),
) -> Fitted[Any]:
    """Fit the recommender that the settings belong to.

    `until` is the snapshot's time in unix seconds, None for that of the newest interaction.
    A network keeps its place in the directory `checkpoints` and goes on from there; it stops early
    by what `watched` asks, else by a part of the interactions held out for that. A blend takes a
    part as it is from `ready`, fitted on the same interactions with the same settings.
    """
    match config:
        case PopularityConfig():
            newest = np.nan_to_num(np.fmax.reduce(interactions.timestamps))
            return fit_popularity(interactions, config, until=newest if until is None else until)
        case ItemCFConfig():
            return fit_itemcf(interactions, config, progress=progress)
        case UserCFConfig():
            return fit_usercf(interactions, config)
        case SessionRulesConfig():
            return fit_session_rules(interactions, config, seed=seed)
        case VsknnConfig():
            return fit_vsknn(interactions, config, seed=seed)
        case AlsConfig():
            return fit_als(interactions, config, seed=seed)
        case BlendConfig():
            return _fit_blend(interactions, config, seed, features, progress, ready)
        case MultimodalConfig():
            if not config.modalities:
                config = choose_multimodal(
                    interactions, config, features=features, seed=seed, progress=progress
                )
            return fit_multimodal(interactions, config, features=features)
        case RnnConfig():
            from models.recommender.train_rnn import train_rnn

            return train_rnn(
                interactions,
                config,
                seed=seed,
                progress=progress,
                checkpoints=checkpoints,
                watched=watched,
            )
        case TwoTowerConfig():
            from models.recommender.train_two_tower import train_two_tower

            return train_two_tower(
                interactions, config, features=features, seed=seed, progress=progress
            )


def _fit_blend(
    interactions: Interactions,
    config: BlendConfig,
    seed: int,
    features: Sequence[SongFeatures],
    progress: Progress,
    ready: Sequence[Fitted[Any]],
) -> Blend:
    """Fit every part of a blend whose weights are chosen, all over the same songs."""
    if not config.parts:
        raise ValueError("a blend has no parts: let search.choose find them on a validation")
    features = [feature.within(interactions.items) for feature in features]
    parts: dict[str, Fitted[Any]] = {}
    for key, part in config.parts.items():
        settings = PART_FAMILIES[part.family].config_type(**part.settings)
        same = [one for one in ready if one.config == settings]
        parts[key] = (
            same[0]
            if same
            else fit(interactions, settings, seed=seed, features=features, progress=progress)
        )
    return Blend(config, Vocabulary.of(interactions.items), parts)
