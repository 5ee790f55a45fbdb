from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.ingest import crawl
from backend.ingest.batch import Tally
from backend.ingest.crawl import Fetched
from backend.ingest.records import ArtistRecord, LyricRecord, SongRecord
from backend.ingest.tables import CrawlState
from backend.songs.tables import Lyric, Song

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MONTH = timedelta(days=30)


def song(key: str, title: str = "渡口", *singers: str) -> SongRecord:
    return SongRecord(source="ncm", source_id=key, title=title, artists=singers)


def fetched(key: str, title: str = "渡口") -> Fetched:
    wants = (("lyric", key), ("comments", key))
    return Fetched("song", key, "done", (song(key, title),), due=MONTH, wants=wants)


def store(session: Session, zone: ZoneInfo, *things: Fetched, now: datetime = NOW) -> crawl.Harvest:
    return crawl.store_fetched(session, "ncm", things, zone=zone, now=now)


def state(session: Session, kind: str, key: str) -> CrawlState:
    row = session.get(CrawlState, ("ncm", kind, key))
    assert row is not None
    session.refresh(row)
    return row


def test_a_thing_is_stored_with_the_memory_of_it_and_of_what_it_leads_to(
    session: Session, zone: ZoneInfo
) -> None:
    assert store(session, zone, fetched("1")).kinds == {"song": Tally(new=1)}
    assert state(session, "song", "1").next_due == NOW + MONTH
    assert state(session, "lyric", "1").status == "wanted"
    due = crawl.due(session, "ncm", ("lyric", "comments"), by=NOW, after=None, limit=1)
    rest = crawl.due(session, "ncm", ("lyric", "comments"), by=NOW, after=due[0], limit=9)
    assert [key[1:] for key in (*due, *rest)] == [("comments", "1"), ("lyric", "1")]


def test_what_is_told_as_before_is_not_written_and_wants_do_not_come_back(
    session: Session, zone: ZoneInfo
) -> None:
    store(session, zone, fetched("1"))
    lyric = LyricRecord(source="ncm", source_id="1", kind="instrumental", provider="lrclib")
    store(session, zone, Fetched("lyric", "1", "done", (lyric,)))
    assert session.scalars(select(Lyric.source)).one() == "lrclib"
    again = store(session, zone, fetched("1"), now=NOW + MONTH)
    assert again.kinds == {"song": Tally(unchanged=1)}
    assert state(session, "lyric", "1").status == "done"
    assert state(session, "song", "1").next_due == NOW + 2 * MONTH
    changed = store(session, zone, fetched("1", "渡口（重唱）"))
    assert changed.kinds == {"song": Tally(updated=1)}


def test_what_the_source_lost_is_marked_and_comes_back_when_it_is_told_again(
    session: Session, zone: ZoneInfo
) -> None:
    store(session, zone, fetched("1"))
    lost = store(session, zone, Fetched("song", "1", "missing"), Fetched("song", "9", "missing"))
    assert (lost.gone, lost.missing) == (1, 1)
    row = session.scalars(select(Song)).one()
    session.refresh(row)
    assert row.gone_at == NOW
    store(session, zone, fetched("1"))
    session.refresh(row)
    assert row.gone_at is None


def test_failures_come_again_later_each_time_and_refusals_are_told(
    session: Session, zone: ZoneInfo
) -> None:
    for tries, minutes in ((1, 10), (2, 20), (3, 40)):
        store(session, zone, Fetched("album", "7", "failed"))
        row = state(session, "album", "7")
        assert (row.tries, row.next_due) == (tries, NOW + timedelta(minutes=minutes))
    unknown = Fetched("song", "2", "done", (song("2", "渡口", "nobody"),), due=MONTH)
    good = Fetched("artist", "3", "done", (ArtistRecord(source="ncm", source_id="3", name="野渡"),))
    harvest = store(session, zone, unknown, good)
    assert harvest.refusals == ["song 2: ncm has no artist nobody; put that record first"]
    assert state(session, "song", "2").status == "refused"
    assert state(session, "artist", "3").status == "done"
