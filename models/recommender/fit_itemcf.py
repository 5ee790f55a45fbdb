"""Fit ItemCF: co-listening by sparse products, the best neighbours of each song."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul, sp_matmul_topn

from models.progress import Progress, silent
from models.recommender.fit_ease import ease_blocks
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.interface import Floats, Indices
from models.recommender.itemcf import ItemCF, ItemCFConfig
from models.recommender.similarity import likes_matrix
from models.recommender.sparse_rows import indptr_of

BLOCK = 1_024
"""Target songs whose co-listening is held in memory at once."""

Rows = Iterator[tuple[Indices, "sparse.csr_matrix[Any]"]]
"""Blocks of target songs, and for each the weights of its best sources."""


def fit_itemcf(
    interactions: Interactions, config: ItemCFConfig, *, progress: Progress = silent
) -> ItemCF:
    """Weigh pairs of songs and keep the best sources per target."""
    vocabulary = Vocabulary.of(interactions.items)
    likes = likes_matrix(interactions, vocabulary)
    listeners = np.bincount(likes.indices, minlength=len(vocabulary))
    pairs = []
    rows = (
        _cosine_rows(likes, listeners, config)
        if config.method == "cosine"
        else _ease_rows(likes, config)
    )
    for block, kept in rows:
        common = sp_matmul(likes[:, block].T.tocsr(), likes)
        common.data /= np.sqrt(listeners[common.indices] * listeners[block[_rows(common)]])
        common.sort_indices()
        kept.sort_indices()
        cosines = _entries(common, kept)
        pairs.append((kept.indices, block[_rows(kept)], kept.data, cosines))
        progress("itemcf", int(block[-1]) + 1, len(vocabulary))
    sources, targets, weights, cosines = map(np.concatenate, zip(*pairs, strict=True))
    size = len(vocabulary)
    by_target = (np.arange(len(sources)), sources, indptr_of(targets, size))
    by_source = sparse.csr_matrix(by_target, shape=(size, size)).tocsc()
    return ItemCF(
        config,
        vocabulary,
        indptr=by_source.indptr.astype(np.int64),
        targets=by_source.indices.astype(np.int32),
        weights=weights[by_source.data].astype(np.float32),
        cosines=cosines[by_source.data].astype(np.float32),
    )


def _cosine_rows(likes: "sparse.csr_matrix[Any]", listeners: Indices, config: ItemCFConfig) -> Rows:
    """Weigh the songs with a common listener by the generalised cosine."""
    several = listeners[listeners > 1]
    typical = np.median(several) if len(several) else 1.0
    source_scale = listeners**config.source_power
    target_scale = listeners**config.target_power
    shrinkage = config.shrinkage * typical ** (config.source_power + config.target_power)
    songs = np.diff(likes.indptr)
    damped = likes.copy()
    damped.data = np.repeat(np.maximum(songs, 1.0) ** -config.listener_power, songs)
    damped = damped.astype(np.float32)
    columns = likes.tocsc()
    identity = sparse.identity(likes.shape[1], dtype=np.float32, format="csr")
    for start in range(0, likes.shape[1], BLOCK):
        block = np.arange(start, min(start + BLOCK, likes.shape[1]))
        near = sp_matmul(columns[:, block].T.tocsr(), damped)
        source, target = near.indices, block[_rows(near)]
        near.data /= (source_scale[source] * target_scale[target] + shrinkage).astype(np.float32)
        near.data **= np.float32(config.sharpness)
        near.data[source == target] = 0
        yield block, sp_matmul_topn(near, identity, top_n=config.neighbours, threshold=0)


def _ease_rows(likes: "sparse.csr_matrix[Any]", config: ItemCFConfig) -> Rows:
    """Keep of each target's dense weights those of largest size, of either sign."""
    kept = min(config.neighbours, likes.shape[1])
    for block, weights in ease_blocks(likes, config):
        sources = np.argpartition(-np.abs(weights), kept - 1, axis=1)[:, :kept]
        values = np.take_along_axis(weights, sources, axis=1).astype(np.float32)
        rows = sparse.csr_matrix(
            (values.ravel(), sources.ravel(), np.arange(0, sources.size + 1, kept)),
            shape=weights.shape,
        )
        rows.eliminate_zeros()
        yield block, rows


def _entries(matrix: "sparse.csr_matrix[Any]", wanted: "sparse.csr_matrix[Any]") -> Floats:
    """Look up the entries of a matrix at the places of another, 0 where it has none.

    Both have sorted rows, so that their places are numbers in one ascending order.
    """
    width = matrix.shape[1]
    held = _rows(matrix) * width + matrix.indices
    asked = _rows(wanted) * width + wanted.indices
    places = np.minimum(np.searchsorted(held, asked), max(len(held) - 1, 0))
    if len(held) == 0:
        return np.zeros(len(asked), dtype=np.float32)
    return np.where(held[places] == asked, matrix.data[places], 0).astype(np.float32)


def _rows(matrix: "sparse.csr_matrix[Any]") -> Indices:
    """Give the row of every entry."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
