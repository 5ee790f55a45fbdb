"""Fit session rules: count what comes soon after what."""

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.sequences import Sequences
from models.recommender.session_rules import SessionRules, SessionRulesConfig


def fit_session_rules(
    interactions: Interactions, config: SessionRulesConfig, *, seed: int
) -> SessionRules:
    """Weigh pairs within reach by 1 / distance and recency, and keep the best followers.

    Raises InteractionsError when no listener likes two songs.
    """
    vocabulary = Vocabulary.of(interactions.items)
    rng = np.random.default_rng(seed)
    heard = Sequences.of(interactions, vocabulary).in_order(rng, repeats=config.repeats)
    weights = np.exp(-config.decay * heard.ages)
    size = len(vocabulary)
    follows = sparse.csr_matrix((size, size), dtype=np.float32)
    for distance in range(1, config.reach + 1):
        together = heard.listeners[distance:] == heard.listeners[:-distance]
        pairs = (heard.items[:-distance][together], heard.items[distance:][together])
        near = (weights[distance:][together] / distance).astype(np.float32)
        follows = follows + sparse.csr_matrix((near, pairs), shape=(size, size))
    follows = sparse.csr_matrix(follows + config.backward * follows.T, dtype=np.float32)
    totals = np.maximum(np.asarray(follows.sum(axis=1)).ravel(), 1e-9)
    follows.data /= np.repeat(totals**config.source_power, np.diff(follows.indptr))
    identity = sparse.identity(size, dtype=np.float32, format="csr")
    kept = sp_matmul_topn(follows, identity, top_n=config.neighbours, threshold=0)
    kept.sort_indices()
    return SessionRules(
        config,
        vocabulary,
        indptr=kept.indptr.astype(np.int64),
        targets=kept.indices.astype(np.int32),
        weights=kept.data.astype(np.float32),
    )
