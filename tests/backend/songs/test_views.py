from collections.abc import Callable
from datetime import date

from tests.backend.conftest import Person
from tests.factories.library import Library

Persons = Callable[[str], Person]
LRC = "[ti:雾港]\n[00:01.00]灯塔眨了三次眼\n[00:05.50]船就认得回家的路\n[00:09]第三行"


def test_a_song_carries_all_a_card_shows(visitor: Person, library: Library) -> None:
    singer, guest = library.artist("陈渡"), library.artist("白屿")
    album = library.album("北纬三十")
    song = library.song(
        "雾港",
        artists=(singer, guest),
        genres=("民谣", "流行"),
        lyric=LRC,
        released=date(2026, 3, 1),
        album_id=album.id,
        heat=81.5,
        copyright="free",
        original="original",
    )
    shown = visitor.get(f"/api/songs/{song.id}").json
    assert shown["artists"] == [
        {"id": singer.id, "name": "陈渡"},
        {"id": guest.id, "name": "白屿"},
    ]
    assert shown["album"] == {"id": album.id, "title": "北纬三十"}
    assert shown["genres"] == ["民谣", "流行"]
    assert (shown["release_date"], shown["release_precision"]) == ("2026-03-01", "day")
    assert shown["has_lyrics"] is True
    assert shown["source"] == "test"


def test_unknown_stays_null(visitor: Person, library: Library) -> None:
    shown = visitor.get(f"/api/songs/{library.song().id}").json
    for field in ("language", "heat", "copyright", "original", "release_date", "duration_ms"):
        assert shown[field] is None, field
    assert shown["rating"] == {"mean": None, "count": 0}
    assert 0 <= shown["cover"]["palette"] < 10


def test_a_cover_names_its_original(visitor: Person, library: Library) -> None:
    first = library.song("青绿")
    cover = library.song("青绿 (翻唱)", original="cover", original_song_id=first.id)
    shown = visitor.get(f"/api/songs/{cover.id}").json
    assert shown["original_song"] == {"id": first.id, "title": "青绿"}


def test_lists_sort_filter_and_page(visitor: Person, library: Library) -> None:
    old = library.song(
        "甲", released=date(1998, 5, 1), heat=90.0, genres=("民谣",), language="粤语"
    )
    new = library.song("乙", released=date(2026, 1, 2), heat=10.0, genres=("民谣", "摇滚"))
    undated = library.song("丙", heat=None, language="粤语")

    def ids(query: str) -> list[int]:
        return [s["id"] for s in visitor.get(f"/api/songs?{query}").json["items"]]

    assert ids("sort=newest") == [new.id, old.id, undated.id]
    assert ids("sort=heat") == [old.id, new.id, undated.id]
    assert ids("genre=民谣&sort=newest") == [new.id, old.id]
    assert ids("genre=没有") == []
    assert ids("language=粤语&sort=heat") == [old.id, undated.id]
    assert ids("year=1998") == [old.id]
    assert ids("decade=1990") == [old.id]
    assert ids("decade=2020&language=粤语") == []
    assert ids("q=乙") == [new.id]
    page = visitor.get("/api/songs?sort=heat&page=2&per_page=1").json
    assert (page["total"], page["page"], page["per_page"]) == (3, 2, 1)
    assert [s["id"] for s in page["items"]] == [new.id]


def test_songs_to_play_and_songs_to_read_are_filtered(visitor: Person, library: Library) -> None:
    both = library.song("甲", audio_seconds=21.5, lyric=LRC)
    heard = library.song("乙", audio_seconds=30.0)
    read = library.song("丙", lyric=LRC)
    neither = library.song("丁")

    def ids(query: str) -> set[int]:
        page = visitor.get(f"/api/songs?{query}").json
        assert page["total"] == len(page["items"])
        return {song["id"] for song in page["items"]}

    assert ids("has_audio=true") == {both.id, heard.id}
    assert ids("has_audio=false") == {read.id, neither.id}
    assert ids("has_lyrics=true") == {both.id, read.id}
    assert ids("has_lyrics=false&has_audio=true") == {heard.id}


def test_a_percent_sign_is_no_wildcard(visitor: Person, library: Library) -> None:
    library.song("雾港")
    hit = library.song("100% 的雨")
    found = visitor.get("/api/songs?q=%25").json["items"]
    assert [s["id"] for s in found] == [hit.id]


def test_a_search_finds_by_artist(visitor: Person, library: Library) -> None:
    song = library.song("麦浪", artists=(library.artist("江野"),))
    assert [s["id"] for s in visitor.get("/api/songs?q=江").json["items"]] == [song.id]


def test_bad_queries_are_refused_by_field(visitor: Person) -> None:
    for query, field in (
        ("per_page=101", "per_page"),
        ("page=0", "page"),
        ("sort=random", "sort"),
        ("year=abc", "year"),
        ("decade=1995", "decade"),
        ("has_audio=perhaps", "has_audio"),
        ("colour=red", "colour"),
    ):
        answer = visitor.get(f"/api/songs?{query}")
        assert answer.status_code == 422
        assert answer.json["errors"][0]["field"] == field


def test_lyrics_come_line_by_line_in_time_order(visitor: Person, library: Library) -> None:
    song = library.song(lyric=LRC)
    answer = visitor.get(f"/api/songs/{song.id}/lyrics").json
    assert answer["kind"] == "lrc"
    assert [(n["ms"], n["text"]) for n in answer["lines"]] == [
        (1000, "灯塔眨了三次眼"),
        (5500, "船就认得回家的路"),
        (9000, "第三行"),
    ]


def test_a_song_without_lyrics_says_so(visitor: Person, library: Library) -> None:
    answer = visitor.get(f"/api/songs/{library.song().id}/lyrics").json
    assert (answer["kind"], answer["lines"]) == ("uncollected", [])
    assert visitor.get("/api/songs/999999/lyrics").status_code == 404


def test_the_carousel_is_the_five_newest_with_two_lines(visitor: Person, library: Library) -> None:
    songs = [
        library.song(f"第{day}首", released=date(2026, 2, day), lyric=LRC) for day in range(1, 8)
    ]
    library.song("不知何时")
    slides = visitor.get("/api/home/carousel").json["items"]
    assert [s["song"]["id"] for s in slides] == [s.id for s in songs[:1:-1]]
    assert slides[0]["lyric_lines"] == ["灯塔眨了三次眼", "船就认得回家的路"]


def test_facets_count_songs(visitor: Person, library: Library) -> None:
    library.song(genres=("民谣", "摇滚"), language="粤语", released=date(1999, 9, 9))
    library.song(genres=("民谣",), language="普通话", released=date(2026, 1, 1))
    library.song()
    library.refresh()
    assert visitor.get("/api/genres").json["items"] == [
        {"name": "民谣", "count": 2},
        {"name": "摇滚", "count": 1},
    ]
    languages = visitor.get("/api/languages").json["items"]
    assert {"name": "粤语", "count": 1} in languages
    assert len(languages) == 2
    assert visitor.get("/api/years").json["items"] == [
        {"year": 2026, "count": 1},
        {"year": 1999, "count": 1},
    ]


def test_an_artists_heat_is_the_sum_of_the_songs_heat(visitor: Person, library: Library) -> None:
    loud, quiet = library.artist("响"), library.artist("静")
    library.song(artists=(loud, quiet), heat=40.0)
    library.song(artists=(loud,), heat=20.5)
    library.song(artists=(loud,), heat=None)
    library.artist("无歌")
    library.refresh()
    artists = visitor.get("/api/artists").json
    assert [(a["name"], a["heat"], a["song_count"]) for a in artists["items"]] == [
        ("响", 60.5, 3),
        ("静", 40.0, 1),
    ]
    assert artists["total"] == 2
    assert [a["name"] for a in visitor.get("/api/artists?q=静").json["items"]] == ["静"]


def test_a_list_takes_a_constant_number_of_queries(
    visitor: Person, library: Library, count_queries: Callable[[], int]
) -> None:
    for song in library.songs(3):
        library.rate(library.listener(), song, 4)
    count_queries()
    visitor.get("/api/songs?per_page=2")
    few = count_queries()
    library.songs(10, heat=5.0)
    count_queries()
    visitor.get("/api/songs?per_page=13")
    assert count_queries() == few


def test_an_artist_shows_albums_and_songs(visitor: Person, library: Library) -> None:
    singer, other = library.artist("陈渡"), library.artist("白屿")
    album = library.album("北纬三十")
    album.artist_id = singer.id
    mine = library.song("雾港", artists=(singer,), album_id=album.id)
    library.song("别人的歌", artists=(other,))
    library.refresh()
    artist = visitor.get(f"/api/artists/{singer.id}").json
    assert (artist["name"], artist["song_count"]) == ("陈渡", 1)
    assert [a["title"] for a in artist["albums"]] == ["北纬三十"]
    shown = visitor.get(f"/api/albums/{album.id}").json
    assert shown["artist"] == {"id": singer.id, "name": "陈渡"}
    for query in (f"artist_id={singer.id}", f"album_id={album.id}"):
        found = visitor.get(f"/api/songs?{query}").json
        assert ([s["id"] for s in found["items"]], found["total"]) == ([mine.id], 1)


def test_an_artist_or_album_that_is_not_there_is_a_404(visitor: Person) -> None:
    for path in ("/api/artists/999999", "/api/albums/999999"):
        answer = visitor.get(path)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
