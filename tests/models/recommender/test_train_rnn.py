"""The trained network: numpy equals Keras, order matters, early stopping, sampling's logQ."""

from dataclasses import replace

import keras
import numpy as np
import pytest

from models.recommender.interactions import Interactions, InteractionsError, Vocabulary
from models.recommender.interface import History, Ids
from models.recommender.rnn import RECENT, Rnn, RnnConfig
from models.recommender.sequences import IGNORED, Sequences
from models.recommender.train_rnn import Candidates, NextSong, train_rnn

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
    config = RnnConfig(network="gru" if network == "gru" else "simple", width=12, window=60)
    rng = np.random.default_rng(4)
    model = NextSong(config, rng.standard_normal((SONGS, 12)).astype(np.float32))
    model.set_weights([rng.standard_normal(weight.shape) for weight in model.get_weights()])
    rnn = model.export(Vocabulary(np.arange(SONGS)), config)

    histories = [rng.integers(SONGS, size=length) for length in (1, 2, RECENT, RECENT + 1, 47)]
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


def test_sampled_candidates_carry_their_log_chance() -> None:
    # Songs 0, 1, 2 were heard 4, 1, 1 times. p = 2/3, 1/6, 1/6; q ~ 2, 1, 1: 1/2, 1/4, 1/4.
    rows = [
        (user, song) for user, songs in {1: [0, 1, 0, 2], 2: [0], 3: [0]}.items() for song in songs
    ]
    users, items = (np.array(column) for column in zip(*rows, strict=True))
    interactions = Interactions(users, items, np.ones(6), np.arange(6, dtype=float))
    sequences = Sequences.of(interactions, Vocabulary(np.arange(3)))
    config = RnnConfig(full_softmax=2, negatives=2)
    candidates = Candidates(sequences, 3, config, np.random.default_rng(1))
    targets = np.array([[2, IGNORED], [0, 2]], dtype=np.int32)
    places, songs, log_q = (tensor.numpy() for tensor in candidates.of(targets))
    # Three targets and two draws: ln(1 - exp(-(3 p + 2 q))).
    chance = {0: 3 * 2 / 3 + 2 / 2, 1: 3 / 6 + 2 / 4, 2: 3 / 6 + 2 / 4}
    assert {0, 2} <= set(songs.tolist())
    assert log_q == pytest.approx([np.log(1 - np.exp(-chance[song])) for song in songs])
    assert songs[places[targets != IGNORED]].tolist() == [2, 0, 2]
    assert (places == IGNORED).tolist() == (targets == IGNORED).tolist()


def test_training_twice_with_a_seed_gives_the_same_weights() -> None:
    config = replace(CHAIN, epochs=2, patience=0)
    one, two = (train_rnn(chain(), config, seed=5) for _ in range(2))
    assert np.array_equal(one.songs, two.songs)
    assert not np.array_equal(one.songs, train_rnn(chain(), config, seed=6).songs)


def test_nothing_to_learn_is_said() -> None:
    alone = Interactions(np.array([1]), np.array([5]), np.array([1.0]), np.array([1.0]))
    with pytest.raises(InteractionsError, match="no listener likes two songs"):
        train_rnn(alone, CHAIN, seed=1)
