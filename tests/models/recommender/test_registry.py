"""Recommenders come back from artifacts; serving them needs numpy alone."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from models.artifacts import Artifact, ArtifactError, ArtifactStore
from models.recommender import registry
from models.recommender.interactions import Interactions
from models.recommender.train import train

TASTES = Interactions(
    np.repeat(np.arange(8), 3),
    np.array([song + 10 * (user % 2) for user in range(8) for song in range(3)]),
    np.ones(24),
    np.full(24, np.nan),
)


def artifact(store: ArtifactStore) -> Artifact:
    return train("usercf", TASTES, store, data_until=datetime(2026, 3, 1, tzinfo=UTC), force=True)


def test_an_artifact_loads_as_what_it_is(tmp_path: Path) -> None:
    recommender = registry.load(artifact(ArtifactStore(tmp_path)))
    assert recommender.name == "usercf"


def test_an_artifact_of_another_layout_is_refused_with_its_cure(tmp_path: Path) -> None:
    made = artifact(ArtifactStore(tmp_path))
    (made.path / "rarities.npy").unlink()
    with pytest.raises(ArtifactError, match="Train usercf again"):
        registry.load(made)


def test_an_artifact_of_no_recommender_is_refused(tmp_path: Path) -> None:
    store = ArtifactStore(tmp_path)
    made = artifact(store)
    (tmp_path / "usercf").rename(tmp_path / "sentiment")
    manifest = made.manifest.to_json().replace('"name": "usercf"', '"name": "sentiment"')
    moved = tmp_path / "sentiment" / made.manifest.version
    (moved / "manifest.json").write_text(manifest)
    with pytest.raises(ArtifactError, match="'sentiment' is no recommender"):
        registry.load(store.open("sentiment", made.manifest.version))


def test_serving_imports_numpy_alone() -> None:
    heavy = {"implicit", "scipy", "sklearn", "sparse_dot_topn", "keras", "tensorflow"}
    program = f"import sys, models.recommender.registry\nprint({heavy!r} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(registry.__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("set()\n", "")
