from collections.abc import Callable
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.ingest.batch import Tally
from backend.ingest.records import ArtistRecord, ListenerRecord, PlayRecord, Record, SongRecord
from backend.ingest.service import BATCH, store
from backend.songs.tables import Song
from tests.backend.ingest.conftest import Door


def world(songs: int) -> list[Record]:
    return [
        ArtistRecord(source="test", source_id="a1", name="闻渡"),
        ListenerRecord(source="test", source_id="l1"),
        *(
            SongRecord(source="test", source_id=f"s{i}", title=f"第{i}首", artists=("a1",))
            for i in range(songs)
        ),
        *(
            PlayRecord(source="test", source_id=f"p{i}", listener="l1", song=f"s{i}")
            for i in range(songs)
        ),
    ]


def test_a_batch_takes_the_same_statements_however_large(
    session: Session, zone: ZoneInfo, count_queries: Callable[[], int]
) -> None:
    store(session, world(5), zone=zone)
    few = count_queries()
    store(session, world(400), zone=zone)

    assert count_queries() <= few + 2


def test_more_than_a_batch_is_stored_whole(session: Session, zone: ZoneInfo) -> None:
    counts = store(session, world(BATCH), zone=zone)

    assert counts.kinds["song"] == Tally(new=BATCH)
    assert counts.kinds["play"] == Tally(new=BATCH)
    assert session.scalar(select(func.sum(Song.play_count))) == BATCH


def test_nothing_is_written_for_what_did_not_change(
    session: Session, zone: ZoneInfo, door: Door
) -> None:
    door(*world(3))
    stamps = session.scalars(select(Song.updated_at)).all()

    assert door(*world(3)).total == Tally(unchanged=8)
    assert session.scalars(select(Song.updated_at)).all() == stamps


def test_a_refusal_names_its_place_among_all_records(session: Session, zone: ZoneInfo) -> None:
    records = [*world(BATCH), SongRecord(source="test", source_id="x", title="无", album="r9")]

    counts = store(session, records, zone=zone)

    assert [refusal.index for refusal in counts.refusals] == [len(records) - 1]


def test_a_thing_told_twice_in_a_batch_counts_once_and_the_later_wins(
    session: Session, door: Door
) -> None:
    counts = door(
        SongRecord(source="test", source_id="s1", title="旧名", mood="平静"),
        SongRecord(source="test", source_id="s1", title="新名"),
    )

    assert counts.total == Tally(new=1)
    assert session.execute(select(Song.title, Song.mood)).all() == [("新名", "平静")]
