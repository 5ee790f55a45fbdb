from datetime import date
from typing import Any

import pytest

from spider.parsers import ncm
from spider.parsers.refusal import Refused

RAW: dict[str, Any] = {
    "id": 501, "name": "渡口", "t": 0, "djId": 0, "pop": 75.0, "fee": 8, "st": 0, "mark": 0,
    "ar": [{"id": 31, "name": "野渡"}, {"id": 0, "name": "无名"}],
    "al": {"id": 41, "name": "潮汐来信", "picUrl": "http://127.0.0.1/c.jpg"},
    "dt": 201000, "copyright": 1, "originCoverType": 1, "publishTime": 1262275200000,
}  # fmt: skip


def test_both_dialects_tell_the_same_song() -> None:
    proxy = {k: v for k, v in RAW.items() if k not in ("ar", "al", "dt")}
    proxy |= {"artists": RAW["ar"], "album": RAW["al"], "duration": RAW["dt"]}
    song = ncm.parse_song(RAW)
    assert ncm.parse_song(proxy) == song
    assert (song.artists, song.album, song.duration_ms) == (("31",), "41", 201000)
    assert song.release_date == date(2010, 1, 1), "publishTime is a Beijing date"
    assert song.cover_url == "http://127.0.0.1/c.jpg"


@pytest.mark.parametrize(
    ("fee", "state", "told"),
    [
        (0, 0, "free"), (1, 0, "vip"), (4, 0, "album"), (8, 0, "free_low"),
        (8, -200, "unavailable"), (99, 0, None), (None, 0, None),
    ],
)  # fmt: skip
def test_fee_and_privilege_make_the_copyright(fee: Any, state: int, told: str | None) -> None:
    assert ncm.parse_song(RAW, {"fee": fee, "st": state}).copyright == told


def test_a_cover_names_its_original_and_an_unknown_origin_stays_unknown() -> None:
    first = {"songId": 500, "name": "渡口", "artists": [{"id": 32, "name": "南枝"}]}
    cover = RAW | {"originCoverType": 2, "originSongSimpleData": first}
    song = ncm.parse_song(cover)
    assert (song.original, song.original_song) == ("cover", "500")
    told = ncm.parse_original(cover)
    assert told is not None
    assert [artist.name for artist in told[0]] == ["南枝"]
    assert "heat" not in told[1].model_fields_set, "a stub says nothing of what it does not know"
    unknown = ncm.parse_song(RAW | {"originCoverType": 0})
    assert (unknown.original, unknown.original_song) == (None, None)
    itself = cover | {"originSongSimpleData": first | {"songId": 501}}
    assert ncm.parse_song(itself).original_song is None


def test_an_unknown_date_says_nothing_and_a_missing_length_is_unknown() -> None:
    song = ncm.parse_song(RAW | {"publishTime": 0, "dt": None})
    assert "release_date" not in song.model_fields_set
    assert song.duration_ms is None


def test_cloud_drive_and_radio_are_no_songs_and_wide_marks_are_read() -> None:
    assert ncm.is_song(RAW)
    assert not ncm.is_song(RAW | {"t": 1})
    assert not ncm.is_song(RAW | {"djId": 7})
    assert ncm.is_instrumental({"mark": 2**40 + ncm.INSTRUMENTAL})
    assert not ncm.is_instrumental({"mark": 2**40})


@pytest.mark.parametrize("bad", [None, 0, -5, True, "x", 10**39, "1" * 40])
def test_what_is_no_id_is_refused(bad: Any) -> None:
    with pytest.raises(Refused, match="no id"):
        ncm.parse_song(RAW | {"id": bad})


def test_a_playlist_takes_the_complete_list_and_counts_bad_ids() -> None:
    data = {
        "playlist": {
            "id": 61, "name": "安静", "tags": ["华语", "治,愈", "古风"], "playCount": 12,
            "subscribedCount": 3, "createTime": 1600000000000, "tracks": [RAW],
            "trackIds": [{"id": 501}, {"id": 10**39}, {"id": 502}, {"id": 501}],
        }
    }  # fmt: skip
    playlist = ncm.parse_playlist(data)
    assert playlist.songs == ("501", "502")
    assert playlist.tags == ("华语", "古风")
    assert ncm.parse_track_ids(data) == (["501", "502"], 1)


def test_no_words_and_words_not_collected_differ() -> None:
    assert ncm.parse_lyric({"nolyric": True}, "501").kind == "instrumental"
    assert ncm.parse_lyric({"uncollected": True}, "501").kind == "uncollected"
    assert ncm.parse_lyric({"lrc": {"lyric": ""}}, "501").kind == "uncollected"


def test_words_keep_their_translation_and_lose_the_credits_in_json() -> None:
    text = '{"t":0,"c":[{"tx":"作词"}]}\n[00:08.00]河水'
    data = {"lrc": {"lyric": text}, "tlyric": {"lyric": "[00:08.00]The river"}}
    lyric = ncm.parse_lyric(data, "501")
    assert (lyric.kind, lyric.text) == ("lrc", "[00:08.00]河水")
    assert lyric.translation == "[00:08.00]The river"
    assert ncm.parse_lyric({"lrc": {"lyric": "河水"}}, "501").kind == "plain"


def test_a_comment_keeps_nothing_of_its_writer_but_a_pseudonym() -> None:
    data = {
        "commentId": 71, "content": "循环第三遍", "likedCount": 4, "time": 1714500000000,
        "user": {"userId": 5001, "nickname": "某人", "avatarUrl": "http://127.0.0.1/a.jpg"},
        "ipLocation": {"location": "福建"}, "beReplied": [{"content": "别人的话"}],
    }  # fmt: skip
    told = ncm.parse_comment(data, "501", lambda user: f"p{len(user)}")
    assert told is not None
    listener, comment = told
    assert listener is not None
    assert (listener.source_id, comment.listener, comment.likes) == ("p4", "p4", 4)
    stored = listener.model_dump_json() + comment.model_dump_json()
    for secret in ("5001", "某人", "福建", "a.jpg", "别人的话"):
        assert secret not in stored
    assert ncm.parse_comment(data | {"content": " "}, "501", str) is None


def test_an_album_and_an_artist_are_told_in_full() -> None:
    album = {
        "id": 41, "name": "潮汐来信", "type": "专辑", "company": "", "publishTime": 0,
        "artist": {"id": 31, "name": "野渡"},
    }  # fmt: skip
    record = ncm.parse_album({"album": album})
    assert (record.artist, record.kind, record.company) == ("31", "album", None)
    assert "release_date" not in record.model_fields_set
    artist = ncm.parse_artist({"artist": {"id": 31, "name": "野渡", "alias": ["渡", "Y"]}})
    assert artist.alias == "渡 / Y"
    with pytest.raises(Refused, match="no object"):
        ncm.parse_artist({"code": 200})
