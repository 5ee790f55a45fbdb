"""ItemCF against a 5 x 6 matrix worked out by hand.

     A B C D E F          listeners p: A 3, B 3, C 2, D 2, E 2, F 1
u1   1 1 . . 1 .          songs n: u1 3, u2 3, u3 3, u4 2, u5 2
u2   1 1 1 . . .          median p over songs of more than one listener: 2
u3   . 1 1 . . 1
u4   . . . 1 1 .          w_ij = (sum over common listeners of 1/n)
u5   1 . . 1 . .                 / (sqrt(p_i p_j) + 1 x 2^(.5 + .5))
"""

import numpy as np
import pytest
from scipy import sparse

from models.recommender import fit_itemcf as fitting
from models.recommender.fit_itemcf import capped, cosine_rows, fit_itemcf
from models.recommender.interactions import Interactions
from models.recommender.interface import History, SimilarTo
from models.recommender.itemcf import ItemCF, ItemCFConfig

A, B, C, D, E, F = range(1, 7)
LIKES = {1: (A, B, E), 2: (A, B, C), 3: (B, C, F), 4: (D, E), 5: (A, D)}
NAN = float("nan")


def matrix() -> Interactions:
    rows = [(user, song) for user, songs in LIKES.items() for song in songs]
    users, items = (np.array(column) for column in zip(*rows, strict=True))
    return Interactions(users, items, np.ones(len(rows)), np.full(len(rows), NAN))


def fitted(sharpness: float = 1.0, neighbours: int = 10) -> ItemCF:
    config = ItemCFConfig(
        neighbours=neighbours,
        source_power=0.5,
        target_power=0.5,
        listener_power=1.0,
        shrinkage=1.0,
        sharpness=sharpness,
    )
    return fit_itemcf(matrix(), config)


def history(**values: float) -> History:
    items = np.array([globals()[song] for song in values])
    return History(items, np.array([*values.values()]), np.full(len(items), NAN))


def test_scores_and_reasons_match_the_matrix() -> None:
    past = history(A=1.0, D=0.5)
    ranked = fitted().recommend(past, k=6, exclude=past.items)
    # E: A by u1, (1/3) / (sqrt 6 + 2) = .074915; D by u4, .5 x (1/2) / (2 + 2) = .0625.
    # B: A by u1 and u2, (2/3) / (3 + 2) = .133333. C: A by u2, (1/3) / (sqrt 6 + 2) = .074915.
    # F shares no listener with A or D and is not shown.
    assert ranked.items.tolist() == [E, B, C]
    assert ranked.scores == pytest.approx([0.137415, 0.133333, 0.074915], abs=1e-6)
    # The larger term of E is A's; cosines of listener sets: A,E 1/sqrt 6; A,B 2/3; A,C 1/sqrt 6.
    assert [reason.item for reason in ranked.reasons] == [A, A, A]
    assert [reason.similarity for reason in ranked.reasons] == pytest.approx(
        [1 / np.sqrt(6), 2 / 3, 1 / np.sqrt(6)]
    )


def test_a_refused_song_takes_its_term_away() -> None:
    past = history(A=1.0, D=-0.5)
    ranked = fitted().recommend(past, k=6, exclude=past.items)
    # E: .074915 - .0625 = .012415.
    assert ranked.items.tolist() == [B, C, E]
    assert ranked.scores == pytest.approx([0.133333, 0.074915, 0.012415], abs=1e-6)
    assert ranked.reasons[2] == SimilarTo(A, pytest.approx(1 / np.sqrt(6)))
    # Refused twice as much, E falls below zero and is not shown.
    past = history(A=1.0, D=-1.0)
    assert E not in fitted().recommend(past, k=6, exclude=past.items).items


def test_sharpness_is_a_power_of_the_similarity() -> None:
    past = history(A=1.0)
    ranked = fitted(sharpness=0.5).recommend(past, k=1, exclude=past.items)
    assert ranked.scores == pytest.approx([np.sqrt(2 / 15)])


def test_only_the_best_neighbours_of_a_target_speak_for_it() -> None:
    # B's neighbours: C by u2, u3 (2/3)/(sqrt 6 + 2) = .1498, then A .1333, F, E.
    past = history(A=1.0)
    assert B not in fitted(neighbours=1).recommend(past, k=6, exclude=past.items).items
    assert B in fitted(neighbours=2).recommend(past, k=6, exclude=past.items).items


def test_newer_songs_weigh_more_where_times_are_known() -> None:
    # One song later weighs exp(-1/10) less: A's B-term against D's E-term of .125.
    older = History(np.array([A, D]), np.ones(2), np.array([1.0, 2.0]))
    ranked = fitted().recommend(older, k=6, exclude=older.items)
    scores = dict(zip(ranked.items.tolist(), ranked.scores.tolist(), strict=True))
    assert scores[B] == pytest.approx(np.exp(-0.1) * 2 / 15)
    assert scores[E] == pytest.approx(np.exp(-0.1) * 0.074915 + 0.125, abs=1e-6)


def test_the_order_of_fitting_rows_plays_no_part() -> None:
    rows = matrix()
    dated = Interactions(rows.users, rows.items, rows.values, np.arange(len(rows))[::-1])
    past = history(A=1.0, D=0.5)
    config = fitted().config
    again = fit_itemcf(dated, config).recommend(past, k=6, exclude=past.items)
    assert again.items.tolist() == [E, B, C]


@pytest.mark.parametrize("shrinkage", [0.0, 5.0])
def test_weights_are_exact_however_many_blocks(
    shrinkage: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "BLOCK", 7)
    rng = np.random.default_rng(5)
    chance = 0.6 / np.arange(1, 41) ** 0.8
    dense = (rng.random((90, 40)) < chance).astype(np.float32)
    p = np.maximum(dense.sum(axis=0), 1)
    together = (dense / np.maximum(dense.sum(axis=1, keepdims=True), 1)).T @ dense
    np.fill_diagonal(together, 0)
    typical = np.median(p[p > 1])
    expected = (together / (np.outer(p, p) ** 0.7 + shrinkage * typical**1.4)) ** 0.6
    config = ItemCFConfig(neighbours=40, shrinkage=shrinkage, longest=1.0)
    seen = []
    for block, kept in cosine_rows(sparse.csr_matrix(dense), config):
        assert kept.toarray() == pytest.approx(expected[block], abs=1e-6)
        seen += block.tolist()
    assert sorted(seen) == list(range(40))


def test_the_longest_listeners_are_read_in_part_the_others_whole() -> None:
    likes = sparse.csr_matrix(np.tril(np.ones((10, 10), dtype=np.float32)))
    part = capped(likes, 0.5)
    # Half of the listeners like at most 5.5 songs: nobody is read beyond 6.
    assert np.diff(part.indptr).tolist() == [1, 2, 3, 4, 5, 6, 6, 6, 6, 6]
    assert part.multiply(likes).sum() == part.nnz
    assert (part[:6] != likes[:6]).nnz == 0
    assert (capped(likes, 0.5) != part).nnz == 0
    assert capped(likes, 1.0) is likes
