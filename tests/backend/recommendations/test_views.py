from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from backend.songs.tables import Song
from tests.backend.conftest import Person
from tests.backend.recommendations.conftest import TwoTastes
from tests.factories.library import Library

Persons = Callable[[str], Person]
Fit = Callable[[], None]


def rows(person: Person, query: str = "") -> dict[str, dict[str, Any]]:
    found = person.get(f"/api/recommendations{query}").json["rows"]
    return {row["algorithm"]: row for row in found}


def ids(row: dict[str, Any]) -> list[int]:
    return [item["song"]["id"] for item in row["items"]]


@pytest.fixture
def fan(person: Persons, two_tastes: TwoTastes, fit: Fit) -> Person:
    """Hearted three folk songs."""
    fit()
    me = person("listener")
    for song in two_tastes.folk[:3]:
        assert me.put(f"/api/songs/{song.id}/heart").status_code == 200
    return me


def test_hearts_of_one_style_bring_that_style(fan: Person, two_tastes: TwoTastes) -> None:
    folk = {song.id for song in two_tastes.folk}
    found = rows(fan)
    for algorithm in ("usercf", "itemcf"):
        own = [i["song"]["id"] for i in found[algorithm]["items"] if not i["fallback"]]
        assert own
        assert set(own) <= folk


def test_every_row_is_four_different_songs_of_different_artists(
    fan: Person, two_tastes: TwoTastes
) -> None:
    found = rows(fan)
    assert list(found) == ["rnn", "usercf", "itemcf", "two_tower"]
    shown = [song for row in found.values() for song in ids(row)]
    assert len(shown) == len(set(shown)) == 16
    assert not set(shown) & {song.id for song in two_tastes.folk[:3]}
    for row in found.values():
        artists = [i["song"]["artists"][0]["id"] for i in row["items"]]
        assert len(set(artists)) == len(artists)


def test_a_row_without_a_model_says_so_and_is_filled_with_labelled_songs(fan: Person) -> None:
    rnn = rows(fan)["rnn"]
    assert (rnn["state"], rnn["model_version"], rnn["fallback"]) == ("missing", None, True)
    assert all(item["fallback"] for item in rnn["items"])
    assert {item["reason"]["kind"] for item in rnn["items"]} == {"popular"}


def test_the_next_heart_changes_the_rows_without_training(
    fan: Person, two_tastes: TwoTastes
) -> None:
    before = rows(fan)["itemcf"]
    liked = ids(before)[0]
    fan.put(f"/api/songs/{liked}/heart?row_id={before['row_id']}")
    after = rows(fan)["itemcf"]
    assert liked not in ids(after)
    assert after["model_version"] == before["model_version"]
    assert after["basis"]["hearts"] == before["basis"]["hearts"] + 1


def test_an_itemcf_reason_is_a_song_of_mine_with_a_cosine_anyone_can_recompute(
    fan: Person, two_tastes: TwoTastes, library: Library
) -> None:
    mine = {song.id for song in two_tastes.folk[:3]}
    listeners: dict[int, set[int]] = {}
    for song, user in _liked_pairs(library.session, but=fan.id):
        listeners.setdefault(song, set()).add(user)
    checked = 0
    for item in rows(fan)["itemcf"]["items"]:
        if item["fallback"]:
            continue
        reason = item["reason"]
        assert reason["song"]["id"] in mine
        a, b = listeners[reason["song"]["id"]], listeners[item["song"]["id"]]
        cosine = len(a & b) / (len(a) * len(b)) ** 0.5
        assert reason["similarity"] == pytest.approx(cosine, abs=1e-3)
        checked += 1
    assert checked


def test_a_usercf_reason_counts_listeners_who_really_liked_the_song(
    fan: Person, library: Library
) -> None:
    likers: dict[int, set[int]] = {}
    for song, user in _liked_pairs(library.session, but=fan.id):
        likers.setdefault(song, set()).add(user)
    own = [i for i in rows(fan)["usercf"]["items"] if not i["fallback"]]
    assert own
    for item in own:
        reason = item["reason"]
        assert 0 < reason["liked"] <= min(reason["of"], len(likers[item["song"]["id"]]))


def test_a_popular_reason_counts_the_listeners(
    visitor: Person, fit: Fit, two_tastes: TwoTastes, library: Library
) -> None:
    fit()
    row = rows(visitor)["popularity"]
    likers: dict[int, set[int]] = {}
    for song, user in _liked_pairs(library.session, but=0):
        likers.setdefault(song, set()).add(user)
    assert len(row["items"]) == 4
    for item in row["items"]:
        assert item["reason"]["listeners"] == len(likers[item["song"]["id"]])


def _liked_pairs(session: Session, *, but: int) -> list[tuple[int, int]]:
    from sqlalchemy import text

    found = session.execute(
        text("SELECT song_id, user_id FROM ratings WHERE stars >= 3 AND user_id <> :but"),
        {"but": but},
    )
    return [(song, user) for song, user in found]


def test_hidden_and_rated_songs_never_come_back(fan: Person) -> None:
    row = rows(fan)["usercf"]
    first, second = ids(row)[:2]
    fan.put(f"/api/songs/{first}/hidden")
    fan.put(f"/api/songs/{second}/rating", {"stars": 1})
    shown = [song for r in rows(fan).values() for song in ids(r)]
    assert first not in shown
    assert second not in shown
    fan.put(f"/api/songs/{second}/rating", {"stars": 0})  # cleared: may be recommended again
    assert rows(fan)["usercf"]["basis"]["history"] == 4


def test_an_uncounted_song_is_no_reason(fan: Person, two_tastes: TwoTastes) -> None:
    for song in two_tastes.folk[:2]:
        fan.put(f"/api/songs/{song.id}/uncounted")
    own = [i for i in rows(fan)["itemcf"]["items"] if not i["fallback"]]
    assert {i["reason"]["song"]["id"] for i in own} == {two_tastes.folk[2].id}
    assert not {s.id for s in two_tastes.folk[:2]} & {i["song"]["id"] for i in own}


def test_paging_shares_nothing_between_slices(fan: Person) -> None:
    path = "/api/recommendations/itemcf?limit=3&offset="
    first, second = fan.get(f"{path}0").json, fan.get(f"{path}3").json
    assert not set(ids(first)) & set(ids(second))
    assert first["total"] >= 6


def test_excluded_songs_stay_away(fan: Person) -> None:
    row = fan.get("/api/recommendations/itemcf?limit=2").json
    again = fan.get(f"/api/recommendations/itemcf?limit=2&exclude={','.join(map(str, ids(row)))}")
    assert not set(ids(again.json)) & set(ids(row))
    assert fan.get("/api/recommendations/itemcf?exclude=x").status_code == 422


def test_the_picker_alone_gives_rows_whose_reason_is_the_pick(
    person: Persons, two_tastes: TwoTastes, fit: Fit
) -> None:
    fit()
    me = person("listener")
    assert rows(me)["itemcf"]["fallback"] is True
    me.put("/api/me/tastes", {"genres": ["摇滚"]})
    own = [i for i in rows(me)["itemcf"]["items"] if not i["fallback"]]
    assert own
    assert {(i["reason"]["kind"], i["reason"]["pick"]) for i in own} == {("taste", "摇滚")}
    rock = {song.id for song in two_tastes.rock}
    assert {i["song"]["id"] for i in own} <= rock


def test_a_visitor_sees_popularity_and_no_personal_row(
    visitor: Person, fit: Fit, two_tastes: TwoTastes
) -> None:
    fit()
    assert list(rows(visitor)) == ["popularity"]
    assert visitor.get("/api/recommendations/itemcf").status_code == 401
    assert visitor.get("/api/recommendations/popularity").status_code == 200
    assert visitor.get("/api/recommendations/magic").status_code == 404


def test_without_any_model_a_visitor_gets_the_next_newest(
    visitor: Person, library: Library
) -> None:
    from datetime import date

    made: list[Song] = [
        library.song(f"{d}", artists=(library.artist(f"{d}"),), released=date(2026, 1, d))
        for d in range(1, 10)
    ]
    row = rows(visitor)["popularity"]
    assert row["state"] == "missing"
    assert ids(row) == [song.id for song in made[4:0:-1]]  # the page shows the first four above
    assert {i["reason"]["kind"] for i in row["items"]} == {"newest"}


def test_an_empty_library_gives_empty_rows_and_no_error(visitor: Person) -> None:
    assert rows(visitor)["popularity"]["items"] == []


def test_rows_take_a_constant_number_of_queries(
    fan: Person, two_tastes: TwoTastes, count_queries: Callable[[], int]
) -> None:
    rows(fan)
    count_queries()
    rows(fan)
    few = count_queries()
    for song in two_tastes.folk[3:6]:
        fan.put(f"/api/songs/{song.id}/rating", {"stars": 4})
    count_queries()
    rows(fan)
    assert count_queries() <= few
