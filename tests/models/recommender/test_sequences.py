"""Listening cut into windows for the recurrent network."""

import numpy as np
import pytest

from models.recommender.interactions import Interactions, InteractionsError, Vocabulary
from models.recommender.sequences import Sequences, Windows

NAN = float("nan")


def windows(
    *rows: tuple[int, int, float, float], length: int = 3, repeats: bool = False, seed: int = 1
) -> Windows:
    users, items, values, timestamps = (np.array(column) for column in zip(*rows, strict=True))
    interactions = Interactions(users, items, values, timestamps)
    sequences = Sequences.of(interactions, Vocabulary(np.arange(10)))
    return sequences.windows(length, repeats=repeats, rng=np.random.default_rng(seed))


def test_listeners_are_cut_apart_in_time_order() -> None:
    cut = windows(
        (1, 5, 1, 50), (1, 1, 1, 10), (1, 2, 1, 20), (1, 3, 1, 30), (1, 4, 1, 40),
        (2, 9, 1, 2), (2, 8, 1, 1), (3, 7, 1, 1),
    )  # fmt: skip
    # Listener 1 hears 1 2 3 4 5: predict 2, 3, 4 in one window, then 5 from 4. 3 heard one song.
    assert cut.inputs.tolist() == [[1, 2, 3], [4, 5, 0], [8, 9, 0]]
    assert cut.targets.tolist() == [[2, 3, 4], [5, -1, -1], [9, -1, -1]]


def test_refused_songs_and_immediate_repeats_are_not_heard() -> None:
    cut = windows((1, 1, 1, 1), (1, 1, 0.3, 2), (1, 6, -1, 3), (1, 2, 1, 4), (1, 2, 1, 5))
    assert cut.inputs.tolist() == [[1, 2, 0]]
    assert cut.targets.tolist() == [[2, -1, -1]]


def test_a_song_heard_again_is_predicted_only_when_asked_for() -> None:
    rows = [(1, 1, 1.0, 1.0), (1, 2, 1.0, 2.0), (1, 1, 1.0, 3.0), (1, 3, 1.0, 4.0)]
    assert windows(*rows).targets.tolist() == [[2, -1, 3]]
    assert windows(*rows, repeats=True).targets.tolist() == [[2, 1, 3]]


def test_a_song_heard_twice_running_stands_twice_where_repeats_count() -> None:
    rows = [(1, 1, 1.0, 1.0), (1, 1, 1.0, 2.0), (1, 2, 1.0, 3.0)]
    assert windows(*rows).inputs.tolist() == [[1, 2, 0]]
    again = windows(*rows, repeats=True)
    assert again.inputs.tolist() == [[1, 1, 2]]
    assert again.targets.tolist() == [[1, 2, -1]]


def test_songs_of_unknown_time_are_shuffled_before_the_dated_ones() -> None:
    rows = [(1, song, 1.0, NAN) for song in range(8)] + [(1, 9, 1.0, 1.0)]
    one, other = (windows(*rows, length=8, seed=seed).inputs[0].tolist() for seed in (1, 2))
    assert sorted(one) == sorted(other) == list(range(8))
    assert one != other
    assert windows(*rows, length=8).targets[0, -1] == 9
    assert windows(*rows, length=8, seed=1).inputs[0].tolist() == one


def test_without_two_liked_songs_there_is_nothing_to_learn() -> None:
    with pytest.raises(InteractionsError, match="no listener likes two songs"):
        windows((1, 1, 1, 1), (1, 1, 1, 2), (1, 2, -1, 3), (2, 3, 1, 1))
