"""The trained network: numpy equals Keras, order matters, early stopping, sampling's logQ."""

from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

from models.recommender.interactions import Interactions, InteractionsError, Vocabulary
from models.recommender.interface import History, Ids
from models.recommender.rnn import RECENT, Rnn, RnnConfig
from models.recommender.train_rnn import CLIP, NextSong, sampled_step, train_rnn

SONGS = 30
NOTHING = np.empty(0, dtype=np.int64)
CHAIN = RnnConfig(
    width=16, window=6, batch=32, learning_rate=0.02, embedding_dropout=0, state_dropout=0
)


def history(songs: Ids | list[int], values: list[float] | None = None) -> History:
    said = np.ones(len(songs)) if values is None else np.array(values)
    return History(np.array(songs), said, np.arange(len(songs), dtype=float))


def chain() -> Interactions:
    """Twelve songs always heard in the order 0 1 2 ... 11 0 1, by listeners starting anywhere."""
    rows = [
        (listener, (listener + step) % 12, 1.0, float(step))
        for listener in range(120)
        for step in range(6)
    ]
    users, items, values, timestamps = (np.array(column) for column in zip(*rows, strict=True))
    return Interactions(users, items, values, timestamps)


@pytest.mark.parametrize("network", ["gru", "simple"])
def test_serving_by_numpy_equals_keras(network: str) -> None:
    config = RnnConfig(network="gru" if network == "gru" else "simple", width=12, window=200)
    rng = np.random.default_rng(4)
    model = NextSong(config, rng.standard_normal((SONGS, 12)).astype(np.float32))
    model.set_weights([rng.standard_normal(weight.shape) for weight in model.get_weights()])
    rnn = model.export(Vocabulary(np.arange(SONGS)), config)

    histories = [rng.integers(SONGS, size=length) for length in (1, 2, RECENT, 47, 200)]
    ranked = rnn.recommend_many(
        [history(songs) for songs in histories], k=SONGS, exclude=[NOTHING] * len(histories)
    )
    compared = 0
    for songs, mine in zip(histories, ranked, strict=True):
        heard = songs[np.insert(songs[1:] != songs[:-1], 0, True)]
        states = model(heard[None], training=False)[:, -1]
        theirs = keras.ops.softmax(model.logits(states, np.arange(SONGS)))[0].numpy()
        assert mine.scores == pytest.approx(theirs[mine.items], abs=1e-5)
        compared += len(mine)
    assert compared > 2 * SONGS


@pytest.fixture(scope="module")
def chained() -> Rnn:
    return train_rnn(chain(), replace(CHAIN, epochs=15, patience=0), seed=1)


@pytest.mark.parametrize("start", [0, 3, 9])
def test_the_next_song_of_an_order_is_found_and_named_as_a_continuation(
    chained: Rnn, start: int
) -> None:
    heard = [(start + step) % 12 for step in range(4)]
    ranked = chained.recommend(history(heard), k=3, exclude=np.array(heard))
    assert ranked.items[0] == (start + 4) % 12
    assert heard[-1] in ranked.reasons[0].items
    assert set(ranked.reasons[0].items) <= set(heard)
    assert len(ranked.reasons[0].items) <= 2


def test_the_order_of_a_history_matters(chained: Rnn) -> None:
    forward, backward = (
        chained.recommend(history(heard), k=1, exclude=np.array(heard)).items.tolist()
        for heard in ([4, 5, 6], [6, 5, 4])
    )
    assert forward == [7]
    assert backward != forward


def test_every_reason_is_a_song_whose_absence_lowers_the_score(chained: Rnn) -> None:
    heard = [0, 1, 2, 3]
    ranked = chained.recommend(history(heard), k=12, exclude=np.array(heard))
    # Probabilities share a normaliser, so compare a song to the best one in both.
    for song, score, reason in zip(ranked.items, ranked.scores, ranked.reasons, strict=True):
        assert score > 0
        assert reason.items
        assert song not in reason.items


def test_early_stopping_keeps_the_best_epochs_for_the_refit() -> None:
    told: list[tuple[str, int, int | None]] = []
    rnn = train_rnn(
        chain(),
        replace(CHAIN, epochs=30, patience=2),
        seed=1,
        progress=lambda *step: told.append(step),
    )
    assert 1 <= rnn.config.epochs < 30
    assert rnn.config.patience == 0
    trained = [step for step in told if step[0] == "rnn"]
    assert trained[-1][1] == trained[-1][2]
    assert [done for _, done, _ in trained] == sorted(done for _, done, _ in trained)


def test_a_large_catalogue_trains_on_sampled_songs() -> None:
    sampled = replace(CHAIN, epochs=15, patience=0, full_softmax=5, negatives=4)
    rnn = train_rnn(chain(), sampled, seed=1)
    assert rnn.recommend(history([2, 3, 4]), k=1, exclude=np.array([2, 3, 4])).items.tolist() == [5]


def test_training_twice_with_a_seed_gives_the_same_weights() -> None:
    config = replace(CHAIN, epochs=2, patience=0)
    one, two = (train_rnn(chain(), config, seed=5) for _ in range(2))
    assert np.array_equal(one.songs, two.songs)
    assert not np.array_equal(one.songs, train_rnn(chain(), config, seed=6).songs)


def test_nothing_to_learn_is_said() -> None:
    alone = Interactions(np.array([1]), np.array([5]), np.array([1.0]), np.array([1.0]))
    with pytest.raises(InteractionsError, match="no listener likes two songs"):
        train_rnn(alone, CHAIN, seed=1)


class Stopped(Exception):
    """The machine is switched off."""


@pytest.mark.parametrize("full_softmax", [5_000, 5], ids=["all songs", "sampled songs"])
def test_a_stopped_training_goes_on_and_ends_as_if_it_had_not_been(
    full_softmax: int, tmp_path: Path
) -> None:
    config = replace(CHAIN, epochs=4, patience=4, full_softmax=full_softmax, negatives=4)
    told: list[int] = []

    def stop_in_the_third_epoch(stage: str, done: int, total: int | None) -> None:
        if total and done > total * 0.6:
            raise Stopped

    def go_on(stage: str, done: int, total: int | None) -> None:
        told.append(done)

    with pytest.raises(Stopped):
        train_rnn(chain(), config, seed=5, progress=stop_in_the_third_epoch, checkpoints=tmp_path)
    resumed = train_rnn(chain(), config, seed=5, progress=go_on, checkpoints=tmp_path)
    whole = train_rnn(chain(), config, seed=5)
    assert told[0] > max(told) * 0.4
    assert resumed.config == whole.config
    assert np.array_equal(resumed.songs, whole.songs)
    assert list(tmp_path.iterdir()) == []


def test_a_sampled_step_by_hand_moves_only_the_songs_of_the_step() -> None:
    config = RnnConfig(
        width=4, embedding_dropout=0, state_dropout=0, full_softmax=2, sampled_rate=0.05
    )
    start = np.random.default_rng(4).standard_normal((9, 4)).astype(np.float32)
    model = NextSong(config, start)
    step, _ = sampled_step(model)
    before = model.recurrent.get_weights()
    # One listener hears 3, then 5; the candidates are 5 and 7, without correction.
    with tf.GradientTape() as tape:
        logits = model.logits(model(np.array([[3]]))[:, 0], tf.constant([5, 7]))
        loss = tf.nn.sparse_softmax_cross_entropy_with_logits(tf.constant([0]), logits)[0]
    variables = [model.table.value, *model.recurrent.trainable_variables]
    gradients = [tf.convert_to_tensor(one).numpy() for one in tape.gradient(loss, variables)]
    length = np.sqrt(sum((one**2).sum() for one in gradients))
    expected = gradients[0] * min(1, CLIP / length)
    step(
        np.array([[3]], np.int32),
        np.array([[0]], np.int32),
        np.array([5, 7], np.int32),
        np.zeros(2, np.float32),
    )
    moved = model.table.numpy() - start
    # Adagrad's first step: -rate * g / sqrt(g^2 + its start), close to the sign of g.
    by_hand = -0.05 * expected / np.sqrt(expected**2 + 1e-8)
    assert moved == pytest.approx(by_hand, abs=1e-5)
    assert np.flatnonzero(moved.any(axis=1)).tolist() == [3, 5, 7]
    assert any(
        not np.array_equal(a, b) for a, b in zip(before, model.recurrent.get_weights(), strict=True)
    )
