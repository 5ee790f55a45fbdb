"""Checkpoints: kept whole, read back, ignored where they belong to something else."""

from pathlib import Path

import numpy as np

from models.recommender.checkpoint import Checkpoint
from models.recommender.interactions import Interactions
from models.recommender.rnn import RnnConfig

ROWS = Interactions(np.array([1, 1]), np.array([5, 6]), np.ones(2), np.array([1.0, 2.0]))


def test_what_was_saved_comes_back_until_cleared(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path / "new", ROWS, RnnConfig(), seed=1)
    assert checkpoint.load() is None
    checkpoint.save({"epoch": 1}, {"table": np.zeros(2)})
    checkpoint.save({"epoch": 2, "rng": {"state": 2**100}}, {"table": np.ones(2)})
    again = Checkpoint(tmp_path / "new", ROWS, RnnConfig(), seed=1).load()
    assert again is not None
    assert again[0] == {"epoch": 2, "rng": {"state": 2**100}}
    assert again[1]["table"].tolist() == [1, 1]
    checkpoint.clear()
    assert list((tmp_path / "new").iterdir()) == []


def test_another_training_or_a_damaged_file_is_not_gone_on_with(tmp_path: Path) -> None:
    checkpoint = Checkpoint(tmp_path, ROWS, RnnConfig(), seed=1)
    checkpoint.save({"epoch": 2}, {})
    assert Checkpoint(tmp_path, ROWS, RnnConfig(), seed=2).load() is None
    assert Checkpoint(tmp_path, ROWS, RnnConfig(width=64), seed=1).load() is None
    assert Checkpoint(tmp_path, ROWS.take(np.array([0])), RnnConfig(), seed=1).load() is None
    checkpoint.path.write_bytes(b"half")
    assert checkpoint.load() is None
