"""What is packed of each song, and how it is read from the tables.

Months are counted from year 0, days from year 1; -1 stands for what is not known. A word (a
language, a source) is kept by its hash: who needs it written looks at a song that has it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import blake2b
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from backend.blocks.service import Kind
from backend.charts.filters import song
from backend.comments.tables import Comment
from backend.db.base import table
from backend.healing.tables import SongMood
from backend.listening.tables import Play
from backend.ratings.tables import Rating
from backend.songs.cards import SUNG
from backend.songs.tables import Lyric, SongArtist, SongGenre

UNKNOWN = -1
EXACT = {"year": 1, "month": 2, "day": 3}
"""How exact a release date is."""

_comment, _lyric, _play, _rating = table(Comment), table(Lyric), table(Play), table(Rating)
_singer, _genre, _mood = table(SongArtist), table(SongGenre), table(SongMood)

HEARD, READ, TALKED_OF, PLAYABLE = 1, 2, 4, 8
"""Bits of `told`: what a place is told from (sound, lyrics, comments); it can be played."""
_TOLD = {"audio": HEARD, "lyrics": READ, "comments": TALKED_OF}

Read = Callable[[Session, int, int], Iterable[Sequence[Any]]]


@dataclass(frozen=True)
class Column:
    """What a row holds beside its song's place in the block, and where it is read from."""

    dtype: np.dtype[Any]
    read: Read
    """(session, low, high): rows of songs low <= id < high, the song's id first."""


def _column(read: Read, **fields: str) -> Column:
    return Column(np.dtype([("song", "<u2"), *fields.items()]), read)


@cache
def hashed(word: str | None) -> int:
    """Return a word as a number that all processes agree on."""
    if word is None:
        return UNKNOWN
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") >> 1


def month_label(month: int) -> str | None:
    """Return 2026-03 of a month; None of an unknown one."""
    return None if month == UNKNOWN else f"{month // 12:04d}-{month % 12 + 1:02d}"


def _month(label: str | None) -> int:
    return UNKNOWN if label is None else int(label[:4]) * 12 + int(label[5:7]) - 1


def _between(column: ColumnElement[int], low: int, high: int) -> ColumnElement[bool]:
    return (column >= low) & (column < high)


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((condition, 1), else_=0))


def _facts(session: Session, low: int, high: int) -> Iterable[Sequence[Any]]:
    sung = select(func.count()).where(_lyric.c.song_id == song.c.id, _lyric.c.kind.in_(SUNG))
    s = song.c
    query = select(
        *(s.id, s.heat, s.comment_count, sung.scalar_subquery(), s.album_id),
        *(s.duration_ms, s.release_date, s.release_precision),
        *(s.language, s.copyright, s.original, s.source),
    ).where(_between(s.id, low, high))
    for row in session.execute(query):
        song_id, heat, comments, lines, album, duration, day, exact, *words = row
        yield (
            *(song_id, np.nan if heat is None else heat, comments, lines),
            *(UNKNOWN if fact is None else fact for fact in (album, duration)),
            *(UNKNOWN if day is None else day.toordinal(), EXACT.get(exact, EXACT["day"])),
            *map(hashed, words),
        )


def _singers(session: Session, low: int, high: int) -> Iterable[Sequence[Any]]:
    query = select(_singer.c.song_id, _singer.c.artist_id)
    return session.execute(query.where(_between(_singer.c.song_id, low, high)))


def _genres(session: Session, low: int, high: int) -> Iterable[Sequence[Any]]:
    query = select(_genre.c.song_id, _genre.c.genre_id)
    return session.execute(query.where(_between(_genre.c.song_id, low, high)))


def _months(session: Session, low: int, high: int) -> Iterable[Sequence[Any]]:
    month = func.substr(_play.c.day, 1, 7).label("month")
    query = select(_play.c.song_id, month, func.sum(_play.c["count"]))
    query = query.where(_between(_play.c.song_id, low, high)).group_by(_play.c.song_id, month)
    for song_id, label, count in session.execute(query):
        yield song_id, _month(label), int(count)


def _hours(session: Session, low: int, high: int) -> Iterable[Sequence[Any]]:
    query = select(_play.c.song_id, _play.c.day, _play.c.hour, func.sum(_play.c["count"]))
    query = query.where(_between(_play.c.song_id, low, high))
    cells: dict[tuple[int, int], int] = {}
    for song_id, day, hour, count in session.execute(
        query.group_by(_play.c.song_id, _play.c.day, _play.c.hour)
    ):
        key = (song_id, _cell(day, hour))
        cells[key] = cells.get(key, 0) + int(count)
    return [(song_id, cell, count) for (song_id, cell), count in cells.items()]


def _cell(day: date | None, hour: int | None) -> int:
    return UNKNOWN if day is None or hour is None else day.weekday() * 24 + hour


def _counters(session: Session, low: int, high: int) -> Iterable[Sequence[Any]]:
    query = select(song.c.id, song.c.play_count, song.c.rating_count)
    return session.execute(query.where(_between(song.c.id, low, high)))


def _stars(session: Session, low: int, high: int) -> Iterable[Sequence[Any]]:
    counts = [_how_many(_rating.c.stars == stars) for stars in range(1, 6)]
    query = select(_rating.c.song_id, *counts).where(_between(_rating.c.song_id, low, high))
    return session.execute(query.group_by(_rating.c.song_id))


def _comments(session: Session, low: int, high: int) -> Iterable[Sequence[Any]]:
    month = func.substr(_comment.c.day, 1, 7).label("month")
    labels = [_how_many(_comment.c.label == label) for label in (1, 0, -1)]
    query = select(_comment.c.song_id, month, func.count(), *labels)
    query = query.where(_between(_comment.c.song_id, low, high)).group_by(_comment.c.song_id, month)
    for song_id, label, *counts in session.execute(query):
        yield song_id, _month(label), *counts


def _moods(session: Session, low: int, high: int) -> Iterable[Sequence[Any]]:
    query = select(
        *(_mood.c.song_id, _mood.c.valence, _mood.c.arousal, _mood.c.evidence),
        song.c.audio_seconds.is_not(None),
    ).join_from(_mood, song, song.c.id == _mood.c.song_id)
    for row in session.execute(query.where(_between(_mood.c.song_id, low, high))):
        song_id, valence, arousal, evidence, playable = row
        told = sum(_TOLD.get(name, 0) for name in evidence.split(","))
        told += PLAYABLE if playable else 0
        yield song_id, round(valence * 1e4), round(arousal * 1e4), told


COLUMNS = {
    Kind.FACTS: _column(
        _facts,
        **{"heat": "<f8", "comments": "<i4", "sung": "?", "album": "<i8", "duration": "<i4"},
        **{"released": "<i4", "exact": "<i1"},
        **dict.fromkeys(("language", "copyright", "original", "source"), "<i8"),
    ),
    Kind.SINGERS: _column(_singers, artist="<i8"),
    Kind.GENRES: _column(_genres, genre="<i8"),
    Kind.MONTHS: _column(_months, month="<i4", count="<i8"),
    Kind.HOURS: _column(_hours, cell="<i2", count="<i8"),
    Kind.COUNTERS: _column(_counters, plays="<i8", raters="<i4"),
    Kind.STARS: _column(_stars, **{f"stars{n}": "<i4" for n in range(1, 6)}),
    Kind.COMMENTS: _column(
        _comments,
        **{"month": "<i4", "count": "<i4", "positive": "<i4", "neutral": "<i4", "negative": "<i4"},
    ),
    Kind.MOODS: _column(_moods, valence="<i2", arousal="<i2", told="<u1"),
}
