"""Fit V-SKNN: index who heard what, in order and by song."""

import numpy as np

from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.sequences import Sequences
from models.recommender.sparse_rows import indptr_of
from models.recommender.vsknn import Vsknn, VsknnConfig


def fit_vsknn(interactions: Interactions, config: VsknnConfig, *, seed: int) -> Vsknn:
    """Index the liked songs. Raises InteractionsError when no listener likes two."""
    vocabulary = Vocabulary.of(interactions.items)
    rng = np.random.default_rng(seed)
    heard = Sequences.of(interactions, vocabulary).in_order(rng, repeats=False)
    users = Vocabulary.of(heard.listeners)
    rows = users.indices(heard.listeners)
    lengths = np.bincount(rows)
    ages = np.ones(len(users))
    np.minimum.at(ages, rows, heard.ages)
    pairs = np.unique(heard.items * len(users) + rows)
    songs, listeners = np.divmod(pairs, len(users))
    return Vsknn(
        config,
        vocabulary,
        users=users.ids,
        indptr=indptr_of(rows, len(users)),
        items=heard.items.astype(np.int32),
        item_indptr=indptr_of(songs, len(vocabulary)),
        listeners=listeners.astype(np.int32),
        factors=(lengths**-config.length_power * np.exp(-config.decay * ages)).astype(np.float32),
    )
