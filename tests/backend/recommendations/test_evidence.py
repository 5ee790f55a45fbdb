from math import log, nan

import numpy as np
import pytest

from backend.recommendations.evidence import Hidden, Played, Rated, weigh
from models.recommender.interactions import implicit_scores


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def rated(*rows: tuple[int, int, int]) -> Rated:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Rated(*columns, np.full(len(rows), 10.0))


def played(*rows: tuple[int, int, int]) -> Played:
    columns = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Played(*columns, np.full(len(rows), 20.0))


NOTHING = Hidden(ints(), ints(), np.empty(0))


def values(*parts: Rated | Played | Hidden) -> list[tuple[int, int, float]]:
    events = weigh(*parts)
    rows = zip(events.users, events.songs, events.values, strict=True)
    return [(int(u), int(s), round(float(v), 6)) for u, s, v in rows]


def test_stars_are_centred() -> None:
    given = rated((1, 10, 5), (1, 11, 3), (1, 12, 1))
    assert values(given, played(), NOTHING) == [(1, 10, 1.0), (1, 11, 0.2), (1, 12, -0.6)]


def test_plays_alone_follow_the_owners_formula() -> None:
    events = played((1, 10, 9), (1, 11, 99))
    expected = implicit_scores((), (), {10: 9, 11: 99})
    assert values(rated(), events, NOTHING) == [
        (1, 10, round(expected[10], 6)),
        (1, 11, 1.0),
    ]


def test_a_score_is_shared_out_over_the_events_of_a_pair() -> None:
    events = values(rated(), played((1, 10, 1), (1, 10, 1), (1, 11, 7)), NOTHING)
    share = log(3) / log(8) / 2
    assert [v for _, _, v in events] == [
        pytest.approx(share, abs=1e-6),
        pytest.approx(share, abs=1e-6),
        1.0,
    ]


def test_a_heart_weighs_against_the_plays_of_other_songs() -> None:
    [_, (_, _, value)] = values(rated((1, 10, 5)), played((1, 11, 9)), NOTHING)
    assert value == round(implicit_scores([10], (), {11: 9})[11], 6)


def test_plays_of_a_song_rated_low_do_not_speak_for_it() -> None:
    assert values(rated((1, 10, 2)), played((1, 10, 50)), NOTHING) == [(1, 10, -0.2)]


def test_listeners_do_not_mix() -> None:
    events = values(rated((2, 10, 5)), played((1, 10, 3), (2, 11, 3)), NOTHING)
    assert events[1] == (1, 10, 1.0)


def test_hiding_is_the_strongest_refusal() -> None:
    hidden = Hidden(ints(1), ints(10), np.array([nan]))
    assert values(rated(), played(), hidden) == [(1, 10, -1.0)]


def test_nothing_done_gives_nothing() -> None:
    assert values(rated(), played(), NOTHING) == []
