from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from pydantic import ValidationError

from backend.ingest.records import JSON_LINE, CommentRecord, PlayRecord, SongRecord


def song(**fields: Any) -> SongRecord:
    return SongRecord(source="test", source_id="s1", **{"title": "雾港", **fields})


def test_a_json_line_becomes_the_record_it_names() -> None:
    line = '{"record": "song", "source": "test", "source_id": "s1", "title": "雾港", "heat": 61}'

    record = JSON_LINE.validate_json(line)

    assert isinstance(record, SongRecord)
    assert (record.title, record.heat, record.language) == ("雾港", 61.0, None)


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({"title": ""}, "at least 1 character"),
        ({"title": "\x00\u202e "}, "at least 1 character"),
        ({"title": "长" * 256}, "at most 255"),
        ({"heat": 101}, "less than or equal to 100"),
        ({"heat": float("nan")}, "finite"),
        ({"copyright": "pirated"}, "'free'"),
        ({"original": "remix"}, "'original'"),
        ({"original": "original", "original_song": "s0"}, "'cover'"),
        ({"original": "cover", "original_song": "s1"}, "itself"),
        ({"duration_ms": 0}, "greater than 0"),
        ({"cover_palette": 10}, "less than or equal to 9"),
        ({"cover_url": "javascript:alert(1)"}, "pattern"),
        ({"release_date": date(2020, 5, 1)}, "go together"),
        ({"release_date": date(2020, 5, 1), "release_precision": "year"}, "first day"),
        ({"release_date": date(2020, 5, 2), "release_precision": "month"}, "first day"),
        ({"titel": "雾港"}, "Extra inputs"),
    ],
)
def test_a_malformed_song_is_refused_with_the_reason(
    fields: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(ValidationError, match=complaint):
        song(**fields)


def test_a_year_only_date_keeps_its_precision() -> None:
    record = song(release_date=date(2020, 1, 1), release_precision="year")

    assert (record.release_date, record.release_precision) == (date(2020, 1, 1), "year")


def test_control_signs_are_taken_out_and_emoji_and_rtl_kept() -> None:
    record = song(title=" 雾\x00港\n\u202e👨‍👩‍👧 سلام \ufeff")

    assert record.title == "雾港 👨‍👩‍👧 سلام"


def test_moments_are_kept_in_utc_and_need_a_zone() -> None:
    beijing = timezone(timedelta(hours=8))
    key = {"source": "test", "source_id": "p1", "listener": "l1", "song": "s1"}

    assert PlayRecord(
        **key, played_at=datetime(2026, 1, 1, 7, tzinfo=beijing)
    ).played_at == datetime(2025, 12, 31, 23, tzinfo=UTC)
    with pytest.raises(ValidationError, match="timezone"):
        PlayRecord(**key, played_at=datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('{"record": "lyric", "kind": "lrc", "text": "没有时间"}', "stamp"),
        ('{"record": "lyric", "kind": "plain"}', "lack text"),
        ('{"record": "lyric", "kind": "instrumental", "text": "啦"}', "cannot hold text"),
        ('{"record": "rating", "listener": "l1", "song": "s1", "stars": 0}', "greater than"),
        ('{"record": "rating", "listener": "l1", "song": "s1", "stars": 4.5}', "integer"),
        ('{"record": "play", "listener": "l1", "song": "s1", "count": 0}', "greater than"),
        ('{"record": "comment", "song": "s1", "text": "好", "nickname": "某人"}', "Extra inputs"),
        ('{"record": "spell"}', "tag"),
        ("{}", "tag"),
        ("not json", "Invalid JSON"),
    ],
)
def test_a_malformed_line_is_refused_with_the_reason(line: str, complaint: str) -> None:
    if line.startswith('{"'):
        line = line.replace("{", '{"source": "test", "source_id": "x1", ', 1)
    with pytest.raises(ValidationError, match=complaint):
        JSON_LINE.validate_json(line)


def test_a_comment_keeps_its_lines() -> None:
    record = CommentRecord(source="t", source_id="c1", song="s1", text="一\r\n二\x07")

    assert record.text == "一\n二"
