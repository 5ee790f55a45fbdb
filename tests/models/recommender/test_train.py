"""A training: measured beside popularity, refitted on everything, promoted or refused."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from models.artifacts import ArtifactStore
from models.recommender import registry
from models.recommender.interactions import Interactions
from models.recommender.interface import History
from models.recommender.registry import ALGORITHMS
from models.recommender.train import NotPromoted, train

UNTIL = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path / "artifacts")


def tastes(listeners: int = 60) -> Interactions:
    """Six tastes of ten songs each, in which a listener hears eight, in any order."""
    rng = np.random.default_rng(3)
    rows = [
        (listener, listener % 6 * 10 + song, 1.0, UNTIL.timestamp() - 1000 + place)
        for listener in range(listeners)
        for place, song in enumerate(rng.permutation(10)[:8])
    ]
    users, items, values, timestamps = (np.array(column) for column in zip(*rows, strict=True))
    return Interactions(users, items, values, timestamps)


@pytest.mark.parametrize("name", ALGORITHMS)
def test_a_training_is_measured_stored_and_promoted(name: str, store: ArtifactStore) -> None:
    config = (
        {"width": 16, "batch": 8, "learning_rate": 0.02, "epochs": 6} if name == "rnn" else None
    )
    interactions = tastes()
    made = train(name, interactions, store, config=config, data_until=UNTIL)
    manifest = made.manifest
    assert store.current(name) == made
    assert (manifest.rows, manifest.seed) == (480, 7)
    assert manifest.snapshot_hash == interactions.digest()
    assert manifest.data_until == UNTIL.isoformat()
    assert set(manifest.metrics) == {"own", "popularity", "random"}
    figures = {"hr@10", "recall@20", "ndcg@10", "mrr@20"}
    variety = {"coverage@10", "novelty@10", "diversity@10"}
    assert set(manifest.metrics["own"]) == figures | variety
    assert {"numpy", "scipy"} <= set(manifest.libraries)
    if name != "popularity":
        # Three songs of the own taste are left: ranked first in any order they score .5 or more.
        assert manifest.metrics["own"]["ndcg@10"] > 0.5
        assert manifest.metrics["popularity"]["ndcg@10"] < 0.4
    past = History(np.array([20, 21]), np.ones(2), np.array([1.0, 2.0]))
    assert len(registry.load(made).recommend(past, k=4, exclude=past.items)) == 4


def test_the_refit_knows_the_held_out_songs(store: ArtifactStore) -> None:
    rows = tastes()
    alone = Interactions(
        np.append(rows.users, 0),
        np.append(rows.items, 777),
        np.append(rows.values, 1),
        np.append(rows.timestamps, UNTIL.timestamp()),
    )
    made = train("itemcf", alone, store, data_until=UNTIL)
    past = History(np.array([777]), np.ones(1), np.ones(1))
    assert len(registry.load(made).recommend(past, k=3, exclude=past.items)) == 3


def test_worse_than_popularity_is_refused_with_both_figures(store: ArtifactStore) -> None:
    with pytest.raises(NotPromoted, match=r"ndcg@10 is 0\.0000, popularity's 0\.") as refusal:
        train("usercf", tastes(), store, config={"neighbours": 0}, data_until=UNTIL)
    assert refusal.value.own == 0
    assert refusal.value.bar > 0
    assert store.current_version("usercf") is None
    assert store.versions("usercf") == []


def test_force_promotes_it_all_the_same(store: ArtifactStore) -> None:
    made = train("usercf", tastes(), store, config={"neighbours": 0}, force=True, data_until=UNTIL)
    assert store.current("usercf") == made
    assert made.manifest.metrics["own"]["ndcg@10"] == 0


def test_a_refused_training_leaves_the_old_version_current(store: ArtifactStore) -> None:
    good = train("usercf", tastes(), store, data_until=UNTIL)
    with pytest.raises(NotPromoted):
        train("usercf", tastes(), store, config={"neighbours": 0}, data_until=UNTIL)
    assert store.current("usercf") == good


def test_the_same_seed_gives_the_same_figures_and_files(store: ArtifactStore) -> None:
    one, two = (train("itemcf", tastes(), store, data_until=UNTIL).manifest for _ in range(2))
    assert one.metrics == two.metrics
    assert one.files == two.files
    assert one.version < two.version


def test_one_listener_can_be_trained_on(store: ArtifactStore) -> None:
    one = Interactions(np.array([1]), np.array([5]), np.array([1.0]), np.array([1.0]))
    assert train("popularity", one, store, data_until=UNTIL).manifest.metrics["own"] == {}
    assert store.current_version("popularity") is not None


def test_an_unknown_name_or_setting_is_refused(store: ArtifactStore) -> None:
    with pytest.raises(ValueError, match="train one of popularity, itemcf, usercf, "):
        train("magic", tastes(), store, data_until=UNTIL)
    with pytest.raises(ValueError, match="itemcf does not know a setting of neighbors"):
        train("itemcf", tastes(), store, config={"neighbors": 3}, data_until=UNTIL)
