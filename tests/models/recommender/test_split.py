"""Splits: what is asked for lies after what is learned from."""

import numpy as np
import pytest

from models.recommender.interactions import Interactions, InteractionsError
from models.recommender.interface import History
from models.recommender.split import (
    carve_last,
    carve_sessions,
    carve_share,
    leave_last_out,
    next_split,
    set_split,
)

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


def songs(found: list[History]) -> list[list[int]]:
    return [history.items.tolist() for history in found]


def test_next_asks_for_the_last_test_row_after_all_before_it() -> None:
    train = interactions((1, 10, 1, 1), (1, 11, 1, 2), (2, 12, 1, 1))
    test = interactions((1, 13, 1, 4), (1, 12, 1, 3), (3, 10, 1, 5), (3, 99, 1, 6))
    split = next_split(train, test)
    assert songs(split.histories) == [[10, 11, 12], [10]]
    assert [target.tolist() for target in split.targets] == [[13], [99]]
    assert [seen.tolist() for seen in split.seen] == [[10, 11, 12], [10]]
    assert split.histories[1].user == 3
    assert [seen.tolist() for seen in next_split(train, test, keep_seen=True).seen] == [[], []]


def test_next_asks_a_listener_nobody_knows_with_an_empty_history() -> None:
    split = next_split(interactions((1, 10, 1, 1)), interactions((9, 11, 1, 2)))
    assert songs(split.histories) == [[]]


def test_set_asks_for_all_test_songs_and_masks_validation() -> None:
    train = interactions((1, 10, 1, NAN), (1, 11, 1, NAN), (2, 12, 1, NAN))
    test = interactions((1, 13, 1, NAN), (1, 14, 1, NAN), (1, 14, 1, NAN), (5, 10, 1, NAN))
    hidden = interactions((1, 12, 1, NAN))
    split = set_split(train, test, hidden=hidden)
    assert songs(split.histories) == [[10, 11], []]
    assert [target.tolist() for target in split.targets] == [[13, 14], [10]]
    assert [seen.tolist() for seen in split.seen] == [[10, 11, 12], []]


def test_the_last_row_of_each_listener_of_two_is_carved_out() -> None:
    split = carve_last(interactions((1, 11, 1, 2), (1, 10, 1, 1), (2, 12, 1, 1)))
    assert songs(split.histories) == [[10]]
    assert split.targets[0].tolist() == [11]
    assert split.train.items.tolist() == [10, 12]


def test_the_last_sessions_are_carved_out_whole_and_asked_at_every_stretch() -> None:
    rows = [
        (user, 10 * user + place, 1, 100 * user + place) for user in range(4) for place in (1, 2, 3)
    ]
    split = carve_sessions(interactions(*rows), share=0.25, seed=1, cases=10)
    assert songs(split.histories) == [[31], [31, 32]]
    assert [target.tolist() for target in split.targets] == [[32], [33]]
    assert sorted(set(split.train.users)) == [0, 1, 2]
    assert len(carve_sessions(interactions(*rows), share=0.25, seed=1, cases=1).targets) == 1


def test_a_share_of_each_listeners_songs_is_carved_out_by_seed() -> None:
    rows = interactions(
        *((user, song, 1, NAN) for user in (1, 2) for song in range(20)), (3, 1, 1, NAN)
    )
    split = carve_share(rows, seed=1)
    assert [len(target) for target in split.targets] == [2, 2]
    assert [len(history) for history in split.histories] == [18, 18]
    assert len(split.train) == 37
    again, other = (carve_share(rows, seed=seed).targets[0].tolist() for seed in (1, 2))
    assert split.targets[0].tolist() == again != other


def test_nothing_to_hold_out_is_said() -> None:
    one = interactions((1, 10, 1, 1), (2, 10, 1, 2))
    for carve in (carve_last, lambda rows: carve_share(rows, seed=1)):
        with pytest.raises(InteractionsError, match="no listener has two"):
            carve(one)
    with pytest.raises(InteractionsError, match="one listener alone"):
        carve_sessions(interactions((1, 10, 1, 1), (1, 11, 1, 2)), seed=1, cases=5)


def test_a_sample_asks_fewer_and_learns_from_the_same() -> None:
    rows = interactions(*((user, song, 1, song) for user in range(9) for song in range(3)))
    split = leave_last_out(rows, seed=1)
    few = split.sample(4, seed=1)
    assert (len(few.histories), len(few.targets), len(few.seen)) == (4, 4, 4)
    assert few.train is split.train
    assert split.sample(9, seed=1) is split
