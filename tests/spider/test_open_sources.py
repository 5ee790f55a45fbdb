"""MusicBrainz with ListenBrainz, and LRCLIB: exact, repeatable, unknown stays unknown."""

import sqlalchemy as sa

from backend.playlists.tables import Playlist
from backend.songs.tables import Album, Artist, Lyric, Song, SongArtist, SongGenre
from spider.parsers.musicbrainz import heat_of
from spider.replay.catalogue import Catalogue
from spider.replay.open_sources import GROUP, RECORDING, OpenSources, mbid, number_of
from tests.spider.conftest import Site, Source
from tests.spider.test_crawl import unchanged

SONGS = 260
CATALOGUE = Catalogue(SONGS)
TOLD = OpenSources(CATALOGUE)


def test_musicbrainz_arrives_exactly_and_a_second_run_changes_nothing(
    each_site: Site, source: Source
) -> None:
    site = each_site.at(source("--songs", str(SONGS))).by("musicbrainz")
    result = site.done("--seed", "area:China")
    expected = {
        Song: SONGS,
        Artist: CATALOGUE.artists,
        Album: CATALOGUE.albums,
        SongArtist: SONGS,
        SongGenre: SONGS,
    }
    assert {entity: site.count(entity) for entity in expected} == expected
    assert (result["failed"], result["refused"], result["reasons"]) == (0, 0, {})

    original = sa.orm.aliased(Song)
    rows = site.all(
        sa.select(
            Song.source_id, Song.title, Song.original, original.source_id, Song.duration_ms,
            Song.release_precision, Song.play_count, Song.heat, Album.source_id, Song.language,
            Song.cover_url,
        )
        .outerjoin(original, original.id == Song.original_song_id)
        .outerjoin(Album, Album.id == Song.album_id)
    )  # fmt: skip
    for key, title, kind, first, length, exact, plays, heat, album, language, cover in rows:
        index = number_of(key, RECORDING)
        known, listens = index % 17 != 16, TOLD.listens(index)
        is_original = index + 1 < SONGS and TOLD.covers(index + 1)
        assert title == CATALOGUE.title(index)
        assert kind == ("cover" if TOLD.covers(index) else "original" if is_original else None)
        assert first == (mbid(RECORDING, index - 1) if TOLD.covers(index) else None)
        assert (length is None) == (not known)
        assert exact == (("day", "month", "year")[index % 3] if known else None)
        assert (plays, heat) == ((0, None) if listens is None else (listens, heat_of(listens)))
        assert album == mbid(GROUP, index // 10)
        assert language == ("粤语" if index // 10 % 2 else "普通话")
        assert cover == f"https://coverartarchive.org/release-group/{album}/front-500"
    assert site.count(Artist, Artist.alias.like("虛構歌手%")) == CATALOGUE.artists

    assert site.done()["requests"] == 0
    site.let_time_pass()
    again = site.done()
    assert unchanged(again)
    assert again["requests"] > CATALOGUE.artists * 2
    assert {entity: site.count(entity) for entity in expected} == expected


def test_a_query_an_artist_and_a_limit_reach_what_they_name(site: Site, source: Source) -> None:
    site = site.at(source("--songs", "300")).by("musicbrainz")
    site.done("--seed", f"mbid:{mbid(1, 3)}", "--kind", "album")
    assert site.count(Song) == 10
    site.done("--seed", "query:虚构歌手2", "--limit", "25", "--kind", "song")
    # 2, 20 and on to 29 hold the query.
    assert site.count(Song) == 35
    site.done("--seed", "query:虚构歌手2", "--kind", "song")
    assert site.count(Song) == 120
    assert site.count(Song, Song.play_count > 0) == 0


def test_a_service_whose_quota_is_spent_is_given_its_time(site: Site, source: Source) -> None:
    site = site.at(source("--songs", "60", "--fault", "quota")).by("musicbrainz")
    result = site.done("--seed", f"mbid:{mbid(1, 0)}", "--seed", f"mbid:{mbid(1, 1)}")
    assert result["failed"] == 0
    assert site.count(Song, Song.play_count > 0) >= 18


def test_lrclib_gives_words_to_songs_that_lack_them_and_to_no_others(
    each_site: Site, source: Source
) -> None:
    site = each_site.at(source("--songs", "98"))
    site.done("--kind", "lyric")
    lacking = [i for i in range(98) if not CATALOGUE.is_instrumental(i) and i % 20 == 9]
    found = [i for i in lacking if i % 3]
    before = dict(site.all(sa.select(Lyric.song_id, Lyric.text).where(Lyric.kind == "lrc")))
    words = site.by("lrclib")
    result = words.done()
    assert result["kinds"] == {"lyric": {"new": 0, "updated": len(found), "unchanged": 0}}
    assert (result["missing"], result["failed"]) == (len(lacking) - len(found), 0)
    kinds = site.all(
        sa.select(Lyric.kind, sa.func.count()).where(Lyric.source == "lrclib").group_by(Lyric.kind)
    )
    assert dict(kinds) == {
        kind: n
        for kind, n in (
            ("instrumental", sum(i % 7 == 0 for i in found)),
            ("plain", sum(i % 7 > 0 and i % 2 == 1 for i in found)),
            ("lrc", sum(i % 7 > 0 and i % 2 == 0 for i in found)),
        )
        if n
    }
    after = dict(site.all(sa.select(Lyric.song_id, Lyric.text).where(Lyric.kind == "lrc")))
    assert before.items() <= after.items()

    assert words.done()["requests"] == 0
    site.let_time_pass()
    assert unchanged(words.done())
    # The source that has no words for a song does not take these away again.
    assert unchanged(site.done("--kind", "lyric"))
    assert site.count(Lyric, Lyric.source == "lrclib") == len(found)
    assert site.count(Playlist) == 1
