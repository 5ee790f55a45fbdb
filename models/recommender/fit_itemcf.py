"""Fit ItemCF: co-listening by sparse products, the best neighbours of each song."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from models.progress import Progress, silent
from models.recommender.fit_ease import ease_blocks
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.interface import Indices
from models.recommender.itemcf import ItemCF, ItemCFConfig
from models.recommender.similarity import likes_matrix

BLOCK = 8_192
"""Target songs of one product."""
ALIKE = 1.5
"""The most heard target song of a product has at most this times the listeners of the least."""

Matrix = sparse.csr_matrix
Rows = Iterator[tuple[Indices, "sparse.csr_matrix[Any]"]]
"""Blocks of target songs, and for each the weights of its best sources."""


def fit_itemcf(
    interactions: Interactions, config: ItemCFConfig, *, progress: Progress = silent
) -> ItemCF:
    """Weigh pairs of songs and keep the best sources per target."""
    vocabulary = Vocabulary.of(interactions.items)
    likes = likes_matrix(interactions, vocabulary)
    rows = cosine_rows(likes, config) if config.method == "cosine" else _ease_rows(likes, config)
    size, done = len(vocabulary), 0
    pairs = []
    for block, kept in rows:
        pairs.append((kept.indices, block[_rows(kept)].astype(np.int32), kept.data))
        done += len(block)
        progress("itemcf", done, size)
    sources, targets, weights = map(np.concatenate, zip(*pairs, strict=True))
    pairs.clear()
    by_source = Matrix((weights, (sources, targets)), shape=(size, size))
    columns = likes.tocsc()
    columns.sort_indices()
    return ItemCF(
        config,
        vocabulary,
        indptr=by_source.indptr.astype(np.int64),
        targets=by_source.indices.astype(np.int32),
        weights=by_source.data.astype(np.float32),
        item_indptr=columns.indptr.astype(np.int64),
        item_users=columns.indices.astype(np.int32),
    )


def cosine_rows(likes: "sparse.csr_matrix[Any]", config: ItemCFConfig) -> Rows:
    """Weigh the songs with a common listener by the generalised cosine.

    A product with bounded rows ranks sources by terms of the source alone, while the shrinkage
    mixes both songs. So targets are taken together whose listeners are about as many: for them
    1 / (p_i^a p_j^b + s) ranks sources i as 1 / (p_i^a + s / p^b) does. The kept weights are exact.
    """
    listeners = np.bincount(likes.indices, minlength=likes.shape[1]).astype(np.float64)
    several = listeners[listeners > 1]
    typical = np.median(several) if len(several) else 1.0
    shrinkage = config.shrinkage * typical ** (config.source_power + config.target_power)
    source_scale = np.maximum(listeners, 1) ** config.source_power
    target_scale = np.maximum(listeners, 1) ** config.target_power
    read = capped(likes, config.longest)
    heard = np.diff(read.indptr)
    damped = np.repeat((np.maximum(heard, 1.0) ** -config.listener_power).astype(np.float32), heard)
    columns = Matrix(read.T, dtype=np.float32)
    for block, fresh in _alike(listeners, single=shrinkage == 0):
        if fresh:
            divisor = source_scale + shrinkage / np.median(target_scale[block])
            scaled = Matrix(
                (damped / divisor.astype(np.float32)[read.indices], read.indices, read.indptr),
                shape=read.shape,
            )
        kept = sp_matmul_topn(columns[block], scaled, top_n=config.neighbours + 1, threshold=0)
        source, target = kept.indices, block[_rows(kept)]
        exact = divisor[source] / (source_scale[source] * target_scale[target] + shrinkage)
        kept.data *= exact.astype(np.float32)
        kept.data **= np.float32(config.sharpness)
        kept.data[source == target] = 0
        kept.eliminate_zeros()
        yield block, kept


def capped(likes: "sparse.csr_matrix[Any]", longest: float) -> "sparse.csr_matrix[Any]":
    """Leave the listeners with more likes than this quantile of them a drawn part of as many.

    The work is the sum of squares of likes, of which a few listeners make up most.
    """
    heard = np.diff(likes.indptr)
    most = int(np.ceil(np.quantile(heard, longest))) if len(heard) else 0
    if not (heard > most).any():
        return likes
    rng = np.random.default_rng(0)
    kept = np.ones(likes.nnz, dtype=np.bool_)
    for row in np.flatnonzero(heard > most):
        dropped = rng.choice(heard[row], heard[row] - most, replace=False)
        kept[likes.indptr[row] + dropped] = False
    indptr = np.concatenate(([0], np.cumsum(np.minimum(heard, most))))
    return Matrix((likes.data[kept], likes.indices[kept], indptr), shape=likes.shape)


def _alike(listeners: "np.ndarray[Any, Any]", *, single: bool) -> Iterator[tuple[Indices, bool]]:
    """Cut the songs into blocks, and say of each whether its songs' listeners are other in number.

    With `single` all songs count as alike.
    """
    order = np.argsort(-listeners, kind="stable")
    falling = listeners[order]
    start = 0
    while start < len(order):
        least = 0.0 if single else falling[start] / ALIKE
        end = max(int(np.searchsorted(-falling, -least, side="right")), start + 1)
        for at in range(start, end, BLOCK):
            yield order[at : min(at + BLOCK, end)], at == start
        start = end


def _ease_rows(likes: "sparse.csr_matrix[Any]", config: ItemCFConfig) -> Rows:
    """Keep of each target's dense weights those of largest size, of either sign."""
    kept = min(config.neighbours, likes.shape[1])
    for block, weights in ease_blocks(likes, config):
        sources = np.argpartition(-np.abs(weights), kept - 1, axis=1)[:, :kept]
        values = np.take_along_axis(weights, sources, axis=1).astype(np.float32)
        rows = Matrix(
            (values.ravel(), sources.ravel(), np.arange(0, sources.size + 1, kept)),
            shape=weights.shape,
        )
        rows.eliminate_zeros()
        yield block, rows


def _rows(matrix: "sparse.csr_matrix[Any]") -> Indices:
    """Give the row of every entry."""
    return np.repeat(np.arange(matrix.shape[0]), np.diff(matrix.indptr))
