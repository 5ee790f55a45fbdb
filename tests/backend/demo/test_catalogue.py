from collections import Counter

import numpy as np

from backend.demo import corpus
from backend.demo.catalogue import COVER_SHARE, Catalogue, build
from backend.demo.vocabulary import GENRES, MOODS
from backend.ingest.records import LyricRecord, SongRecord
from tests.backend.demo.conftest import UNTIL


def songs_of(catalogue: Catalogue) -> dict[str, SongRecord]:
    return {r.source_id: r for r in catalogue.records() if isinstance(r, SongRecord)}


def test_the_newest_songs_came_out_in_the_last_days_by_different_singers(
    catalogue: Catalogue,
) -> None:
    dated = [song for song in songs_of(catalogue).values() if song.release_date]
    newest = sorted(dated, key=lambda song: song.release_date or UNTIL.date(), reverse=True)[:5]

    assert newest[0].release_date == UNTIL.date()
    assert all((UNTIL.date() - (s.release_date or UNTIL.date())).days < 7 for s in newest)
    assert len({song.artists for song in newest}) == 5


def test_some_facts_are_unknown_and_most_are_known(catalogue: Catalogue) -> None:
    songs = songs_of(catalogue).values()

    for field in ("language", "heat", "copyright", "original", "release_date", "duration_ms"):
        unknown = sum(getattr(song, field) is None for song in songs)
        assert 0 <= unknown < 0.2 * len(songs), field
    assert sum(song.copyright is None for song in songs) > 0
    assert sum(song.original is None for song in songs) > 0


def test_covers_come_after_their_original_by_another_singer_with_its_words(
    catalogue: Catalogue,
) -> None:
    songs = songs_of(catalogue)
    covers = [song for song in songs.values() if song.original == "cover"]
    linked = [song for song in covers if song.original_song]

    assert abs(len(covers) / len(songs) - COVER_SHARE) < 0.05
    assert len(covers) > len(linked) > 0.7 * len(covers)
    for cover in linked:
        first = songs[cover.original_song or ""]
        assert first.original == "original"
        assert (cover.title, cover.lyricist) == (first.title, first.lyricist)
        assert cover.artists != first.artists
    place = {key: i for i, key in enumerate(songs)}
    assert all(place[cover.original_song or ""] < place[cover.source_id] for cover in linked)
    dates = catalogue.released
    for song in np.flatnonzero(catalogue.original >= 0):
        assert dates[catalogue.original[song]] < dates[song]


def test_the_cover_picture_and_the_tempo_tell_of_the_mood(catalogue: Catalogue) -> None:
    songs = songs_of(catalogue).values()

    for song in songs:
        mood = MOODS[song.mood or ""]
        assert song.cover_palette in mood.palettes
        assert song.cover_motif in mood.motifs
    pace = {
        mood: np.mean(
            [s.tempo / GENRES[s.genres[0]].tempo for s in songs if s.mood == mood and s.tempo]
        )
        for mood in ("激昂", "平静")
    }
    assert pace["激昂"] > pace["平静"] + 0.2


def test_every_song_has_words_or_says_why_not(catalogue: Catalogue) -> None:
    lyrics = [r for r in catalogue.records() if isinstance(r, LyricRecord)]
    kinds = Counter(lyric.kind for lyric in lyrics)

    assert len(lyrics) == len(catalogue)
    assert kinds["lrc"] > 0.8 * len(lyrics)
    assert set(kinds) == {"lrc", "plain", "instrumental", "uncollected"}
    languages = songs_of(catalogue)
    for lyric in lyrics:
        if lyric.kind == "instrumental":
            assert languages[lyric.source_id].language in ("纯音乐", None)


def test_the_same_seed_and_day_give_the_same_library() -> None:
    def made(seed: int) -> list[str]:
        catalogue = build(corpus.own(), songs=60, seed=seed, until=UNTIL.date())
        return [record.model_dump_json() for record in catalogue.records()]

    assert made(5) == made(5)
    assert made(5) != made(6)


def test_more_songs_than_poems_get_titles_of_other_lines(catalogue: Catalogue) -> None:
    titles = Counter(
        catalogue.title(song) for song in range(len(catalogue)) if catalogue.original[song] < 0
    )

    assert "渡口邮局" in titles
    assert len(titles) > 0.55 * len(catalogue)


def test_a_library_of_twelve_songs_can_be_made() -> None:
    catalogue = build(corpus.own(), songs=12, seed=1, until=UNTIL.date())

    assert len(songs_of(catalogue)) == 12
