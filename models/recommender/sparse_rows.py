"""Rows of a sparse matrix held as plain arrays, so that serving needs numpy only."""

import numpy as np

from models.recommender.interface import Indices


def indptr_of(rows: Indices, count: int) -> Indices:
    """Give where each of `count` rows starts and ends among entries sorted by row."""
    return np.concatenate(([0], np.cumsum(np.bincount(rows, minlength=count)))).astype(np.int64)


def rows_of(indptr: Indices, rows: Indices) -> tuple[Indices, Indices]:
    """Locate the entries of several rows of a sparse matrix: (entry positions, row of each)."""
    starts, lengths = indptr[rows], indptr[rows + 1] - indptr[rows]
    row = np.repeat(np.arange(len(rows)), lengths)
    within = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    return (starts[row] + within).astype(np.int64), row
