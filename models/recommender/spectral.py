"""Song vectors from who is heard near whom, before any training: a start for the network."""

import numpy as np
from scipy import sparse

from models.recommender.interface import Floats
from models.recommender.sequences import IGNORED, Windows

REACH = 10
"""Steps between two songs that still count as near."""
SWEEPS = 5
"""Power iterations; the table is only a start."""


def spectral_table(
    windows: Windows, size: int, width: int, rng: np.random.Generator, *, decay: float = 0.0
) -> Floats:
    """Embed songs by the leading eigenvectors of their normalised nearness, as unit rows.

    M_ij sums exp(-(distance - 1) / 3) exp(-decay * age) over pairs up to REACH steps apart;
    D^-1/2 M D^-1/2 is decomposed by block power iteration, rotated at random and mixed with noise.
    """
    heard = np.ones_like(windows.inputs, dtype=np.bool_)
    heard[:, 1:] = windows.targets[:, :-1] != IGNORED
    recency = np.exp(-decay * windows.ages)[:, None]
    weights, sources, targets = [], [], []
    for distance in range(1, min(REACH, windows.inputs.shape[1] - 1) + 1):
        both = heard[:, :-distance] & heard[:, distance:]
        sources.append(windows.inputs[:, :-distance][both])
        targets.append(windows.inputs[:, distance:][both])
        weights.append((recency * both)[both] * np.exp(-(distance - 1) / 3))
    pairs = (np.concatenate(weights), (np.concatenate(sources), np.concatenate(targets)))
    near = _normalised(sparse.csr_matrix(pairs, shape=(size, size)))
    basis = np.linalg.qr(rng.standard_normal((size, min(width, size))))[0]
    for _ in range(SWEEPS):
        basis = np.linalg.qr(near @ basis)[0]
    values, vectors = np.linalg.eigh(basis.T @ (near @ basis))
    leading = basis @ (vectors * np.sqrt(np.maximum(values, 0)))
    leading /= np.maximum(np.linalg.norm(leading, axis=1, keepdims=True), 1e-9)
    rotation = np.linalg.qr(rng.standard_normal((width, width)))[0][: leading.shape[1]]
    noise = rng.standard_normal((size, width)) / np.sqrt(width)
    table: Floats = (0.8 * leading @ rotation + 0.3 * noise).astype(np.float32)
    return table


def _normalised(near: "sparse.csr_matrix[np.float64]") -> "sparse.csr_matrix[np.float64]":
    """Make nearness mutual, drop a song's nearness to itself and scale by both songs' sums."""
    mutual = sparse.csr_matrix(near + near.T)
    mutual.setdiag(0)
    scale = np.maximum(mutual.sum(axis=0).A1, 1e-9) ** -0.5
    mutual.data *= np.repeat(scale, np.diff(mutual.indptr)) * scale[mutual.indices]
    return mutual
