"""Packed columns stay what the tables hold, whoever writes, and are packed again."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.accounts.service import create_user
from backend.blocks import service as blocks
from backend.blocks.service import Kind
from backend.blocks.tables import SongBlock
from backend.charts import columns
from backend.charts.filters import ChartFilter
from backend.charts.registry import CHARTS
from backend.comments.scores import Judge
from backend.ingest.records import (
    AlbumRecord,
    ArtistRecord,
    CommentRecord,
    ListenerRecord,
    PlayRecord,
    RatingRecord,
    SongRecord,
)
from backend.ratings import service as ratings
from backend.songs.tables import Song, SongArtist
from tests.backend.charts.writers import (
    MARCH,
    PASSWORD,
    PLAY,
    SONG,
    WRITERS,
    Place,
    pack,
    play,
    rate,
    score,
)
from tests.factories.library import Library

FILTERS = (
    ChartFilter(),
    ChartFilter(genre="民谣"),
    ChartFilter(language="普通话"),
    ChartFilter(language="unknown"),
    ChartFilter(year_from=2000, year_to=2024),
    ChartFilter(copyright="free", original="original"),
    ChartFilter(source="door"),
)


@pytest.fixture
def place(
    twelve: list[Song],
    library: Library,
    session: Session,
    zone: ZoneInfo,
    judge: Judge,
    tmp_path: Path,
) -> Place:
    """Twelve songs and one that came through the door, with deeds of somebody; all packed."""
    user = create_user(session, username="抱云而眠", password=PASSWORD)
    at = Place(session, twelve, user, tmp_path, zone, judge)
    at.door(
        *(ArtistRecord(source="door", source_id=key, name=key) for key in ("a1", "a2")),
        AlbumRecord(source="door", source_id="b1", title="专辑"),
        SongRecord(source="door", **SONG, heat=80.0, genres=("民谣",), artists=("a1",)),
        ListenerRecord(source="door", source_id="l1"),
        RatingRecord(source="door", source_id="l1", listener="l1", song="s1", stars=5),
        PlayRecord(source="door", **PLAY),
        CommentRecord(source="door", source_id="c1", song="s1", text="好听", created_at=MARCH),
    )
    rate(at, 0, 5)
    ratings.add_heart(session, user_id=user.id, song_id=twelve[1].id)
    play(at, 1, "old")
    score(at)
    library.comment(twelve[6], "好听", user_id=user.id, label=1, probability=0.9)
    library.comment(twelve[7], "还没有听过")
    session.commit()
    pack(session)
    return at


def _numbers(session: Session) -> list[Any]:
    return [
        (name, by, list(found.rows), {k: list(v) for k, v in found.columns.items()}, found.finding)
        for name, chart in CHARTS.items()
        for by in FILTERS
        for found in [chart.read(session, by)]
    ]


def _recounted(session: Session) -> list[Any]:
    """Read every chart with nothing packed, and leave the blocks as they were."""
    with session.begin_nested() as aside:
        blocks.drop_all(session)
        numbers = _numbers(session)
        aside.rollback()
    return numbers


def test_packed_columns_are_what_the_tables_say(place: Place) -> None:
    assert _numbers(place.session) == _recounted(place.session)


@pytest.mark.parametrize("writer", WRITERS)
def test_every_writer_keeps_charts_what_the_tables_say(place: Place, writer: str) -> None:
    session, (write, kinds) = place.session, WRITERS[writer]
    before = _numbers(session)

    write(place)
    session.flush()
    # What one wrote oneself is seen before it is committed, too.
    told = _numbers(session)
    session.commit()

    assert _numbers(session) == told == _recounted(session)
    assert told != before
    dropped = {kind for kind, waiting in columns.missing(session).items() if waiting}
    assert dropped == set(kinds)
    pack(session)
    assert _numbers(session) == told


def test_what_is_rolled_back_leaves_the_numbers_as_they_were(place: Place) -> None:
    session, before = place.session, _numbers(place.session)
    with session.begin_nested() as aside:
        rate(place, 3, 1)
        assert _numbers(session) != before
        aside.rollback()
    session.commit()
    assert _numbers(session) == before


def test_blocks_far_apart_are_read_apart(place: Place) -> None:
    session = place.session
    far = Song(id=10**9, source="test", source_id="far", title="远方", language="远语")
    session.add(far)
    session.flush()
    session.add(
        SongArtist(song_id=far.id, artist_id=session.scalar(select(func.min(SongArtist.artist_id))))
    )
    session.commit()
    languages = {
        row["label"]: row["count"] for row in CHARTS["language"].read(session, ChartFilter()).rows
    }
    assert languages["远语"] == 1
    chosen = columns.choose(session, ChartFilter(language="远语"))
    assert chosen.wanted is not None
    assert chosen.ids(chosen.wanted.nonzero()[0]).tolist() == [10**9]


def test_packing_leaves_nothing_waiting(own_engine: Engine) -> None:
    with Session(own_engine) as session:
        library = Library(session)
        library.rate(library.listener(), library.song(artists=(library.artist(),)), 4)
    seen: list[tuple[int, int | None]] = []
    assert columns.pack(own_engine, progress=lambda _, done, of: seen.append((done, of))) == len(
        Kind
    )
    with Session(own_engine) as session:
        assert not columns.waits(session, at_least=1)
        assert session.scalar(select(func.count()).select_from(SongBlock)) == len(Kind)
        assert [row["count"] for row in CHARTS["ratings"].read(session, ChartFilter()).rows] == [
            0,
            0,
            0,
            1,
            0,
        ]
    assert seen[-1] == (len(Kind), len(Kind))
    assert columns.pack(own_engine) == 0
