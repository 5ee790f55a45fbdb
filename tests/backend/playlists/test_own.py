"""Lists of one's own: made, named, ordered, removed, brought back; for nobody else to see."""

import json
from collections.abc import Callable

import pytest

from backend.songs.tables import Song
from tests.backend.conftest import Person
from tests.factories.library import Library

Persons = Callable[[str], Person]
MINE = "/api/me/playlists"


@pytest.fixture
def songs(library: Library) -> list[Song]:
    return [
        library.song(f"歌{i}", artists=(library.artist(f"歌手{i}"),), audio_seconds=24.0)
        for i in range(5)
    ]


@pytest.fixture
def me(person: Persons) -> Person:
    return person("听歌的人")


def make(person: Person, title: str, songs: list[Song]) -> int:
    answer = person.post(MINE, {"title": title, "song_ids": [song.id for song in songs]})
    assert answer.status_code == 201, answer.text
    return int(answer.json["id"])


def held(person: Person, playlist_id: int) -> list[int]:
    found = person.get(f"/api/playlists/{playlist_id}").json
    return [song["id"] for song in found["songs"]["items"]]


def test_a_list_is_made_named_and_filled(me: Person, songs: list[Song]) -> None:
    one = make(me, "夜里听", songs[:2])
    me.put(f"{MINE}/{one}/songs/{songs[4].id}")
    me.put(f"{MINE}/{one}/songs/{songs[4].id}")
    assert held(me, one) == [songs[0].id, songs[1].id, songs[4].id]
    assert me.put(f"{MINE}/{one}", {"title": "清晨听"}).json["title"] == "清晨听"
    me.delete(f"{MINE}/{one}/songs/{songs[0].id}")
    [listed] = me.get(MINE).json["items"]
    assert (listed["title"], listed["song_count"]) == ("清晨听", 2)
    assert me.get(f"/api/playlists/{one}").json["mine"] is True
    assert me.put(f"{MINE}/{one}/songs/999999").json["type"] == "/problems/song-not-found"
    for title in ("", "   ", "长" * 101):
        assert me.post(MINE, {"title": title}).status_code == 422


def test_an_order_never_loses_a_song(me: Person, songs: list[Song]) -> None:
    one = make(me, "排一排", songs[:4])
    ids = [song.id for song in songs]
    # The fourth was added elsewhere meanwhile; a strange id and a double are passed over.
    me.put(f"{MINE}/{one}/order", {"song_ids": [ids[2], ids[0], 999999, ids[2], ids[1]]})
    assert held(me, one) == [ids[2], ids[0], ids[1], ids[3]]


def test_a_removed_list_can_be_brought_back(me: Person, songs: list[Song]) -> None:
    one = make(me, "留不住", songs[::-1])
    was = me.delete(f"{MINE}/{one}").json
    assert me.get(f"/api/playlists/{one}").status_code == 404
    again = me.post(MINE, was).json["id"]
    assert held(me, again) == [song.id for song in songs[::-1]]


def test_nobody_else_sees_or_changes_it(
    me: Person, person: Persons, visitor: Person, songs: list[Song]
) -> None:
    one = make(me, "秘密", songs[:2])
    other = person("另外的人")
    for stranger in (other, visitor):
        assert stranger.get(f"/api/playlists/{one}").json["type"] == "/problems/playlist-not-found"
        assert stranger.get(f"/api/playlists/{one}/export").status_code == 404
        assert stranger.get("/api/playlists").json["total"] == 0
    assert other.get(MINE).json["items"] == []
    for answer in (
        other.put(f"{MINE}/{one}", {"title": "抢来的"}),
        other.delete(f"{MINE}/{one}"),
        other.put(f"{MINE}/{one}/songs/{songs[3].id}"),
        other.delete(f"{MINE}/{one}/songs/{songs[0].id}"),
        other.put(f"{MINE}/{one}/order", {"song_ids": [songs[1].id]}),
    ):
        assert answer.status_code == 404
    assert held(me, one) == [songs[0].id, songs[1].id]


@pytest.mark.parametrize("kind", ["jspf", "m3u"])
def test_a_list_goes_out_and_comes_back(me: Person, songs: list[Song], kind: str) -> None:
    one = make(me, "带走的歌", songs[:3])
    answer = me.get(f"/api/playlists/{one}/export?format={kind}")
    assert "attachment" in answer.headers["Content-Disposition"]
    text = answer.text
    if kind == "jspf":
        track = json.loads(text)["playlist"]["track"][0]
        assert (track["title"], track["creator"], track["duration"]) == ("歌0", "歌手0", 24_000)
    else:
        assert text.splitlines()[:3] == ["#EXTM3U", "#PLAYLIST:带走的歌", "#EXTINF:24,歌手0 - 歌0"]
    text = text.replace("歌2", "没有的歌")
    back = me.post(f"{MINE}/import", {"text": text}).json
    assert (back["matched"], back["missing_count"]) == (2, 1)
    assert "没有的歌" in back["missing"][0]
    assert back["playlist"]["title"] == "带走的歌"
    assert held(me, back["playlist"]["id"]) == [songs[0].id, songs[1].id]


@pytest.mark.parametrize(
    "text", ["{broken", "{}", '{"playlist": {"track": [1, {"title": 3}]}}', "#EXTM3U\n", "[" * 900]
)
def test_what_is_no_playlist_is_refused_with_the_cure(me: Person, text: str) -> None:
    answer = me.post(f"{MINE}/import", {"text": text})
    assert answer.status_code == 422
    assert "JSPF or M3U" in answer.json["detail"]
    assert me.get(MINE).json["items"] == []


def test_own_lists_take_a_constant_number_of_queries(
    me: Person, songs: list[Song], count_queries: Callable[[], int]
) -> None:
    make(me, "一", songs)
    me.get(MINE)
    count_queries()
    me.get(MINE)
    few = count_queries()
    for title in ("二", "三", "四"):
        make(me, title, songs)
    count_queries()
    me.get(MINE)
    assert count_queries() <= few
