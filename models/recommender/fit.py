"""Fit any recommender from its settings. Imports TensorFlow only when a network is asked for."""

import numpy as np

from models.progress import Progress, silent
from models.recommender.fit_itemcf import fit_itemcf
from models.recommender.fit_popularity import fit_popularity
from models.recommender.fit_usercf import fit_usercf
from models.recommender.fitted import Fitted
from models.recommender.interactions import Interactions
from models.recommender.itemcf import ItemCFConfig
from models.recommender.popularity import PopularityConfig
from models.recommender.rnn import RnnConfig
from models.recommender.usercf import UserCFConfig

Config = PopularityConfig | ItemCFConfig | UserCFConfig | RnnConfig


def fit(
    interactions: Interactions,
    config: Config,
    *,
    until: float | None = None,
    seed: int,
    progress: Progress = silent,
) -> Fitted[Config]:
    """Fit the recommender that the settings belong to.

    `until` is the snapshot's time in unix seconds, None for that of the newest interaction.
    """
    match config:
        case PopularityConfig():
            newest = np.nan_to_num(np.fmax.reduce(interactions.timestamps))
            return fit_popularity(interactions, config, until=newest if until is None else until)
        case ItemCFConfig():
            return fit_itemcf(interactions, config, progress=progress)
        case UserCFConfig():
            return fit_usercf(interactions, config)
        case RnnConfig():
            from models.recommender.train_rnn import train_rnn

            return train_rnn(interactions, config, seed=seed, progress=progress)
