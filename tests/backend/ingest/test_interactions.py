from datetime import UTC, datetime

import pytest

from backend.ingest.interactions import Clock, Interactions
from backend.ingest.records import (
    ArtistRecord,
    ListenerRecord,
    PlayRecord,
    RatingRecord,
    SongRecord,
)


def plays(*stamps: int, **options: object) -> Interactions:
    table = Interactions("plays", "import:x", {"i1": "闻渡"}, named=bool(options.get("named")))
    for stamp in stamps:
        table.see(f"u\ti\t1\t{stamp}\n".encode())
    return table


@pytest.mark.parametrize(
    ("stamps", "clock"),
    [
        ((0, 0, 0), "none"),
        ((0, 1, 2, 128_076_016), "order"),
        # A long list of sessions numbered by thousands reaches numbers that look like dates.
        ((*range(1, 20), *range(500_000_000, 500_000_500)), "order"),
        ((881_250_949, 891_717_742), "seconds"),
        ((*[881_250_949] * 200, 5), "seconds"),
        ((0, 1_767_286_800_000), "milliseconds"),
    ],
)
def test_timestamps_are_judged_as_a_column(stamps: tuple[int, ...], clock: Clock) -> None:
    assert plays(*stamps).clock == clock


def test_a_first_line_brings_its_listener_and_song() -> None:
    table = plays(881_250_949)

    records = table.records(b"u1\ti1\t13\t881250949\n")

    listener, song, play = records
    assert isinstance(listener, ListenerRecord)
    assert isinstance(song, SongRecord)
    assert isinstance(play, PlayRecord)
    assert (listener.source_id, song.title, song.artists) == ("u1", "闻渡", ())
    assert (play.count, play.played_at) == (13, datetime(1997, 12, 4, 15, 55, 49, tzinfo=UTC))
    assert len(table.records(b"u1\ti1\t2\t881250950")) == 1


def test_named_items_get_an_artist_of_that_name() -> None:
    records = plays(0, named=True).records(b"u1\ti1\t3\t0")

    artist = next(record for record in records if isinstance(record, ArtistRecord))
    song = next(record for record in records if isinstance(record, SongRecord))
    assert (artist.name, song.artists) == ("闻渡", (artist.source_id,))


def test_an_order_is_kept_as_sequence_and_is_no_date() -> None:
    play = plays(0, 1, 2).records(b"s0\t4\t1\t2")[-1]

    assert isinstance(play, PlayRecord)
    assert (play.sequence, play.played_at) == (2, None)


def test_milliseconds_are_the_same_moment() -> None:
    play = plays(1_767_286_800_500).records(b"u1\ti1\t1\t1767286800500")[-1]

    assert isinstance(play, PlayRecord)
    assert play.played_at == datetime(2026, 1, 1, 17, 0, 0, 500_000, tzinfo=UTC)


def test_ratings_are_stars() -> None:
    table = Interactions("ratings", "import:x", {}, named=False)

    record = table.records(b"u1\ti1\t4.0\t0")[-1]

    assert isinstance(record, RatingRecord)
    assert (record.stars, record.rated_at) == (4, None)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (b"u1\ti1\t1", "3 columns instead of 4"),
        (b"u1\ti1\tmany\t0", "value 'many' is no number"),
        (b"u1\ti1\t1.5\t0", "value '1.5' is not a whole number"),
        (b"u1\ti1\tnan\t0", "not a whole number"),
        (b"u1\ti1\t-1\t0", "not a whole number"),
        (b"u1\ti1\t0\t0", "count"),
        (b"\ti1\t1\t0", "source_id"),
        (b"u1\ti1\t1\t5", "before 1985"),
        (b"u1\ti1\t1\t99999999999", "seconds"),
        (b"\xff\ti1\t1\t0", "not UTF-8"),
    ],
)
def test_a_bad_line_says_what_is_wrong(line: bytes, complaint: str) -> None:
    table = plays(*[881_250_949] * 200)
    if complaint == "seconds":
        assert table.records(line)[-1]
        return
    with pytest.raises(ValueError, match=complaint):
        table.records(line)


def test_stars_beyond_five_are_refused() -> None:
    table = Interactions("ratings", "import:x", {}, named=False)

    with pytest.raises(ValueError, match="less than or equal to 5"):
        table.records(b"u1\ti1\t9\t0")
