"""The towers: what Keras trains is what numpy serves; features help the unheard."""

from dataclasses import replace

import numpy as np
import pytest
import tensorflow as tf

from models.recommender.interactions import Interactions, InteractionsError, Vocabulary
from models.recommender.interface import History, NearestLiked
from models.recommender.song_features import SongFeatures
from models.recommender.train_two_tower import Batches, Towers, train_two_tower
from models.recommender.two_tower import TwoTowerConfig

SMALL = TwoTowerConfig(width=8, batch=8, learning_rate=0.02, epochs=30, patience=0)


def tastes() -> Interactions:
    """Four tastes of six songs each, in which a listener likes five."""
    rng = np.random.default_rng(3)
    rows = [(u, u % 4 * 10 + song) for u in range(40) for song in rng.permutation(6)[:5]]
    users, items = (np.array(column) for column in zip(*rows, strict=True))
    return Interactions(users, items, np.ones(len(rows)), np.full(len(rows), np.nan))


def history(*songs: int, values: list[float] | None = None) -> History:
    said = np.ones(len(songs)) if values is None else np.array(values)
    return History(np.array(songs), said, np.full(len(songs), np.nan))


def test_a_taste_is_learned_and_the_reason_is_the_nearest_liked_song() -> None:
    trained = train_two_tower(tastes(), SMALL, seed=1)
    past = history(20, 21)
    ranked = trained.recommend(past, k=4, exclude=past.items)
    assert set(ranked.items) == {22, 23, 24, 25}
    assert all(isinstance(reason, NearestLiked) for reason in ranked.reasons)
    assert {reason.item for reason in ranked.reasons} <= {20, 21}


def test_numpy_serves_what_keras_computes() -> None:
    rng = np.random.default_rng(1)
    vocabulary = Vocabulary.of(np.arange(30))
    towers = Towers(SMALL, rng.random((30, 3)).astype(np.float32))
    for weight in towers.trainable_variables:
        weight.assign(rng.standard_normal(weight.shape))
    logits = towers(
        tf.constant([[4, 9, 2]]), tf.constant([[1.0, 0.5, -0.25]]), tf.range(30)
    ).numpy()
    served = towers.export(vocabulary, SMALL).score(history(4, 9, 2, values=[1.0, 0.5, -0.25]))
    assert np.log(served) - np.log(served).max() == pytest.approx(
        logits[0] - logits.max(), abs=1e-4
    )


def test_a_step_asks_for_songs_outside_the_history_and_corrects_for_how_common_they_are() -> None:
    rows = tastes()
    vocabulary = Vocabulary.of(rows.items)
    batches = Batches(rows, vocabulary, SMALL, seed=1)
    items, evidence, candidates, log_q, asked, liked = next(iter(batches))
    assert (evidence > 0).sum(axis=1).tolist() == [3] * 8
    assert asked.sum(axis=1).tolist() == [2] * 8
    assert ((asked == 0) | (liked == 1)).all()
    for row in range(8):
        assert not set(items[row]) & set(candidates[asked[row] > 0])
    # Sixteen targets a step; a song's share of all likes is its chance at each of them.
    share = np.bincount(vocabulary.indices(rows.items))[candidates] / len(rows)
    assert log_q == pytest.approx(np.log(1 - np.exp(-16 * share)), abs=1e-5)


def test_early_stopping_keeps_the_best_number_of_epochs() -> None:
    watched = TwoTowerConfig(width=8, batch=8, learning_rate=0.02, epochs=40, patience=2)
    trained = train_two_tower(tastes(), watched, seed=1)
    assert trained.config.patience == 0
    assert 1 <= trained.config.epochs <= 40


def test_no_epoch_begins_after_the_steps_that_are_allowed() -> None:
    told: list[tuple[str, int, int | None]] = []
    # Forty listeners in batches of eight are five steps an epoch.
    few = replace(SMALL, steps=12)
    train_two_tower(tastes(), few, seed=1, progress=lambda *step: told.append(step))
    assert told == [("two_tower", 1, 2), ("two_tower", 2, 2)]


def test_features_place_a_song_that_hardly_anyone_heard() -> None:
    rows = tastes()
    # Song 99 was heard once, beside a song of another taste; its features are those of taste 2.
    rare = Interactions(
        np.append(rows.users, [900, 900]),
        np.append(rows.items, [99, 0]),
        np.ones(len(rows) + 2),
        np.full(len(rows) + 2, np.nan),
    )
    songs = np.unique(rare.items)
    taste = np.where(songs == 99, 2, songs // 10)
    features = SongFeatures(songs, np.eye(4, dtype=np.float32)[taste])
    past = history(20, 21)

    def place(*given: SongFeatures) -> int:
        trained = train_two_tower(rare, SMALL, features=given, seed=1)
        order = np.argsort(-trained.score(past))
        return int(np.flatnonzero(trained.vocabulary.ids[order] == 99)[0])

    assert place(features) < place()


def shown(songs: np.ndarray, taste: np.ndarray, name: str = "cover") -> SongFeatures:
    return SongFeatures(songs, np.eye(4, dtype=np.float32)[taste], name)


def test_with_every_modality_off_it_is_the_model_of_behaviour_alone_bit_for_bit() -> None:
    rows, past = tastes(), history(20, 21, 3, values=[1.0, 0.5, -0.5])
    none = np.empty(0, dtype=np.int64)
    masked = [shown(none, none, name) for name in ("audio", "text", "cover")]
    watched = replace(SMALL, epochs=4, patience=2)
    for config in (replace(SMALL, epochs=4), watched):
        alone = train_two_tower(rows, config, seed=1)
        off = train_two_tower(rows, config, features=masked, seed=1)
        assert alone.config == off.config
        for name, array in alone.arrays().items():
            assert array.tobytes() == off.arrays()[name].tobytes(), name
        assert alone.score(past).tobytes() == off.score(past).tobytes()


def test_a_song_that_nobody_met_is_placed_by_its_features() -> None:
    rows = tastes()
    songs = np.append(np.unique(rows.items), [99, 98])
    features = shown(songs, np.where(songs >= 98, songs - 96, songs // 10))
    trained = train_two_tower(rows, SMALL, features=[features], seed=1)
    assert {98, 99} <= set(trained.vocabulary.ids.tolist())
    vectors = dict(zip(trained.vocabulary.ids.tolist(), trained.songs, strict=True))
    assert np.linalg.norm(vectors[98]) == pytest.approx(1, abs=1e-5)
    # 98 looks like taste 2, 99 like taste 3.
    assert vectors[98] @ vectors[20] > max(vectors[98] @ vectors[other] for other in (0, 10, 30))
    [first, *_] = trained.recommend(history(30, 31), k=9, exclude=np.arange(30, 36)).items
    assert first == 99
    # Having heard it tells the towers nothing: nobody else did.
    assert len(trained.recommend(history(98), k=3, exclude=np.array([98]))) == 0


def test_without_two_liked_songs_there_is_nothing_to_learn() -> None:
    one = Interactions(np.array([1, 2]), np.array([1, 2]), np.ones(2), np.full(2, np.nan))
    with pytest.raises(InteractionsError, match="no listener likes two songs"):
        train_two_tower(one, SMALL, seed=1)
