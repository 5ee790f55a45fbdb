"""UserCF against a 5 x 6 matrix worked out by hand.

         A B C D E F       idf = ln(1 + 5 / listeners): A, B ln(8/3) = .980829
    u1   1 1 . . 1 .       C, D, E ln(3.5) = 1.252763; F ln 6 = 1.791759
    u2   1 1 1 . . .       idf^2: A, B .962026; C, D, E 1.569415; F 3.210402
    u3   . 1 1 . . 1       lengths: u1, u2 sqrt(3.493467) = 1.869082; u3 2.396214
    u4   . . . 1 1 .                u4 sqrt(3.138830) = 1.771674
    u5   1 . . 1 . .                u5 sqrt(2.531441) = 1.591050

A history that likes A and D has u5's length. Similarity to u5 1; to u4 D's
1.569415 / (1.591050 x 1.771674) = .556763; to u1 and u2 A's .962026 / (1.591050 x 1.869082)
= .323500; to u3 0.
"""

import numpy as np
import pytest

from models.recommender.fit_usercf import fit_usercf
from models.recommender.interactions import Interactions
from models.recommender.interface import History, Ranked, SimilarListeners
from models.recommender.usercf import UserCFConfig

A, B, C, D, E, F = range(1, 7)
LIKES = {1: (A, B, E), 2: (A, B, C), 3: (B, C, F), 4: (D, E), 5: (A, D)}
NAN = float("nan")


def matrix(*refusals: tuple[int, int]) -> Interactions:
    rows = [(user, song, 1.0) for user, songs in LIKES.items() for song in songs]
    rows += [(user, song, -1.0) for user, song in refusals]
    users, items, values = (np.array(column) for column in zip(*rows, strict=True))
    return Interactions(users, items, values, np.full(len(rows), NAN))


def ask(
    neighbours: int,
    *,
    user: int | None = None,
    refused: int | None = None,
    interactions: Interactions | None = None,
) -> Ranked:
    config = UserCFConfig(
        neighbours=neighbours, rarity=2.0, length_power=1.0, sharpness=1.0, popularity_power=0.0
    )
    songs = [A, D] if refused is None else [A, D, refused]
    values = np.array([1.0, 1.0, -1.0][: len(songs)])
    past = History(np.array(songs), values, np.full(len(songs), NAN), user=user)
    recommender = fit_usercf(interactions or matrix(), config)
    return recommender.recommend(past, k=6, exclude=past.items)


def test_the_nearest_listeners_vote() -> None:
    # u5 has nothing new; u4 votes for E.
    ranked = ask(2)
    assert ranked.items.tolist() == [E]
    assert ranked.scores == pytest.approx([0.556763], abs=1e-6)
    assert ranked.reasons == (SimilarListeners(liked=1, of=2),)


def test_the_asking_listener_is_not_their_own_neighbour_and_ties_go_by_id() -> None:
    # Without u5: u4, then u1 before the equal u2. E: .556763 + .323500; B: .323500.
    ranked = ask(2, user=5)
    assert ranked.items.tolist() == [E, B]
    assert ranked.scores == pytest.approx([0.880263, 0.323500], abs=1e-6)
    assert ranked.reasons == (SimilarListeners(liked=2, of=2), SimilarListeners(liked=1, of=2))


def test_of_counts_the_neighbours_that_were_found() -> None:
    # u3 shares nothing: four of the ten asked for are found. B: u1 and u2, .647000; C: u2.
    ranked = ask(10)
    assert ranked.items.tolist() == [E, B, C]
    assert ranked.scores == pytest.approx([0.880263, 0.647000, 0.323500], abs=1e-6)
    assert [reason.liked for reason in ranked.reasons] == [2, 2, 1]
    assert {reason.of for reason in ranked.reasons} == {4}


def test_a_refused_song_turns_its_listeners_away() -> None:
    # Refusing B: u1 and u2 fall to .962026 - .962026 = 0 and are no neighbours any more; u4 and
    # u5 remain, at the history's length sqrt(2.531441 + .962026).
    ranked = ask(10, refused=B)
    assert ranked.items.tolist() == [E]
    assert ranked.scores == pytest.approx([1.569415 / (1.869082 * 1.771674)], abs=1e-6)
    assert ranked.reasons == (SimilarListeners(liked=1, of=2),)


def test_a_neighbours_refusal_is_a_vote_against() -> None:
    # u5 refuses E with its full similarity of 1: .880263 - 1 < 0, so E is not shown.
    assert E not in ask(10, interactions=matrix((5, E))).items
