"""What a source can do to a crawl: each is counted, none is fatal, refusals are obeyed."""

import time

import pytest
import sqlalchemy as sa

from backend.ingest.tables import CrawlState
from backend.songs.tables import Album, Artist, Lyric, Song
from spider.replay.catalogue import FIRST_SONG
from spider.replay.faults import CRAWL_DELAY, EVERY, PLACES, Fault
from tests.spider.conftest import Site, Source

SONGS = 90
"""Fewer than a hundred: the first song's thousands of comments are for the tests of a crawl."""
MANY = 150
"""Enough for more answers than `REFUSING_AFTER`."""


def struck(fault: Fault) -> int:
    """Return how many lyrics, comment pages, singers and albums a lasting fault falls on."""
    songs, tens = range(PLACES[fault], SONGS, EVERY), range(PLACES[fault], SONGS // 10, EVERY)
    return 2 * len(songs) + 2 * len(tens)


def states(site: Site, fault: Fault) -> set[str]:
    """Return how the lyrics ended that a fault fell on."""
    ids = [str(FIRST_SONG + i) for i in range(PLACES[fault], SONGS, EVERY)]
    rows = site.all(
        sa.select(CrawlState.status).where(
            CrawlState.kind == "lyric", CrawlState.source_id.in_(ids)
        )
    )
    assert len(rows) == len(ids)
    return {status for (status,) in rows}


@pytest.mark.parametrize(
    ("fault", "reason", "status"),
    [
        ("truncated", "no JSON", "failed"),
        ("login", "log-in wanted", "refused"),
        ("oversize", "DownloadCancelledError", "failed"),
        ("slow", "DownloadTimeoutError", "failed"),
    ],
)
def test_a_lasting_fault_is_counted_and_costs_only_what_it_falls_on(
    site: Site, source: Source, fault: Fault, reason: str, status: str
) -> None:
    site = site.at(source("--songs", str(SONGS), "--fault", fault), crawl_timeout=0.5)
    result = site.done()
    assert result["reasons"] == {reason: struck(fault)}
    assert result[status] == struck(fault)
    assert states(site, fault) == {status}
    assert site.count(Song) == SONGS
    assert site.count(Lyric) == SONGS - len(range(PLACES[fault], SONGS, EVERY))
    # A failed thing comes again, after a while.
    assert site.done()["requests"] == 0
    later = site.at(source("--songs", str(SONGS)))
    later.let_time_pass()
    assert later.done()["failed"] == 0
    assert site.count(Lyric) == SONGS
    assert site.count(Artist, Artist.brief.is_not(None)) == SONGS // 10
    assert site.count(Album, Album.company.is_not(None)) == SONGS // 10


def test_a_busy_source_gets_its_time_and_an_error_a_second_try(site: Site, source: Source) -> None:
    site = site.at(source("--songs", str(SONGS), "--fault", "busy", "--fault", "error"))
    began = time.monotonic()
    result = site.done()
    assert time.monotonic() - began > 1.0
    assert (result["failed"], result["refused"], result["reasons"]) == (0, 0, {})
    assert states(site, "busy") | states(site, "error") == {"done"}
    assert site.count(Lyric) == SONGS


def test_a_source_that_refuses_is_left_alone_and_what_it_gave_is_kept(
    site: Site, source: Source
) -> None:
    ended = site.at(source("--songs", str(MANY), "--fault", "refusing")).crawl()
    assert ended.returncode == 1
    assert "refuses visits" in ended.stderr
    job = site.job()
    assert job.state == "refused"
    assert job.result is not None
    assert job.result["refusals"] >= 3
    # Of what was in flight no more than a handful was still answered.
    assert job.result["requests"] < 200 + 40
    assert site.count(Song) == MANY
    site.at(source("--songs", str(MANY))).done()
    assert site.count(Lyric) == MANY


def test_what_robots_txt_forbids_is_not_asked(site: Site, source: Source) -> None:
    result = site.at(source("--songs", "60", "--fault", "robots")).done("--kind", "lyric")
    assert result["reasons"] == {"robots.txt forbids it": 57}
    assert site.count(Song) == 60
    assert site.count(Lyric, Lyric.kind != "instrumental") == 0


def test_the_delay_that_robots_txt_asks_for_is_kept(site: Site, source: Source) -> None:
    site = site.at(source("--songs", "60", "--fault", "crawl-delay"))
    began = time.monotonic()
    result = site.done("--kind", "artist")
    assert time.monotonic() - began > CRAWL_DELAY * (result["requests"] - 2)
    assert site.count(Artist, Artist.brief.is_not(None)) == 6


def test_ids_that_are_none_are_counted(site: Site, source: Source) -> None:
    result = site.at(source("--songs", "60", "--fault", "long-ids")).done()
    assert result["failed"] == 0
    assert result["reasons"]["not what it should be"] == 1
    assert result["reasons"]["no id"] > 1
    assert site.count(Song) == 60


def test_an_answer_that_leads_to_another_host_ends_the_run_unasked(
    site: Site, source: Source
) -> None:
    ended = site.at(source("--songs", "60", "--fault", "elsewhere")).crawl()
    assert ended.returncode == 1
    assert "Not asked: 192.0.2.1:80 is not the source." in ended.stderr
    job = site.job()
    assert (job.state, job.result and job.result["reasons"]["elsewhere"] > 0) == ("failed", True)


@pytest.mark.parametrize(
    ("settings", "cure"),
    [
        ({"ncm_base_url": ""}, "HUISHENG_NCM_BASE_URL"),
        ({"ncm_base_url": "https://music.example"}, "HUISHENG_NCM_PERMISSION=yes"),
        (
            {"ncm_base_url": "https://music.example", "ncm_permission": "yes"},
            "HUISHENG_CRAWL_CONTACT",
        ),
    ],
)
def test_a_crawl_that_may_not_begin_names_the_cure(
    site: Site, settings: dict[str, str], cure: str
) -> None:
    site.environ.update({f"HUISHENG_{k.upper()}": v for k, v in settings.items()})
    ended = site.crawl()
    assert ended.returncode == 1
    assert cure in ended.stderr


def test_a_seed_that_is_none_is_refused(site: Site) -> None:
    ended = site.at("http://127.0.0.1:9").crawl("--seed", "playlist:x")
    assert ended.returncode == 1
    assert "toplist, playlist:…, tag:…, artist:…" in ended.stderr
