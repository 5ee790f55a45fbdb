"""Session rules worked out by hand: u1 hears A B C, u2 hears A B, u3 hears C A."""

import numpy as np
import pytest

from models.recommender.fit_session_rules import fit_session_rules
from models.recommender.interactions import Interactions, InteractionsError
from models.recommender.interface import Continues, History
from models.recommender.session_rules import SessionRules, SessionRulesConfig

A, B, C = 1, 2, 3
HEARD = {1: (A, B, C), 2: (A, B), 3: (C, A)}


def rows() -> Interactions:
    found = [(user, song) for user, songs in HEARD.items() for song in songs]
    users, items = (np.array(column) for column in zip(*found, strict=True))
    return Interactions(users, items, np.ones(len(found)), np.arange(len(found), dtype=float))


def fitted(**settings: float) -> SessionRules:
    plain = {"decay": 0.0, "source_power": 0.0, "backward": 0.5, "memory": 2.0}
    return fit_session_rules(rows(), SessionRulesConfig(**{**plain, **settings}), seed=1)


def history(*songs: int) -> History:
    return History(np.array(songs), np.ones(len(songs)), np.arange(len(songs), dtype=float))


def scores(recommender: SessionRules, *songs: int) -> dict[int, float]:
    past = history(*songs)
    ranked = recommender.recommend(past, k=9, exclude=past.items)
    return dict(zip(ranked.items.tolist(), ranked.scores.tolist(), strict=True))


def test_followers_count_by_nearness_and_those_before_by_half() -> None:
    # After A: B twice at distance 1; C once at 2, and before A once: 1/2 + 1/2 = 1.
    assert scores(fitted(), A) == pytest.approx({B: 2, C: 1})
    # After C: A once; before C: B at 1 and A at 2, each by half.
    assert scores(fitted(), C) == pytest.approx({A: 1.25, B: 0.5})


def test_a_song_with_many_followers_is_held_back() -> None:
    assert scores(fitted(source_power=1.0), A) == pytest.approx({B: 2 / 3, C: 1 / 3})


def test_the_last_song_of_the_history_counts_most() -> None:
    # B (newest): C 1, by memory exp(0); A (one song older): C 1 x exp(-1/2).
    assert scores(fitted(), A, B) == pytest.approx({C: 1 + np.exp(-0.5)})


def test_old_pairs_fade() -> None:
    # The seven events have ages 6/7 .. 0; the pairs A B end at events 2 and 5: ages 5/7 and 2/7.
    found = scores(fitted(decay=1.0, backward=0.0), A)
    assert found[B] == pytest.approx(np.exp(-5 / 7) + np.exp(-2 / 7))


def test_only_the_best_followers_are_kept() -> None:
    assert scores(fitted(neighbours=1), A) == pytest.approx({B: 2})


def test_the_reason_is_the_song_that_it_usually_follows() -> None:
    past = history(C, A)
    ranked = fitted(memory=100.0).recommend(past, k=1, exclude=past.items)
    assert ranked.reasons == (Continues((A,)),)


def test_without_a_pair_there_is_nothing_to_learn() -> None:
    alone = Interactions(np.array([1, 2]), np.array([A, B]), np.ones(2), np.arange(2.0))
    with pytest.raises(InteractionsError, match="no listener likes two songs"):
        fit_session_rules(alone, SessionRulesConfig(), seed=1)


def test_a_song_follows_itself_only_where_repeats_count() -> None:
    heard = Interactions(np.ones(3), np.array([A, A, B]), np.ones(3), np.arange(3.0))
    followers = {}
    for repeats in (False, True):
        config = SessionRulesConfig(
            decay=0.0, source_power=0.0, backward=0.0, memory=2.0, repeats=repeats
        )
        ranked = fit_session_rules(heard, config, seed=1).recommend(
            history(A), k=9, exclude=np.empty(0, dtype=np.int64)
        )
        followers[repeats] = dict(zip(ranked.items.tolist(), ranked.scores.tolist(), strict=True))
    # With the repeat B comes one step after the second A and two after the first.
    assert followers == {False: {B: 1.0}, True: {A: 1.0, B: 1.5}}
