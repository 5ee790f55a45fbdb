from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.ratings.tables import Rating
from tests.backend.conftest import Person
from tests.factories.library import Library

Persons = Callable[[str], Person]


def test_a_heart_is_five_stars_and_un_heart_restores_what_was(
    person: Persons, library: Library
) -> None:
    song, me = library.song(), person("listener")
    path = f"/api/songs/{song.id}"
    assert me.put(f"{path}/rating", {"stars": 3}).json["stars"] == 3
    hearted = me.put(f"{path}/heart").json
    assert (hearted["stars"], hearted["heart"]) == (5, True)
    assert hearted["rating"] == {"mean": 5.0, "count": 1}
    assert me.put(f"{path}/heart").json == hearted  # a second heart changes nothing
    back = me.delete(f"{path}/heart").json
    assert (back["stars"], back["heart"]) == (3, False)
    assert back["rating"] == {"mean": 3.0, "count": 1}
    assert me.delete(f"{path}/heart").json["stars"] == 3  # below five it changes nothing


def test_un_heart_of_an_unrated_song_clears(person: Persons, library: Library) -> None:
    song, me = library.song(), person("listener")
    me.put(f"/api/songs/{song.id}/heart")
    gone = me.delete(f"/api/songs/{song.id}/heart").json
    assert (gone["stars"], gone["rating"]) == (0, {"mean": None, "count": 0})


def test_stars_after_a_heart_forget_what_the_heart_had_raised(
    person: Persons, library: Library
) -> None:
    song, me = library.song(), person("listener")
    path = f"/api/songs/{song.id}"
    me.put(f"{path}/rating", {"stars": 2})
    me.put(f"{path}/heart")
    me.put(f"{path}/rating", {"stars": 5})  # five by stars, no longer by the heart alone
    assert me.delete(f"{path}/heart").json["stars"] == 0


def test_counters_follow_every_listener(
    person: Persons, library: Library, session: Session
) -> None:
    song = library.song()
    path = f"/api/songs/{song.id}"
    people = [person(f"listener{i}") for i in range(3)]
    for stars, one in zip((5, 4, 2), people, strict=True):
        one.put(f"{path}/rating", {"stars": stars})
    assert people[0].get(path).json["rating"] == {"mean": 3.67, "count": 3}
    people[0].put(f"{path}/rating", {"stars": 0})
    assert people[1].get(path).json["rating"] == {"mean": 3.0, "count": 2}
    rows = session.scalars(select(Rating.stars).where(Rating.song_id == song.id)).all()
    assert sorted(rows) == [0, 2, 4]


def test_stars_outside_zero_to_five_are_refused(person: Persons, library: Library) -> None:
    song, me = library.song(), person("listener")
    for bad in (6, -1, 2.5, "5", None, True):
        answer = me.put(f"/api/songs/{song.id}/rating", {"stars": bad})
        assert answer.status_code == 422, bad
    assert me.put(f"/api/songs/{song.id}/rating").status_code in (400, 415)
    assert me.get(f"/api/songs/{song.id}").json["mine"]["stars"] == 0


def test_an_unknown_song_is_404(person: Persons) -> None:
    me = person("listener")
    for change in (
        me.put("/api/songs/999999/rating", {"stars": 3}),
        me.put("/api/songs/999999/heart"),
        me.delete("/api/songs/999999/heart"),
        me.put("/api/songs/999999/hidden"),
        me.delete("/api/songs/999999/uncounted"),
    ):
        assert change.status_code == 404
        assert change.json["type"] == "/problems/song-not-found"


def test_a_visitor_cannot_rate(visitor: Person, library: Library) -> None:
    song = library.song()
    answer = visitor.put(f"/api/songs/{song.id}/heart")
    assert answer.status_code == 401
    assert visitor.get(f"/api/songs/{song.id}").json["mine"] is None


def test_hidden_and_uncounted_can_be_undone(person: Persons, library: Library) -> None:
    song, me = library.song(), person("listener")
    for mark in ("hidden", "uncounted"):
        path = f"/api/songs/{song.id}/{mark}"
        assert me.put(path).json[mark] is True
        assert me.put(path).json[mark] is True
        assert me.delete(path).json[mark] is False


def test_my_lists_show_what_i_rated_and_hid_latest_first(person: Persons, library: Library) -> None:
    first, second, third = library.songs(3)
    me, other = person("listener"), person("somebody")
    me.put(f"/api/songs/{first.id}/rating", {"stars": 4})
    me.put(f"/api/songs/{second.id}/heart")
    me.put(f"/api/songs/{third.id}/rating", {"stars": 0})
    me.put(f"/api/songs/{third.id}/hidden")
    rated = me.get("/api/me/ratings").json
    assert [(r["song"]["id"], r["stars"], r["heart"]) for r in rated["items"]] == [
        (second.id, 5, True),
        (first.id, 4, False),
    ]
    assert rated["total"] == 2
    assert [h["song"]["id"] for h in me.get("/api/me/hidden").json["items"]] == [third.id]
    assert other.get("/api/me/ratings").json["total"] == 0


def test_hearts_made_last_are_part_of_me(person: Persons, library: Library) -> None:
    songs, me = library.songs(5), person("listener")
    for song in songs:
        me.put(f"/api/songs/{song.id}/heart")
    recent = me.get("/api/accounts/me").json["recent_hearts"]
    assert [s["id"] for s in recent] == [s.id for s in songs[:0:-1]]
