"""The contract, over every recommender: two tastes on a checkerboard, songs 100..109.

Even listeners like four of the five even songs, odd listeners four of the odd ones.
"""

import sys
from dataclasses import asdict
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from models.recommender.blend import BlendConfig, Part
from models.recommender.fit import fit as fit_any
from models.recommender.interactions import Interactions
from models.recommender.interface import History, Ids, Ranked, Recommender
from models.recommender.multimodal import MultimodalConfig
from models.recommender.registry import FAMILIES, TRAINED
from models.recommender.rnn import RnnConfig
from models.recommender.song_features import SongFeatures
from models.recommender.two_tower import TwoTowerConfig

PERSONAL = ("itemcf", "usercf", "session_rules", "vsknn", "rnn", "two_tower", "blend", "multimodal")
EVEN = np.arange(100, 110, 2)
ODD = np.arange(101, 110, 2)
NOBODY = np.empty(0, dtype=np.int64)


@cache
def checkerboard() -> Interactions:
    rng = np.random.default_rng(5)
    rows = []
    for listener in range(40):
        songs = rng.permutation(ODD if listener % 2 else EVEN)[:4]
        rows += [(listener, song, 1.0, float(place)) for place, song in enumerate(songs)]
    users, items, values, timestamps = (np.array(column) for column in zip(*rows, strict=True))
    return Interactions(users, items, values, timestamps)


def sides(interactions: Interactions) -> list[SongFeatures]:
    """What even and odd songs look and sound like."""
    songs = np.unique(interactions.items)
    return [
        SongFeatures(songs, np.eye(2, dtype=np.float32)[songs % 2], name)
        for name in ("audio", "cover")
    ]


def fit(name: str, interactions: Interactions) -> Recommender:
    if name == "blend":
        parts = {
            family: Part(family, 0.5, asdict(FAMILIES[family].config_type()))
            for family in ("itemcf", "vsknn")
        }
        return fit_any(interactions, BlendConfig(parts), seed=3)
    if name == "multimodal":
        return fit_any(interactions, MultimodalConfig(), features=sides(interactions), seed=3)
    if name not in ("rnn", "two_tower"):
        return fit_any(interactions, FAMILIES[name].config_type(), until=3.0, seed=3)
    if name == "two_tower":
        towers = TwoTowerConfig(width=16, epochs=60, patience=0, batch=8, learning_rate=0.02)
        return fit_any(interactions, towers, seed=3)
    small = RnnConfig(width=16, window=6, epochs=40, patience=0, learning_rate=0.01)
    return fit_any(interactions, small, seed=3)


fitted = cache(lambda name: fit(name, checkerboard()))


def history(*songs: int, values: list[float] | None = None, user: int | None = None) -> History:
    said = np.ones(len(songs)) if values is None else np.array(values)
    return History(
        np.array(songs, dtype=np.int64), said, np.arange(len(songs), dtype=float), user=user
    )


def ask(recommender: Recommender, past: History, k: int = 3, exclude: Ids | None = None) -> Ranked:
    return recommender.recommend(past, k=k, exclude=past.items if exclude is None else exclude)


def equal(one: Ranked, other: Ranked) -> bool:
    return (
        one.items.tolist() == other.items.tolist()
        and np.allclose(one.scores, other.scores, atol=1e-6)
        and str(one.reasons)[:20] == str(other.reasons)[:20]
    )


@pytest.mark.parametrize("name", PERSONAL)
@pytest.mark.parametrize("taste", [EVEN, ODD])
def test_a_taste_brings_the_rest_of_that_taste(name: str, taste: Ids) -> None:
    ranked = ask(fitted(name), history(*taste[:2]))
    assert sorted(ranked.items) == taste[2:].tolist()
    assert (np.diff(ranked.scores) <= 0).all()
    assert (ranked.scores > 0).all()
    assert len(ranked.reasons) == 3


@pytest.mark.parametrize("name", TRAINED)
def test_what_is_excluded_never_comes_and_the_history_alone_excludes_nothing(name: str) -> None:
    past = history(*EVEN[:3])
    everything = ask(fitted(name), past, k=10, exclude=NOBODY)
    assert set(EVEN) <= set(everything.items)
    rest = ask(fitted(name), past, k=10, exclude=EVEN[[0, 3]])
    assert not {EVEN[0], EVEN[3]} & set(rest.items)
    assert EVEN[4] in rest.items
    assert len(ask(fitted(name), past, exclude=np.append(EVEN, ODD))) == 0


@pytest.mark.parametrize("name", TRAINED)
def test_at_most_k_songs_and_none_twice(name: str) -> None:
    for k in (0, 1, 4, 50):
        ranked = ask(fitted(name), history(*EVEN[:2]), k=k)
        assert len(ranked) == len(ranked.scores) == len(ranked.reasons) <= k
        assert len(set(ranked.items)) == len(ranked)


@pytest.mark.parametrize("name", PERSONAL)
@pytest.mark.parametrize(
    "past",
    [
        history(),
        history(5, 999_999),
        history(*EVEN[:2], values=[-1, -0.5]),
        history(*EVEN[:2], values=[0, 0]),
    ],
    ids=["empty", "unknown songs", "only refusals", "nothing said"],
)
def test_without_a_known_liked_song_nothing_is_recommended(name: str, past: History) -> None:
    assert len(ask(fitted(name), past)) == 0


def test_popularity_needs_no_history() -> None:
    assert len(ask(fitted("popularity"), history())) == 3


@pytest.mark.parametrize("name", TRAINED)
def test_an_unknown_song_changes_nothing(name: str) -> None:
    known = history(*EVEN[:2])
    beside = History(
        np.array([7, *known.items]), np.array([1, 1, 1]), np.array([-1, *known.timestamps])
    )
    assert equal(ask(fitted(name), known), ask(fitted(name), beside))


@pytest.mark.parametrize("name", PERSONAL)
def test_a_refusal_lowers_what_is_like_it(name: str) -> None:
    def score(past: History) -> float:
        ranked = ask(fitted(name), past, k=10)
        return float(dict(zip(ranked.items, ranked.scores, strict=True)).get(EVEN[2], 0.0))

    liked, refused = (history(*EVEN[:2], values=[1.0, value]) for value in (0.0, -1.0))
    assert score(refused) < score(liked)


@pytest.mark.parametrize("name", TRAINED)
def test_many_at_once_are_ranked_as_one_by_one(name: str) -> None:
    pasts = [history(*EVEN[:3]), history(), history(ODD[1]), history(*np.tile(EVEN, 9)[:40])]
    exclude = [NOBODY, EVEN, ODD[:1], EVEN[:1]]
    many = fitted(name).recommend_many(pasts, k=4, exclude=exclude)
    for past, out, ranked in zip(pasts, exclude, many, strict=True):
        assert equal(ranked, ask(fitted(name), past, k=4, exclude=out))


@pytest.mark.parametrize("name", TRAINED)
def test_saved_and_loaded_it_says_the_same(name: str, tmp_path: Path) -> None:
    fitted(name).save(tmp_path)
    loaded = FAMILIES[name].load(tmp_path)
    assert loaded.config == fitted(name).config
    past = history(*EVEN[:2], user=0)
    assert equal(ask(loaded, past), ask(fitted(name), past))
    assert ask(loaded, past).reasons == ask(fitted(name), past).reasons


@pytest.mark.parametrize("name", TRAINED)
def test_fitting_again_gives_the_same_and_shuffled_or_doubled_rows_do_not_matter(
    name: str,
) -> None:
    rows = checkerboard()
    shuffled = rows.take(np.random.default_rng(1).permutation(len(rows)))
    past = history(*ODD[:2])
    assert equal(ask(fit(name, rows), past), ask(fitted(name), past))
    assert equal(ask(fit(name, shuffled), past), ask(fitted(name), past))
    if name != "rnn":
        doubled = rows.take(np.tile(np.arange(len(rows)), 2))
        assert equal(ask(fit(name, doubled), past), ask(fitted(name), past))


@pytest.mark.parametrize("name", TRAINED)
def test_fitting_on_new_listening_forgets_the_old(name: str) -> None:
    moved = checkerboard()
    moved = Interactions(moved.users, moved.items + 1_000, moved.values, moved.timestamps)
    ranked = ask(fit(name, moved), history(*(EVEN[:2] + 1_000)))
    assert set(ranked.items) <= set(np.append(EVEN, ODD) + 1_000)
    assert len(ranked) == 3


@pytest.mark.parametrize("name", TRAINED)
def test_a_very_long_history_is_answered(name: str) -> None:
    songs = np.random.default_rng(2).choice(EVEN, 1_000_000)
    past = History(songs, np.ones(len(songs)), np.arange(len(songs), dtype=float))
    ranked = fitted(name).recommend(past, k=2, exclude=EVEN[:3])
    assert len(ranked) == 2


@pytest.mark.parametrize("name", ["popularity", "itemcf", "usercf"])
def test_one_listener_and_only_refusals_can_be_fitted(name: str) -> None:
    one = Interactions(np.array([1, 1]), np.array([5, 6]), np.array([1.0, 0.5]), np.array([1.0, 2]))
    assert ask(fit(name, one), history(5)).items.tolist() == [6]
    refused = Interactions(one.users, one.items, -one.values, one.timestamps)
    assert len(ask(fit(name, refused), history(5))) == 0


def test_a_history_is_sorted_by_time_unknown_first() -> None:
    past = History(
        np.array([3, 1, 2, 4]),
        np.array([0.3, 0.1, 0.2, 0.4]),
        np.array([30, 10, np.nan, 10]),
        ("rock", None, None, "folk"),
    )
    assert past.items.tolist() == [2, 1, 4, 3]
    assert past.tastes == (None, None, "folk", "rock")
    assert past.values == pytest.approx([0.2, 0.1, 0.4, 0.3])


def test_a_history_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="differ in length"):
        History(np.array([1]), np.array([1.0, 2.0]), np.array([1.0]))
    with pytest.raises(ValueError, match="not a number"):
        History(np.array([1]), np.array([np.nan]), np.array([1.0]))


def test_the_suite_covers_every_algorithm() -> None:
    assert set(TRAINED) == {*PERSONAL, "popularity"} == set(FAMILIES) - {"als"}
    assert sys.modules["tensorflow"], "the network of this suite is really trained"
