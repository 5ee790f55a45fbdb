"""Clouds of any filter, read from packed columns, beside plain SQL."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from backend.charts.filters import ChartFilter
from backend.charts.words import words_of_comments, words_of_lyrics
from backend.comments.scores import Judge
from backend.songs.tables import Lyric, Song
from backend.words import packs
from backend.words.counting import count_comments, count_lyrics, sum_comments, sum_totals
from backend.words.tables import COMMENTS, LYRICS, WordPack
from tests.factories.library import Library

PLAIN = """
SELECT w.text, sum(sw.count), sum(sw.positive) - sum(sw.negative) FROM song_words sw
JOIN words w ON w.id = sw.word_id JOIN songs s ON s.id = sw.song_id
WHERE sw.kind = :kind AND {where} GROUP BY w.text
"""
FILTERS = {
    "language": ("s.language = '粤语'", ChartFilter(language="粤语")),
    "years": ("s.release_date >= '2024-01-01'", ChartFilter(year_from=2024)),
    "rights": (
        "s.copyright = 'free' AND s.original IS NULL",
        ChartFilter(copyright="free", original="unknown"),
    ),
    "nothing": ("s.source = 'nowhere'", ChartFilter(source="nowhere")),
}


@pytest.fixture
def counted(twelve: list[Song], library: Library, session: Session, judge: Judge) -> list[Song]:
    """Twelve songs with lyrics and comments, counted and packed."""
    for place, song in enumerate(twelve):
        lines = f"[00:01.00]晚风吹过雾港{'灯塔' * place}"
        session.add(Lyric(song_id=song.id, source="test", kind="lrc", text=lines))
        library.comment(song, f"旋律{'好听' * (place + 1)}", label=1 if place % 2 else -1)
    session.flush()
    rows = session.execute(text("SELECT id, text FROM comments")).all()
    count_comments(session, [(row.id, row.text) for row in rows], judge.scorer)
    sum_comments(session, [song.id for song in twelve])
    count_lyrics(session, judge.scorer, limit=100)
    sum_totals(session)
    return twelve


def plain(session: Session, kind: int, where: str) -> dict[str, tuple[int, int]]:
    rows = session.execute(text(PLAIN.format(where=where)), {"kind": kind})
    return {word: (int(count), int(lean)) for word, count, lean in rows}


@pytest.mark.parametrize("filtered", FILTERS)
def test_a_filtered_cloud_equals_its_plain_sql(
    session: Session, counted: list[Song], filtered: str
) -> None:
    where, by = FILTERS[filtered]
    lyrics = {row["label"]: row["count"] for row in words_of_lyrics(session, by).rows}
    assert lyrics == {word: n for word, (n, _) in plain(session, LYRICS, where).items()}
    comments = {
        row["label"]: (row["count"], row["sentiment"])
        for row in words_of_comments(session, by).rows
    }
    assert comments == {
        word: (n, round(lean / n, 3)) for word, (n, lean) in plain(session, COMMENTS, where).items()
    }
    assert bool(lyrics) == (filtered != "nothing")


def test_what_changed_is_read_from_the_rows_until_it_is_packed_again(
    session: Session, library: Library, counted: list[Song], judge: Judge
) -> None:
    by, where = ChartFilter(year_from=1990), "s.release_date >= '1990-01-01'"
    packed = select(func.count()).where(WordPack.kind == COMMENTS)
    before = session.scalar(packed)
    assert before
    comment = library.comment(counted[0], "副歌真好听，副歌")
    count_comments(session, [(comment.id, comment.text)], judge.scorer)
    sum_comments(session, [counted[0].id])
    assert session.scalar(packed) == before - 1
    for _ in range(2):
        rows = {row["label"]: row["count"] for row in words_of_comments(session, by).rows}
        assert rows == {word: n for word, (n, _) in plain(session, COMMENTS, where).items()}
        assert rows["副歌"] == 2
        packs.pack(session)
    assert session.scalar(packed) == before


def test_the_songs_of_a_filter_travel_as_bits(
    session: Session, counted: list[Song], count_queries: Callable[[], int]
) -> None:
    by = ChartFilter(language="普通话")
    count_queries()
    found = packs.chosen(session, by.conditions())
    assert count_queries() == 1
    wanted = sorted(song.id for song in counted if song.language == "普通话")
    assert found.tolist() == wanted
    assert packs.chosen(session, ChartFilter(source="nowhere").conditions()).tolist() == []
