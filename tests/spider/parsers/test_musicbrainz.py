"""Answers of MusicBrainz, ListenBrainz and LRCLIB into records; unknown stays unknown."""

from datetime import date
from typing import Any

import pytest

from spider.parsers import lrclib
from spider.parsers import musicbrainz as mb
from spider.parsers.refusal import Refused

ID = "00000000-0000-4000-8000-00000000000{}"
ARTIST = {"id": ID.format("a"), "name": "示例歌手甲"}
RECORDING: dict[str, Any] = {
    "id": ID.format(1),
    "title": "示例录音",
    "length": 225_000,
    "first-release-date": "2001-05",
    "artist-credit": [{"name": "某人", "joinphrase": "", "artist": ARTIST}],
    "genres": [{"name": "folk", "count": 1}, {"name": "mandopop", "count": 2}],
}


def work(number: int, *attributes: str) -> dict[str, Any]:
    told = {"id": ID.format(number), "title": f"录音{number}"}
    return {"type": "performance", "attributes": list(attributes), "recording": told}


def test_a_recording_is_a_song() -> None:
    song = mb.parse_recording(RECORDING)
    assert (song.title, song.duration_ms, song.artists) == ("示例录音", 225_000, (ID.format("a"),))
    assert (song.release_date, song.release_precision) == (date(2001, 5, 1), "month")
    assert song.genres == ("mandopop", "folk")
    assert "original" not in song.model_fields_set


def test_what_a_recording_does_not_tell_stays_unknown() -> None:
    song = mb.parse_recording({"id": ID.format(2), "title": "无时长示例", "length": None})
    assert (song.duration_ms, song.release_date, song.artists, song.heat) == (None, None, (), None)


@pytest.mark.parametrize("key", [None, 7, "", "7", ID])
def test_what_is_no_mbid_is_refused(key: object) -> None:
    with pytest.raises(Refused):
        mb.parse_recording(RECORDING | {"id": key})


@pytest.mark.parametrize(
    ("text", "found", "precision"),
    [
        ("2001", date(2001, 1, 1), "year"),
        ("2001-05-06", date(2001, 5, 6), "day"),
        ("", None, None),
        ("2001-13", None, None),
        ("????-05", None, None),
        (None, None, None),
    ],
)
def test_a_date_is_as_exact_as_it_is_told(
    text: object, found: date | None, precision: str | None
) -> None:
    assert mb.parse_date(text) == {"release_date": found, "release_precision": precision}


def test_an_artist_is_called_by_its_chinese_aliases() -> None:
    aliases = [
        {"name": "示例歌手甲", "locale": "zh"},
        {"name": "示例歌手甲（繁）", "locale": "zh_Hant"},
        {"name": "Example", "locale": "en"},
        {"name": "Ex", "locale": None},
    ]
    assert mb.parse_artist(ARTIST | {"aliases": aliases}).alias == "示例歌手甲（繁）"
    assert mb.parse_artist(ARTIST).alias is None


def test_a_cover_is_told_by_its_work() -> None:
    relation = {"type": "performance", "attributes": ["cover"], "work": {"id": ID.format(9)}}
    told = RECORDING | {"relations": [relation]}
    assert mb.parse_recording(told).original == "cover"
    assert mb.parse_covered(told) == [ID.format(9)]
    live = RECORDING | {"relations": [relation | {"attributes": ["live"]}]}
    assert mb.parse_covered(live) == []


def test_a_cover_is_linked_where_there_is_one_original() -> None:
    original, covers = mb.parse_work({"relations": [work(1), work(2, "cover"), work(3, "live")]})
    assert original is not None
    assert (original.source_id, original.original) == (ID.format(1), "original")
    assert [(c.source_id, c.original_song) for c in covers] == [(ID.format(2), ID.format(1))]


@pytest.mark.parametrize(
    "relations", [[], [work(2, "cover")], [work(1), work(3), work(2, "cover")]]
)
def test_nothing_is_linked_where_the_original_is_not_certain(relations: list[object]) -> None:
    assert mb.parse_work({"relations": relations}) == (None, [])


def test_listens_that_nobody_counted_are_left_out() -> None:
    told = [
        {"recording_mbid": ID.format(1), "total_listen_count": 1_000},
        {"recording_mbid": ID.format(2), "total_listen_count": None},
    ]
    assert mb.parse_popularity(told) == {ID.format(1): 1_000}
    assert mb.heat_of(0) == 0
    assert mb.heat_of(1_000) == pytest.approx(50, abs=0.1)
    assert mb.heat_of(10**9) == 100


@pytest.mark.parametrize(
    ("told", "kind", "text"),
    [
        (
            {"syncedLyrics": "[00:08.00] 明月几时有\n", "plainLyrics": "x"},
            "lrc",
            "[00:08.00] 明月几时有",
        ),
        ({"syncedLyrics": None, "plainLyrics": "明月几时有\n"}, "plain", "明月几时有"),
        ({"syncedLyrics": "明月几时有", "plainLyrics": ""}, "plain", "明月几时有"),
        ({"instrumental": True, "plainLyrics": None}, "instrumental", None),
        ({"plainLyrics": None, "syncedLyrics": None}, "uncollected", None),
    ],
)
def test_words_of_lrclib(told: dict[str, Any], kind: str, text: str | None) -> None:
    lyric = lrclib.parse_lyric(told, "ncm", "7")
    assert (lyric.source, lyric.source_id, lyric.provider) == ("ncm", "7", "lrclib")
    assert (lyric.kind, lyric.text) == (kind, text)
