"""EASE: song-song weights that predict each like from all others, in closed form.

Steck (WWW 2019); the ridge that grows with a song's own evidence is Steck's (NeurIPS 2020).
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import linalg, sparse

from models.recommender.interactions import InteractionsError
from models.recommender.interface import Indices
from models.recommender.itemcf import ItemCFConfig

BLOCK = 1_024
SONGS = 20_000
"""Larger catalogues are left to the cosine."""
INVERTED = 6_000
"""The smaller of listeners and songs must not exceed this: its square matrix is inverted."""

Dense = NDArray[np.floating[Any]]


def affordable(listeners: int, songs: int) -> bool:
    """Say whether this many can be fitted in reasonable time and memory."""
    return songs <= SONGS and min(listeners, songs) <= INVERTED


def ease_blocks(
    likes: "sparse.csr_matrix[Any]", config: ItemCFConfig
) -> Iterator[tuple[Indices, Dense]]:
    """Give weights block by block: (target songs, targets x all sources), 0 on a song itself.

    X = likes with rows scaled by n_u^(-c/2), L = ridge + dropout / (1 - dropout) * diag(X'X),
    P = (X'X + L)^-1: w_ij = -P_ij / P_jj * p_j^-p. Raises InteractionsError when not affordable.
    """
    if not affordable(*likes.shape):
        raise InteractionsError(
            f"ease takes up to {SONGS:,} songs, of which or of listeners up to {INVERTED:,}: "
            "use the cosine"
        )
    lengths = np.maximum(np.diff(likes.indptr), 1) ** (-config.listener_power / 2)
    scaled = sparse.csr_matrix(likes.astype(np.float64).multiply(lengths[:, None]))
    evidence = np.asarray(scaled.multiply(scaled).sum(axis=0)).ravel()
    ridge = config.ridge + config.dropout / (1 - config.dropout) * evidence
    likers = np.maximum(np.bincount(likes.indices, minlength=likes.shape[1]), 1)
    spoken = _dual(scaled, ridge) if likes.shape[0] < likes.shape[1] else _primal(scaled, ridge)
    for start in range(0, likes.shape[1], BLOCK):
        block = np.arange(start, min(start + BLOCK, likes.shape[1]))
        weights = spoken(block)
        weights[np.arange(len(block)), block] = 0
        weights *= (likers[block] ** -config.popularity_power)[:, None]
        yield block, weights


def _dual(scaled: "sparse.csr_matrix[Any]", ridge: Dense) -> Callable[[Indices], Dense]:
    """Invert listeners x listeners: with Y = X L^-1/2, P = L^-1/2 (1 - Y'(YY' + 1)^-1 Y) L^-1/2."""
    whitened = sparse.csr_matrix(scaled.multiply(ridge**-0.5))
    inverse = _inverse((whitened @ whitened.T).toarray() + np.eye(scaled.shape[0]))
    inverse, whitened = inverse.astype(np.float32), whitened.astype(np.float32)
    columns = sparse.csc_matrix(whitened)
    songs = sparse.csr_matrix(whitened.T)

    def spoken(block: Indices) -> Dense:
        explained: Dense = (songs @ (inverse @ columns[:, block].toarray())).T
        left = 1 - explained[np.arange(len(block)), block]
        explained *= (ridge[block] ** 0.5 / left).astype(np.float32)[:, None]
        explained *= (ridge**-0.5).astype(np.float32)
        return explained

    return spoken


def _primal(scaled: "sparse.csr_matrix[Any]", ridge: Dense) -> Callable[[Indices], Dense]:
    """Invert songs x songs."""
    inverse = _inverse((scaled.T @ scaled).toarray() + np.diag(ridge))

    def spoken(block: Indices) -> Dense:
        weights: Dense = -inverse[block] / np.diag(inverse)[block, None]
        return weights

    return spoken


def _inverse(matrix: Dense) -> Dense:
    """Invert a symmetric positive definite matrix."""
    return np.asarray(linalg.cho_solve(linalg.cho_factor(matrix), np.eye(len(matrix))))
