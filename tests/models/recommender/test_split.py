"""Splits: what is asked for lies after what is learned from."""

import numpy as np
import pytest

from models.recommender.interactions import Interactions
from models.recommender.split import leave_last_out

NAN = float("nan")


def interactions(*rows: tuple[int, int, float, float]) -> Interactions:
    users, items, values, timestamps = (np.array(column) for column in zip(*rows, strict=True))
    return Interactions(users, items, values, timestamps)


def test_the_song_come_to_last_is_held_out_with_all_that_followed() -> None:
    # Listener 1 came to song 12 last, at 30; the replay of 10 at 40 would give it away.
    split = leave_last_out(
        interactions((1, 12, 1, 30), (1, 10, 1, 10), (1, 11, 1, 20), (1, 10, 1, 40), (2, 10, 1, 5)),
        seed=1,
    )
    assert [target.tolist() for target in split.targets] == [[12]]
    assert split.histories[0].items.tolist() == [10, 11]
    assert split.histories[0].user == 1
    assert split.seen[0].tolist() == [10, 11]
    assert list(zip(split.train.users, split.train.items, strict=True)) == [
        (1, 10),
        (1, 11),
        (2, 10),
    ]


def test_a_refused_song_is_no_target() -> None:
    split = leave_last_out(interactions((1, 10, 1, 10), (1, 11, 1, 20), (1, 12, -1, 30)), seed=1)
    assert split.targets[0].tolist() == [11]
    assert split.histories[0].items.tolist() == [10]


@pytest.mark.parametrize("time", [NAN, 5.0])
def test_without_order_a_random_song_is_drawn_by_seed(time: float) -> None:
    rows = interactions(*((1, song, 1, time) for song in range(30)))
    drawn = {leave_last_out(rows, seed=seed).targets[0].item() for seed in range(10)}
    assert len(drawn) > 3
    split = leave_last_out(rows, seed=3)
    assert split.targets[0].item() == leave_last_out(rows, seed=3).targets[0].item()
    assert len(split.histories[0]) == 29
    assert split.targets[0].item() not in split.train.items


def test_a_listener_of_one_song_is_only_learned_from() -> None:
    rows = interactions((1, 10, 1, 1), (2, 10, 1, 1), (2, 10, 1, 2))
    split = leave_last_out(rows, seed=1)
    assert split.histories == []
    assert len(split.train) == 3


def test_no_more_listeners_than_asked_are_tested() -> None:
    rows = interactions(*((user, song, 1, song) for user in range(9) for song in range(3)))
    split = leave_last_out(rows, seed=1, listeners=4)
    assert len(split.histories) == 4
    assert len(split.train) == 27 - 4
