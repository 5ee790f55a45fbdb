"""The ablation: songs nobody has met are found by features, and by nothing else."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from models.recommender.ablation import ablate
from models.recommender.cold import measure_cold
from models.recommender.multimodal import MultimodalConfig
from models.recommender.song_features import FeaturesMissing
from models.recommender.split import cold_split
from models.recommender.two_tower import TwoTowerConfig
from tests.factories.tastes import Tastes, tastes_by_sound

SMALL = TwoTowerConfig(width=16, batch=32, learning_rate=0.02, epochs=12, patience=0)


@pytest.fixture(scope="module")
def world() -> Tastes:
    return tastes_by_sound()


@pytest.fixture(scope="module")
def rows(world: Tastes) -> dict[str, dict[str, Any]]:
    made = ablate(world.interactions, world.features, seed=7, towers=SMALL)
    return {f"{row['algorithm']} {row['variant']}".strip(): row for row in made}


def test_held_out_songs_are_met_by_nobody_and_ranked_among_themselves(world: Tastes) -> None:
    cold = cold_split(world.interactions, world.features[0].songs, seed=7, cases=50)
    asked = cold.asked
    assert len(asked.histories) == 50
    assert not np.isin(asked.train.items, cold.held).any()
    assert len(cold.held) == round(0.2 * len(np.unique(world.interactions.items)))
    for past, targets, seen in zip(asked.histories, asked.targets, asked.seen, strict=True):
        assert not np.isin(past.items, cold.held).any()
        assert np.isin(targets, cold.held).all()
        assert not np.isin(seen, cold.held).any()
        mine = world.interactions.items[world.interactions.users == past.user]
        assert set(mine) == {*past.items, *targets}


def test_multimodal_beats_popularity_and_chance_on_songs_nobody_has_met(
    rows: dict[str, dict[str, Any]],
) -> None:
    own, chance = rows["multimodal all"]["cold"], rows["random"]["cold"]
    assert own["ndcg@10_low"] > 1.5 * chance["ndcg@10_high"]
    assert own["hr@10"] > chance["hr@10"]
    assert rows["popularity"]["cold"]["hr@10"] == 0
    assert rows["multimodal all off"]["cold"]["hr@10"] == 0


def test_what_tells_most_is_missed_most(rows: dict[str, dict[str, Any]]) -> None:
    cold = {name: row["cold"]["ndcg@10"] for name, row in rows.items()}
    assert cold["multimodal without audio"] < cold["multimodal without cover"]
    assert cold["multimodal cover alone"] < cold["multimodal audio alone"]


def test_with_every_modality_off_the_towers_are_those_of_behaviour_alone(
    rows: dict[str, dict[str, Any]],
) -> None:
    alone, off = rows["two_tower behaviour only"], rows["two_tower all off"]
    assert alone["warm"] == off["warm"]
    assert alone["cold"] == off["cold"]
    assert alone["warm"]["ndcg@10"] > 0
    assert alone["cold"]["hr@10"] == 0
    fused = rows["two_tower all"]["cold"]
    assert fused["ndcg@10_low"] > rows["random"]["cold"]["ndcg@10_high"]


def test_several_draws_are_put_together(world: Tastes) -> None:
    few = replace(SMALL, epochs=1)
    first, second, both = (
        ablate(world.interactions, world.features[:1], seed=seed, draws=draws, towers=few)[2]
        for seed, draws in ((7, 1), (8, 1), (7, 2))
    )
    for split, name in (("cold", "ndcg@10"), ("cold", "hr@10"), ("warm", "recall@20")):
        assert both[split][name] == pytest.approx((first[split][name] + second[split][name]) / 2)
    cold = both["cold"]
    assert cold["ndcg@10_low"] < cold["ndcg@10"] < cold["ndcg@10_high"]


def test_without_features_there_is_no_table(world: Tastes) -> None:
    with pytest.raises(FeaturesMissing):
        ablate(world.interactions, [], seed=7)


def test_what_is_measured_before_promotion_is_named(world: Tastes) -> None:
    found = measure_cold(world.interactions, MultimodalConfig(), world.features, seed=7)
    assert set(found) == {"own", "random"}
    assert found["own"]["cold_ndcg@10"] > found["random"]["cold_ndcg@10"]
