"""Fit ItemCF: co-listening by sparse products, the best neighbours of each song."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sparse_dot_topn import sp_matmul, sp_matmul_topn

from models.progress import Progress, silent
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.interface import Indices
from models.recommender.itemcf import ItemCF, ItemCFConfig
from models.recommender.sparse_rows import indptr_of

BLOCK = 1_024
"""Target songs whose co-listening is held in memory at once."""


def fit_itemcf(
    interactions: Interactions, config: ItemCFConfig, *, progress: Progress = silent
) -> ItemCF:
    """Weigh every pair of songs with a common listener and keep the best sources per target."""
    vocabulary = Vocabulary.of(interactions.items)
    likes = _likes(interactions, vocabulary)
    pairs = []
    for start in range(0, len(vocabulary), BLOCK):
        block = np.arange(start, min(start + BLOCK, len(vocabulary)))
        pairs.append(_best_sources(likes, block, config))
        progress("itemcf", int(block[-1]) + 1, len(vocabulary))
    sources, targets, weights, cosines = map(np.concatenate, zip(*pairs, strict=True))
    order = np.lexsort((targets, sources))
    return ItemCF(
        config,
        vocabulary,
        indptr=indptr_of(sources, len(vocabulary)),
        targets=targets[order].astype(np.int32),
        weights=weights[order].astype(np.float32),
        cosines=cosines[order].astype(np.float32),
    )


def _likes(interactions: Interactions, vocabulary: Vocabulary) -> "sparse.csr_matrix[Any]":
    """Give the listeners x songs matrix of ones where the merged evidence is positive."""
    merged = interactions.merged()
    liked = merged.values > 0
    users = Vocabulary.of(merged.users)
    rows, songs = users.indices(merged.users[liked]), vocabulary.indices(merged.items[liked])
    ones = np.ones(len(songs), dtype=np.float32)
    return sparse.csr_matrix((ones, (rows, songs)), shape=(len(users), len(vocabulary)))


def _best_sources(
    likes: "sparse.csr_matrix[Any]", block: Indices, config: ItemCFConfig
) -> tuple[NDArray[Any], ...]:
    """Give (source, target, weight, cosine) of the kept pairs whose target is in the block."""
    listeners = np.bincount(likes.indices, minlength=likes.shape[1])
    several = listeners[listeners > 1]
    typical = np.median(several) if len(several) else 1.0
    powers = (config.source_power, config.target_power)
    heard_by = likes[:, block].T.tocsr()

    songs = np.diff(likes.indptr)
    damped = likes.copy()
    damped.data = np.repeat(np.maximum(songs, 1.0) ** -config.listener_power, songs)
    near = sp_matmul(heard_by, damped.astype(np.float32))
    source, target = near.indices, block[_rows(near)]
    scale = listeners[source] ** powers[0] * listeners[target] ** powers[1]
    near.data = (near.data / (scale + config.shrinkage * typical ** sum(powers))).astype(np.float32)
    near.data **= config.sharpness
    near.data[source == target] = 0
    identity = sparse.identity(likes.shape[1], dtype=np.float32, format="csr")
    kept = sp_matmul_topn(near, identity, top_n=config.neighbours, threshold=0)

    common = sp_matmul(heard_by, likes)
    kept.sort_indices()
    common.sort_indices()
    shared = kept.sign().multiply(common).tocsr()
    source, target = kept.indices, block[_rows(kept)]
    cosines = shared.data / np.sqrt(listeners[source] * listeners[target])
    return source, target, kept.data, cosines


def _rows(matrix: "sparse.csr_matrix[Any]") -> Indices:
    """Give the row of every entry."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
