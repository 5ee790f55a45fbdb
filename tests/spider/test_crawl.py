"""A whole crawl as people run it, against the replay source: exact, repeatable, never lossy."""

import re
import subprocess
import time
from typing import Any

import pytest
import sqlalchemy as sa

from backend.accounts.tables import User
from backend.comments.tables import Comment
from backend.db.base import utc_now
from backend.ingest.tables import CrawlState
from backend.playlists.tables import Playlist, PlaylistSong
from backend.songs.tables import Album, Artist, Lyric, Song, SongArtist
from spider.replay.catalogue import FIRST_SONG, Catalogue
from tests import live
from tests.spider.conftest import Site, Source

SONGS = 120
CATALOGUE = Catalogue(SONGS)
LYRICS = sum(not CATALOGUE.is_instrumental(index) for index in range(SONGS))
FEES = {0: "free", 1: "vip", 4: "album", 8: "free_low"}


def comments_of(catalogue: Catalogue, songs: int) -> set[tuple[int, int]]:
    """Return (song, number) of the comments whose text was not taken away."""
    return {
        (index, number)
        for index in range(songs)
        for number in range(catalogue.comment_total(index))
        if not catalogue.is_taken(number)
    }


def unchanged(result: dict[str, Any]) -> bool:
    return (result["new"], result["updated"], result["failed"], result["refused"]) == (0,) * 4


def test_everything_arrives_exactly_and_a_second_run_changes_nothing(
    each_site: Site, source: Source
) -> None:
    is_sqlite = each_site.engine.dialect.name == "sqlite"
    dialect = "raw" if is_sqlite else "proxy"
    site = each_site.at(source("--songs", str(SONGS)), ncm_dialect=dialect)
    result = site.done("--seed", "toplist")

    comments = comments_of(CATALOGUE, SONGS)
    writers = {CATALOGUE.comment(index, number)["user"]["userId"] for index, number in comments}
    expected = {
        Song: SONGS,
        Artist: CATALOGUE.artists,
        Album: CATALOGUE.albums,
        Lyric: SONGS,
        Playlist: CATALOGUE.playlists,
        PlaylistSong: SONGS,
        SongArtist: SONGS,
        Comment: len(comments),
        User: len(writers),
    }
    assert {entity: site.count(entity) for entity in expected} == expected
    assert (result["failed"], result["refused"], result["refusals"]) == (0, 0, 0)
    assert site.count(CrawlState, CrawlState.next_due <= utc_now()) == 0

    assert site.done()["requests"] == 0
    site.let_time_pass()
    again = site.done()
    assert unchanged(again)
    assert again["requests"] > SONGS
    # Lyrics, singers and albums are told apart by their ETag alone: 304, nothing read.
    assert again["same"] == LYRICS + CATALOGUE.artists + CATALOGUE.albums
    assert {entity: site.count(entity) for entity in expected} == expected


def test_fields_say_what_the_source_says(site: Site, source: Source) -> None:
    site.at(source("--songs", "80")).done()
    original = sa.orm.aliased(Song)
    rows = site.all(
        sa.select(
            Song.source_id, Song.title, Song.copyright, Song.original, original.source_id,
            Song.release_date, Song.duration_ms, Song.heat, Song.comment_count,
        )
        .outerjoin(original, original.id == Song.original_song_id)
    )  # fmt: skip
    kinds = {0: None, 1: "original", 2: "cover"}
    catalogue = Catalogue(80)
    for key, title, copyright_, kind, first, released, length, heat, comments in rows:
        index = int(key) - FIRST_SONG
        told = catalogue.song(index)
        greyed = catalogue.privilege(index)["st"] < 0
        assert copyright_ == ("unavailable" if greyed else FEES[told["fee"]])
        assert kind == kinds[told["originCoverType"]]
        assert first == (str(FIRST_SONG + index - 1) if kind == "cover" else None)
        assert (released is None) == (told["publishTime"] == 0)
        assert (title, length, heat) == (told["name"], told["dt"], told["pop"])
        assert comments == len(comments_of(catalogue, index + 1) - comments_of(catalogue, index))
    kinds_of_lyrics = dict(site.all(sa.select(Lyric.kind, sa.func.count()).group_by(Lyric.kind)))
    assert kinds_of_lyrics == {"lrc": 72, "instrumental": 4, "uncollected": 4}
    assert site.count(Lyric, Lyric.translation.is_not(None)) == 16
    # Of who wrote a comment nothing is kept but that it was the same person.
    people = site.all(sa.select(User.source_id, User.username))
    assert people
    assert all(re.fullmatch("[0-9a-f]{24}", key) for key, *_ in people)
    assert not any("网友" in name for _, name in people)


def test_a_killed_crawl_loses_nothing_and_doubles_nothing(each_site: Site, source: Source) -> None:
    songs = 5_000
    site = each_site.at(source("--songs", str(songs)))
    process = subprocess.Popen(
        live.command("crawl", "ncm", "--seed", "toplist", "--kind", "artist"),
        env=site.environ,
        stdout=subprocess.DEVNULL,
    )
    until = time.monotonic() + 120
    while site.count(Song) < songs // 3 and time.monotonic() < until:
        time.sleep(0.02)
    process.kill()
    process.wait()
    before = site.count(Song)
    assert songs // 3 <= before < songs

    result = site.done("--resume", "--kind", "artist")
    assert site.count(Song) == songs
    assert site.all(sa.select(sa.func.count(sa.distinct(Song.source_id)))) == [(songs,)]
    assert site.count(Artist, Artist.brief.is_not(None)) == Catalogue(songs).artists
    assert site.count(PlaylistSong) == songs
    # Nothing that was stored was asked for a second time.
    assert result["kinds"]["song"]["new"] == songs - before
    assert len(site.all(sa.select(sa.text("id")).select_from(sa.text("jobs")))) == 1


def test_a_crawl_that_is_told_to_stop_says_so_and_goes_on_later(site: Site, source: Source) -> None:
    site = site.at(source("--songs", "400"))
    process = subprocess.Popen(
        live.command("crawl", "ncm", "--delay", "0.02"),
        env=site.environ,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + 60
    while site.count(Lyric) < 25 and time.monotonic() < until:
        time.sleep(0.02)
    process.terminate()
    assert process.wait(30) != 0
    assert site.job().state == "cancelled"
    lyrics = site.count(Lyric)
    assert 20 < lyrics < 400
    site.done()
    assert site.count(Lyric) == 400


def test_comments_are_read_from_the_newest_to_the_first_known(site: Site, source: Source) -> None:
    site.at(source("--songs", str(SONGS))).done()
    first = comments_of(CATALOGUE, SONGS)
    assert site.count(Comment) == len(first)
    site.let_time_pass()
    newer = Catalogue(SONGS, newer=120)
    result = site.at(source("--songs", str(SONGS), "--newer", "120")).done("--kind", "comments")
    assert site.count(Comment) == len(comments_of(newer, SONGS))
    # Two pages a song: the second shows the first known one. The first song has 53 of them.
    assert result["requests"] <= 2 * SONGS + 20


def test_what_a_source_withdraws_is_marked_and_kept(site: Site, source: Source) -> None:
    site.at(source("--songs", "60")).done("--kind", "artist")
    site.let_time_pass()
    result = site.at(source("--songs", "60", "--gone-every", "10")).done("--kind", "artist")
    assert result["gone"] == 6
    assert site.count(Song) == 60
    assert site.count(Song, Song.gone_at.is_not(None)) == 6
    site.let_time_pass()
    site.at(source("--songs", "60")).done("--kind", "artist")
    assert site.count(Song, Song.gone_at.is_not(None)) == 0


@pytest.mark.parametrize(
    ("dialect", "seed", "songs", "playlists"),
    [
        ("raw", "playlist:600002", 100, 1),
        ("proxy", "tag:华语", 100, 1),
        ("raw", "artist:900003", 10, 0),
        ("proxy", "artist:900003", 10, 0),
    ],
)
def test_a_seed_reaches_its_songs(
    site: Site, source: Source, dialect: str, seed: str, songs: int, playlists: int
) -> None:
    site = site.at(source("--songs", "600"), ncm_dialect=dialect)
    site.done("--seed", seed, "--kind", "album")
    # The cover that comes first brings the original that stands before the list.
    assert site.count(Song) - songs in (0, 1)
    assert site.count(Playlist) == playlists


def test_a_limit_counts_songs_and_the_list_is_completed_later(site: Site, source: Source) -> None:
    site = site.at(source("--songs", "80"))
    site.done("--limit", "30", "--kind", "artist")
    assert site.count(Song) == 30
    assert site.count(PlaylistSong) == 30
    site.done("--kind", "artist")
    assert site.count(PlaylistSong) == 80


def test_a_feed_holds_what_an_import_replays(
    site: Site, source: Source, tmp_path_factory: pytest.TempPathFactory
) -> None:
    feed = tmp_path_factory.mktemp("feed") / "records.jsonl"
    site.at(source("--songs", "60")).done("--feed", feed)
    copy = live.environment(tmp_path_factory.mktemp("copy"))
    imported = live.huisheng(copy, "import", feed)
    assert imported.returncode == 0, imported.stderr
    assert f"song       {60:>9,} new" in imported.stdout
    assert f"comment    {site.count(Comment):>9,} new" in imported.stdout
    assert "refused" not in imported.stderr
