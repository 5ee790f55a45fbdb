"""Fit UserCF: index what every listener likes, by listener and by song."""

import numpy as np

from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.sparse_rows import indptr_of
from models.recommender.usercf import UserCF, UserCFConfig


def fit_usercf(interactions: Interactions, config: UserCFConfig) -> UserCF:
    """Sort the merged evidence by listener and the liked part by song."""
    vocabulary = Vocabulary.of(interactions.items)
    listeners = Vocabulary.of(interactions.users)
    merged = interactions.merged()
    said = merged.values != 0
    users, items = listeners.indices(merged.users[said]), vocabulary.indices(merged.items[said])
    liked = merged.values[said] > 0
    likers = np.maximum(np.bincount(items[liked], minlength=len(vocabulary)), 1)
    rarities = np.log1p(len(listeners) / likers) ** config.rarity
    squares = np.bincount(users[liked], weights=rarities[items[liked]], minlength=len(listeners))
    by_song = np.argsort(items[liked], kind="stable")
    return UserCF(
        config,
        vocabulary,
        users=listeners.ids,
        user_indptr=indptr_of(users, len(listeners)),
        user_items=items.astype(np.int32),
        user_values=merged.values[said],
        item_indptr=indptr_of(items[liked], len(vocabulary)),
        item_users=users[liked][by_song].astype(np.int32),
        rarities=rarities.astype(np.float32),
        restraints=(likers**-config.popularity_power).astype(np.float32),
        lengths=(squares ** (config.length_power / 2)).astype(np.float32),
    )
