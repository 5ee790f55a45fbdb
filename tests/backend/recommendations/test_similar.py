"""Similar songs: near by a song's own vector or listeners, with a reason anyone can recompute."""

from collections.abc import Callable
from typing import Any

import pytest

from backend.ratings.tables import Rating
from tests.backend.conftest import Person
from tests.backend.recommendations.conftest import TwoTastes
from tests.factories.library import Library

Persons = Callable[[str], Person]
Fit = Callable[[], None]


def near(person: Person, song_id: int, query: str = "") -> dict[str, Any]:
    answer = person.get(f"/api/songs/{song_id}/similar{query}")
    assert answer.status_code == 200, answer.text
    return answer.json


def test_songs_of_the_same_listeners_are_near(
    visitor: Person, two_tastes: TwoTastes, fit: Fit, library: Library
) -> None:
    fit()
    song = two_tastes.folk[0]
    row = near(visitor, song.id)
    assert (row["algorithm"], row["state"]) == ("itemcf", "ready")
    folk = {one.id for one in two_tastes.folk} - {song.id}
    found = [item["song"]["id"] for item in row["items"]]
    assert found
    assert set(found) <= folk
    assert not any(item["fallback"] for item in row["items"])
    listeners: dict[int, set[int]] = {}
    for song_id, user_id in library.session.query(Rating.song_id, Rating.user_id):
        listeners.setdefault(song_id, set()).add(user_id)
    for item in row["items"]:
        assert item["reason"]["kind"] == "similar_to"
        assert item["reason"]["song"]["id"] == song.id
        a, b = listeners[song.id], listeners[item["song"]["id"]]
        cosine = len(a & b) / (len(a) * len(b)) ** 0.5
        assert item["reason"]["similarity"] == pytest.approx(cosine, abs=1e-3)
    assert len(near(visitor, song.id, "?limit=2")["items"]) == 2


def test_hidden_songs_are_not_proposed(
    person: Persons, visitor: Person, two_tastes: TwoTastes, fit: Fit
) -> None:
    fit()
    me, song = person("细心的人"), two_tastes.folk[0]
    first = near(me, song.id)["items"][0]["song"]["id"]
    me.put(f"/api/songs/{first}/hidden")
    assert first not in [item["song"]["id"] for item in near(me, song.id)["items"]]
    assert first in [item["song"]["id"] for item in near(visitor, song.id)["items"]]


def test_what_no_recommender_knows_has_no_neighbours(
    visitor: Person, library: Library, fit: Fit, two_tastes: TwoTastes
) -> None:
    row = near(visitor, two_tastes.folk[0].id)
    assert (row["state"], row["items"]) == ("missing", [])
    fit()
    assert near(visitor, library.song("新来的").id)["items"] == []
    assert visitor.get("/api/songs/999999/similar").status_code == 404


def test_more_songs_take_no_more_queries(
    visitor: Person, two_tastes: TwoTastes, fit: Fit, count_queries: Callable[[], int]
) -> None:
    fit()
    near(visitor, two_tastes.folk[0].id)
    count_queries()
    near(visitor, two_tastes.folk[0].id, "?limit=1")
    few = count_queries()
    near(visitor, two_tastes.folk[0].id, "?limit=8")
    assert count_queries() <= few
