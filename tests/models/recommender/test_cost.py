"""Costs are those of the block alone."""

import numpy as np

from models.recommender.cost import measured


def test_memory_and_time_of_a_block_are_measured() -> None:
    with measured() as small:
        pass
    with measured() as large:
        held = np.ones(20_000_000)
    assert held.nbytes / 2**20 * 0.9 < large.peak_mb - small.peak_mb
    assert large.cpu_s > small.cpu_s >= 0
