"""V-SKNN worked out by hand: u1 hears A B C, u2 hears B A D, u3 hears E F."""

import numpy as np
import pytest

from models.recommender.fit_vsknn import fit_vsknn
from models.recommender.interactions import Interactions
from models.recommender.interface import Continues, History
from models.recommender.vsknn import Vsknn, VsknnConfig

A, B, C, D, E, F = range(1, 7)
HEARD = {1: (A, B, C), 2: (B, A, D), 3: (E, F)}
TWO, ONE = np.log(1 + 3 / 2), np.log(1 + 3 / 1)
"""Rarity of a song of two listeners of three, and of one."""


def fitted(**settings: object) -> Vsknn:
    found = [(user, song) for user, songs in HEARD.items() for song in songs]
    users, items = (np.array(column) for column in zip(*found, strict=True))
    rows = Interactions(users, items, np.ones(len(found)), np.arange(len(found), dtype=float))
    plain = {"decay": 0.0, "sharpness": 1.0, "length_power": 0.5}
    return fit_vsknn(rows, VsknnConfig(**{**plain, **settings}), seed=1)


def history(*songs: int, user: int | None = None) -> History:
    times = np.arange(len(songs), dtype=float)
    return History(np.array(songs), np.ones(len(songs)), times, user=user)


def scores(recommender: Vsknn, past: History) -> dict[int, float]:
    ranked = recommender.recommend(past, k=9, exclude=past.items)
    return dict(zip(ranked.items.tolist(), ranked.scores.tolist(), strict=True))


def test_the_listening_with_the_common_song_votes_by_rarity() -> None:
    # A: both u1 and u2 at similarity TWO / sqrt 3; B has votes of two, C and D of one each.
    vote = TWO / np.sqrt(3)
    found = scores(fitted(), history(A))
    assert found == pytest.approx({B: 2 * vote * TWO, C: vote * ONE, D: vote * ONE})


def test_the_signed_form_prefers_what_came_after() -> None:
    # After A: u1 B at 1, C at 2; u2 D at 1. Before A: u2 B at -1, counted .4.
    vote = TWO / np.sqrt(3)
    found = scores(fitted(form="signed"), history(A))
    assert found == pytest.approx(
        {B: 1.4 * vote * TWO, C: np.exp(-0.5) * vote * ONE, D: vote * ONE}
    )


def test_the_match_is_the_songs_of_most_weight() -> None:
    # History B, A: A is newer and stands later in u2: D follows it at 1. In u1, C stands 2 from A.
    found = scores(fitted(form="signed"), history(B, A))
    assert found[D] / found[C] == pytest.approx(np.exp(0.5))


def test_old_listening_fades() -> None:
    found = scores(fitted(decay=2.0), history(A))
    # u1 ends at event 3 of 8, age 5/8; u2 at event 6, age 2/8.
    assert found[D] / found[C] == pytest.approx(np.exp(2 * 3 / 8))


def test_sharpness_and_the_number_of_neighbours_count() -> None:
    assert scores(fitted(sharpness=2.0), history(A))[C] == pytest.approx(TWO**2 / 3 * ONE)
    assert C in scores(fitted(neighbours=1), history(A))
    assert D not in scores(fitted(neighbours=1), history(A))


def test_the_asking_listener_is_no_neighbour() -> None:
    assert C not in scores(fitted(), history(A, user=1))


def test_the_reason_is_the_song_that_brought_the_vote() -> None:
    past = history(E, A)
    ranked = fitted().recommend(past, k=9, exclude=past.items)
    reasons = dict(zip(ranked.items.tolist(), ranked.reasons, strict=True))
    assert reasons == {
        B: Continues((A,)),
        C: Continues((A,)),
        D: Continues((A,)),
        F: Continues((E,)),
    }
