"""`huisheng evaluate --ablation`, and `train multimodal` where nothing is encoded yet."""

import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.settings import Settings
from models.features.store import FeatureStore, Stored
from models.recommender import ablation as table
from models.recommender.ablation import ablate
from models.recommender.two_tower import TwoTowerConfig
from tests.factories.library import NOON, Library

Command = Callable[..., Any]


class Made:
    """An encoder whose vectors the tests make up."""

    modality = "audio"
    name, version, dimension = "made up", "1", 3

    def encode(self, items: Any) -> Any:
        raise NotImplementedError


@pytest.fixture
def listened(own_engine: Engine) -> list[int]:
    """Three tastes of ten songs; sixty listeners who each hear seven of one."""
    with Session(own_engine, expire_on_commit=False) as session:
        library = Library(session)
        songs = [library.song() for _ in range(30)]
        rng = np.random.default_rng(3)
        for number in range(60):
            listener = library.listener()
            for place in rng.permutation(10)[:7]:
                library.rate(listener, songs[number % 3 * 10 + int(place)], 5, NOON)
        session.commit()
        return [song.id for song in songs]


@pytest.fixture
def heard(own_settings: Settings, listened: list[int]) -> None:
    """What the songs sound like tells their taste."""
    store = FeatureStore(own_settings.features_dir, "audio")
    store.open(Made())  # type: ignore[arg-type]
    ids = np.array(listened)
    noise = np.random.default_rng(1).standard_normal((30, 3)) * 0.2
    matrix = np.repeat(np.eye(3), 10, axis=0) + noise
    store.add(Stored(ids, ids, np.ones(30, dtype=bool), matrix.astype(np.float32)))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Towers small enough for a test."""
    small = TwoTowerConfig(width=8, batch=16, learning_rate=0.02, epochs=2, patience=0)
    monkeypatch.setattr(table, "ablate", lambda *a, **k: ablate(*a, **k, towers=small))


@pytest.mark.parametrize("spelling", ["ablation", "--ablation"])
@pytest.mark.usefixtures("heard", "quick")
def test_the_table_is_json_with_every_row(huisheng: Command, spelling: str) -> None:
    done = huisheng("evaluate", spelling, "--json", "--seed", "3", "--draws", "2")
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    rows = {f"{row['algorithm']} {row['variant']}".strip(): row for row in said["rows"]}
    assert said["seed"] == 3
    assert list(rows) == [
        *("popularity", "random", "multimodal all", "multimodal all off"),
        *("two_tower behaviour only", "two_tower all off", "two_tower all"),
    ]
    assert rows["two_tower behaviour only"]["warm"] == rows["two_tower all off"]["warm"]
    assert {"hr@10", "recall@20", "ndcg@10"} <= set(rows["multimodal all"]["cold"])


@pytest.mark.usefixtures("heard", "quick")
def test_without_json_it_is_a_table(huisheng: Command) -> None:
    done = huisheng("evaluate", "--ablation", "--draws", "1")
    assert done.exit_code == 0, done.output
    assert "cold ndcg@10" in done.stdout
    assert "multimodal all off" in done.stdout


@pytest.mark.usefixtures("listened")
def test_where_nothing_is_encoded_the_cure_is_named(huisheng: Command) -> None:
    for command in (("evaluate", "--ablation"), ("train", "multimodal")):
        done = huisheng(*command)
        assert "huisheng features" in done.output


@pytest.mark.usefixtures("heard")
def test_multimodal_is_trained_and_says_what_it_chose(
    huisheng: Command, own_settings: Settings
) -> None:
    from backend.recommendations import retraining
    from models.artifacts import ArtifactStore

    done = huisheng("train", "multimodal")
    assert done.exit_code == 0, done.output
    artifact = ArtifactStore(own_settings.artifacts_dir).current("multimodal")
    assert artifact is not None
    config = artifact.manifest.config
    assert config["chosen_on"] in ("validation", "stated")
    assert set(config["modalities"]) == {"audio"}
    own, chance = (artifact.manifest.metrics[who]["cold_ndcg@10"] for who in ("own", "random"))
    assert own > chance
    engine_url = own_settings.url
    from backend.db.session import create_engine

    engine = create_engine(engine_url)
    with Session(engine) as session:
        assert not retraining.features_changed(session, own_settings.features_dir)
    engine.dispose()
