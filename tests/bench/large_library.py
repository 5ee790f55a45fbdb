"""A large library, drawn at random straight into the tables: what charts are measured on.

Facts, dates, stars and words follow skewed laws, so that groups are as uneven as real ones.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.random import Generator
from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.comments.tables import Comment
from backend.db.base import Base
from backend.db.session import unit_of_work
from backend.healing.tables import SongMood
from backend.listening.tables import Play
from backend.ratings.tables import Rating
from backend.songs.service import refresh_totals
from backend.songs.tables import Album, Artist, Genre, Lyric, Song, SongArtist, SongGenre
from backend.words.counting import sum_totals
from backend.words.tables import COMMENTS, LYRICS, SongWord, Word

GENRES, WORDS = 12, 30_000
LYRIC_WORDS, COMMENT_WORDS = 30, 5
FIRST = 30_000_000
"""Ids from here on, away from the demo library's."""
_PART = 20_000
_LANGUAGES = ("普通话", "粤语", "英语", "纯音乐", None)
_COPYRIGHTS = ("free", "free_low", "vip", "album", "unavailable", None)
_KINDS = ("album", "single", "ep", None)
_SINCE = date(1985, 1, 1)
_NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)
_STAMPS = {"created_at": _NOW, "updated_at": _NOW}

Rows = Iterable[Mapping[str, Any]]


def fill(engine: Engine, *, songs: int, ratings: int, comments: int, plays: int) -> None:
    """Write a library of so many songs with what listeners did, one listener for five songs."""
    rng = np.random.default_rng(11)
    listeners = songs // 5
    with unit_of_work(engine) as session:
        _catalogue(session, rng, songs)
        _listeners(session, listeners)
        _ratings(session, rng, songs, listeners, ratings)
        _comments(session, rng, songs, comments)
        _plays(session, rng, songs, listeners, plays)
        _words(session, rng, songs)
        _moods(session, rng, songs)
        sum_totals(session)
        refresh_totals(session)
        _count_deeds(session)


def _named(index: int, **facts: Any) -> dict[str, Any]:
    return {"id": FIRST + index, "source": "bench", "source_id": str(index), **_STAMPS, **facts}


def _write(session: Session, entity: type[Base], rows: Rows) -> None:
    part: list[Mapping[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == _PART:
            session.execute(insert(entity), part)
            part = []
    if part:
        session.execute(insert(entity), part)


def _uneven(rng: Generator, count: int, size: int) -> list[int]:
    """Draw indexes below `count`, small ones far more often."""
    found: list[int] = np.minimum(count * rng.random(size) ** 2.5, count - 1).astype(int).tolist()
    return found


def _days(rng: Generator, since: date, until: date, size: int) -> list[date]:
    span = (until - since).days
    return [since + timedelta(days=int(span * x)) for x in rng.random(size) ** 0.6]


def _catalogue(session: Session, rng: Generator, songs: int) -> None:
    artists, albums = songs // 20, songs // 7
    _write(session, Artist, (_named(i, name=f"歌手{i}") for i in range(artists)))
    kinds, by = _uneven(rng, len(_KINDS), albums), _uneven(rng, artists, albums)
    _write(
        session,
        Album,
        (
            _named(i, title=f"专辑{i}", artist_id=FIRST + by[i], kind=_KINDS[kinds[i]])
            for i in range(albums)
        ),
    )
    _write(session, Genre, ({"id": FIRST + i, "name": f"曲风{i}"} for i in range(GENRES)))
    languages, rights = _uneven(rng, 5, songs), _uneven(rng, 6, songs)
    on, sung_by, genre = (_uneven(rng, count, songs) for count in (albums, artists, GENRES))
    out, exact = _days(rng, _SINCE, _NOW.date(), songs), rng.random(songs)
    heat, length = rng.beta(2, 4, songs) * 100, rng.normal(230_000, 60_000, songs)
    _write(
        session,
        Song,
        (
            _named(
                i,
                title=f"第{i}首",
                album_id=FIRST + on[i],
                release_date=None if exact[i] < 0.03 else out[i],
                release_precision=None if exact[i] < 0.03 else "day" if exact[i] > 0.1 else "month",
                duration_ms=int(max(length[i], 20_000)),
                language=_LANGUAGES[languages[i]],
                copyright=_COPYRIGHTS[rights[i]],
                original=("original", "cover", None)[i % 7 // 3],
                heat=float(heat[i]),
                play_count=int(heat[i] ** 2),
            )
            for i in range(songs)
        ),
    )
    _write(
        session,
        SongArtist,
        (
            {"song_id": FIRST + i, "artist_id": FIRST + sung_by[i], "position": 0}
            for i in range(songs)
        ),
    )
    _write(
        session,
        SongGenre,
        ({"song_id": FIRST + i, "genre_id": FIRST + genre[i]} for i in range(songs)),
    )
    _write(
        session,
        Lyric,
        (
            {"song_id": FIRST + i, "source": "bench", "kind": "lrc", "text": f"[00:01.00]第{i}句",
             "updated_at": _NOW}
            for i in range(songs)
        ),
    )  # fmt: skip


def _listeners(session: Session, count: int) -> None:
    _write(
        session,
        User,
        (
            {"id": FIRST + i, "username": f"bench{i}", "username_norm": f"bench{i}",
             "source": "bench", "source_id": str(i), "created_at": _NOW}
            for i in range(count)
        ),
    )  # fmt: skip


def _ratings(session: Session, rng: Generator, songs: int, listeners: int, count: int) -> None:
    # Twice too many are drawn, since nobody rates a song twice.
    drawn = np.unique(
        rng.integers(0, listeners, 2 * count) * songs + np.array(_uneven(rng, songs, 2 * count))
    )
    chosen = np.sort(rng.choice(drawn, min(count, len(drawn)), replace=False))
    stars = rng.choice([1, 2, 3, 4, 5], len(chosen), p=[0.04, 0.05, 0.11, 0.3, 0.5]).tolist()
    _write(
        session,
        Rating,
        (
            {"user_id": FIRST + pair // songs, "song_id": FIRST + pair % songs, "stars": star,
             "rated_at": _NOW, **_STAMPS}
            for pair, star in zip(chosen.tolist(), stars, strict=True)
        ),
    )  # fmt: skip


def _comments(session: Session, rng: Generator, songs: int, count: int) -> None:
    about, likes = _uneven(rng, songs, count), _uneven(rng, 1_000, count)
    days = _days(rng, date(2022, 1, 1), _NOW.date(), count)
    labels = rng.choice([1, 0, -1], count, p=[0.6, 0.2, 0.2]).tolist()
    _write(
        session,
        Comment,
        (
            {
                **{"source": "bench", "source_id": str(i), "song_id": FIRST + about[i]},
                **{"text": f"第{i}条", "likes": likes[i], "created_at": _NOW, "stored_at": _NOW},
                **{"day": days[i], "hour": i % 24, "label": labels[i], "scored_by": "bench"},
                **{"probability": 0.5 + labels[i] * 0.4, "words": []},
            }
            for i in range(count)
        ),
    )


def _plays(session: Session, rng: Generator, songs: int, listeners: int, count: int) -> None:
    what, who = _uneven(rng, songs, count), _uneven(rng, listeners, count)
    days, hours = _days(rng, date(2024, 12, 1), _NOW.date(), count), _uneven(rng, 24, count)
    _write(
        session,
        Play,
        (
            {
                **{"client_id": f"b{i}", "user_id": FIRST + who[i], "song_id": FIRST + what[i]},
                **{"source": "bench", "count": 1, "day": days[i], "hour": hours[i]},
                "played_at": datetime.combine(days[i], datetime.min.time(), UTC),
            }
            for i in range(count)
        ),
    )


def _words(session: Session, rng: Generator, songs: int) -> None:
    tones = (rng.random(WORDS) * 2 - 1).round(3).tolist()
    _write(
        session,
        Word,
        ({"id": FIRST + i, "text": f"词{i}", "tone": tones[i]} for i in range(WORDS)),
    )
    for kind, each in ((LYRICS, LYRIC_WORDS), (COMMENTS, COMMENT_WORDS)):
        pairs = np.unique(
            np.repeat(np.arange(songs), each) * WORDS + np.array(_uneven(rng, WORDS, songs * each))
        )
        praise = kind if kind == COMMENTS else 0
        _write(
            session,
            SongWord,
            (
                {"song_id": FIRST + pair // WORDS, "kind": kind, "word_id": FIRST + pair % WORDS,
                 "count": 1 + pair % 3, "positive": praise, "neutral": 0, "negative": 0}
                for pair in pairs.tolist()
            ),
        )  # fmt: skip


def _moods(session: Session, rng: Generator, songs: int) -> None:
    places = np.clip(rng.normal(0, 0.45, (songs, 2)), -1, 1).round(4).tolist()
    _write(
        session,
        SongMood,
        (
            {"song_id": FIRST + i, "valence": valence, "arousal": arousal, "tempo": 90.0,
             "evidence": "audio,lyrics" if i % 3 else "lyrics", "version": "bench",
             "placed_at": _NOW}
            for i, (valence, arousal) in enumerate(places)
        ),
    )  # fmt: skip


def _count_deeds(session: Session) -> None:
    """Set what the domains keep beside each song."""
    for entity, counter in ((Rating, "rating_count"), (Comment, "comment_count")):
        counted = select(func.count()).where(entity.song_id == Song.id).scalar_subquery()
        session.execute(
            update(Song).values({counter: counted}),
            execution_options={"synchronize_session": False},
        )
