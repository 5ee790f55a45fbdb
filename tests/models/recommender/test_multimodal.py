"""Multimodal: by features alone, exact reasons, masks, and weights that behaviour taught."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.recommender.choose_multimodal import choose_multimodal
from models.recommender.fit_multimodal import fit_multimodal, projected
from models.recommender.interactions import Interactions
from models.recommender.interface import Alike, History
from models.recommender.multimodal import ModalityConfig, Multimodal, MultimodalConfig
from models.recommender.song_features import FeaturesMissing, SongFeatures, condensed
from tests.factories.tastes import Tastes, tastes_by_sound

EQUAL = MultimodalConfig(
    {name: ModalityConfig(1 / 3, None, 0) for name in ("audio", "text", "cover")}, "stated"
)


def history(*songs: int, values: list[float] | None = None) -> History:
    said = np.ones(len(songs)) if values is None else np.array(values)
    return History(np.array(songs), said, np.full(len(songs), np.nan))


@pytest.fixture(scope="module")
def world() -> Tastes:
    return tastes_by_sound()


@pytest.fixture(scope="module")
def fitted(world: Tastes) -> Multimodal:
    return fit_multimodal(world.interactions, EQUAL, features=world.features)


def test_a_song_that_nobody_met_is_recommended(world: Tastes, fitted: Multimodal) -> None:
    cold = np.setdiff1d(fitted.vocabulary.ids, world.interactions.items)
    assert len(cold)
    liked = world.of_taste(2, met=True)[:4]
    ranked = fitted.recommend(history(*liked), k=10, exclude=world.interactions.items)
    assert np.isin(ranked.items[:5], world.of_taste(2, met=False)).sum() >= 4


def test_a_reason_names_a_liked_song_and_its_parts_add_up_to_the_cosine(
    world: Tastes, fitted: Multimodal
) -> None:
    liked = world.of_taste(1, met=True)[:3].tolist()
    ranked = fitted.recommend(history(*liked), k=8, exclude=np.array(liked))
    vectors = dict(zip(fitted.vocabulary.ids.tolist(), fitted.songs, strict=True))
    blocks = dict(fitted.blocks())
    found = zip(ranked.items.tolist(), ranked.scores, ranked.reasons, strict=True)
    for song, score, reason in found:
        assert isinstance(reason, Alike)
        assert reason.item in liked
        cosine = float(vectors[song] @ vectors[reason.item])
        assert reason.similarity == pytest.approx(cosine, abs=1e-5)
        for name, value in reason.parts:
            own = vectors[song][blocks[name]] @ vectors[reason.item][blocks[name]]
            assert value == pytest.approx(float(own), abs=1e-6)
        assert reason.modality == max(reason.parts, key=lambda part: part[1])[0]
        # Evidence is equal here, so the song of the largest term is the nearest one.
        assert reason.similarity == pytest.approx(
            max(float(vectors[song] @ vectors[other]) for other in liked), abs=1e-5
        )
        assert 0 < score <= 1.0001


def test_the_score_is_the_sum_of_what_each_event_adds(world: Tastes, fitted: Multimodal) -> None:
    songs = world.of_taste(0, met=True)[:2].tolist() + world.of_taste(3, met=True)[:1].tolist()
    past = history(*songs, values=[1.0, 0.5, -0.8])
    rows = fitted.songs[fitted.vocabulary.indices(np.array(songs))]
    wanted = np.array([1.0, 0.5, -0.8], dtype=np.float32) @ rows
    expected = fitted.songs @ wanted / np.linalg.norm(wanted)
    assert fitted.score(past) == pytest.approx(expected, abs=1e-5)


def test_a_missing_modality_is_a_mask_and_the_others_share_its_weight() -> None:
    eye = np.eye(3, dtype=np.float32)
    audio = SongFeatures(np.array([1, 2, 3]), eye, "audio")
    text = SongFeatures(np.array([2, 3, 4]), eye[[1, 1, 2]], "text")
    rows = Interactions(np.array([1, 1]), np.array([1, 2]), np.ones(2), np.full(2, np.nan))
    half = ModalityConfig(0.5, None, 0)
    config = MultimodalConfig({"audio": half, "text": half})
    fitted = fit_multimodal(rows, config, features=[audio, text])
    assert np.linalg.norm(fitted.songs, axis=1) == pytest.approx(np.ones(4), abs=1e-6)
    assert not fitted.songs[0, 3:].any()
    # 2 and 3 sing the same words and sound unlike; of 4 the sound is unknown: a part says nothing.
    [reason] = fitted.recommend(history(2), k=1, exclude=np.array([2])).reasons
    assert isinstance(reason, Alike)
    assert dict(reason.parts) == pytest.approx({"audio": 0.0, "text": 0.5})
    assert (reason.item, reason.modality) == (2, "text")
    assert fitted.recommend(history(1), k=9, exclude=np.array([1])).items.tolist() == []


def test_without_features_there_is_nothing_to_fit() -> None:
    rows = Interactions(np.array([1, 1]), np.array([1, 2]), np.ones(2), np.full(2, np.nan))
    empty = SongFeatures(np.empty(0, np.int64), np.empty((0, 3), np.float32), "audio")
    for given in ([], [empty]):
        config = choose_multimodal(rows, MultimodalConfig(), features=given, seed=1)
        with pytest.raises(FeaturesMissing, match="huisheng features"):
            fit_multimodal(rows, config, features=given)


def test_too_few_listeners_teach_nothing_and_the_settings_say_so(world: Tastes) -> None:
    few = world.interactions.take(world.interactions.users < 9)
    config = choose_multimodal(few, MultimodalConfig(), features=world.features, seed=1)
    assert config.chosen_on == "stated"
    assert {part.ridge for part in config.modalities.values()} == {None}
    assert {round(part.weight, 6) for part in config.modalities.values()} == {0.333333}


def test_weights_go_to_what_listeners_go_by(world: Tastes) -> None:
    config = choose_multimodal(
        world.interactions, MultimodalConfig(), features=world.features, seed=1
    )
    assert config.chosen_on == "validation"
    weights = {name: part.weight for name, part in config.modalities.items()}
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["audio"] == max(weights.values())
    assert weights["audio"] > weights.get("cover", 0)
    again = choose_multimodal(
        world.interactions, MultimodalConfig(), features=world.features, seed=1
    )
    assert again == config


def test_a_projection_brings_out_what_is_hidden_among_loud_columns() -> None:
    """Taste lies in a quiet column; plain cosines follow the loud ones."""
    rng = np.random.default_rng(4)
    songs = np.arange(120)
    taste = songs % 2
    matrix = rng.standard_normal((120, 12))
    matrix[:, 0] = (taste * 2 - 1) * 1.0 + rng.standard_normal(120) * 0.2
    features = condensed(SongFeatures(songs, matrix.astype(np.float32), "audio"))
    listeners = np.repeat(np.arange(60), 12)
    items = np.concatenate(
        [rng.choice(songs[taste == listener % 2], 12, replace=False) for listener in range(60)]
    )
    rows = Interactions(listeners, items, np.ones(len(items)), np.full(len(items), np.nan))

    def apart(ridge: float | None) -> float:
        cosines = (lambda rows: rows @ rows.T)(projected(rows, features, ridge))
        same = taste[:, None] == taste
        return float(cosines[same].mean() - cosines[~same].mean())

    assert apart(1.0) > 2 * apart(None)


def test_condensed_columns_are_of_one_scale_and_at_most_so_many() -> None:
    rng = np.random.default_rng(1)
    matrix = rng.standard_normal((300, 40)) * np.geomspace(1e-3, 1e3, 40)
    matrix[:, 7] = 5.0
    made = condensed(SongFeatures(np.arange(300), matrix.astype(np.float32), "text"), width=16)
    assert made.matrix.shape == (300, 16)
    assert np.linalg.norm(made.matrix, axis=1) == pytest.approx(np.ones(300), abs=1e-5)
    assert abs(made.matrix.mean()) < 0.05
    whole = condensed(SongFeatures(np.arange(300), matrix.astype(np.float32), "text"))
    assert whole.matrix.shape == (300, 39)
    assert made.name == "text"


def test_settings_survive_storage(fitted: Multimodal, tmp_path: Path) -> None:
    fitted.save(tmp_path)
    loaded = Multimodal.load(tmp_path)
    assert loaded.config == fitted.config
    assert isinstance(loaded.config.modalities["audio"], ModalityConfig)
    assert replace(loaded.config, memory=1.0) != fitted.config
