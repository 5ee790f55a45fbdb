"""Pages of songs, filtered and sorted. Every statement is built once."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, func, select, union
from sqlalchemy.orm import Session

from backend.db.base import table
from backend.songs.cards import SUNG, SongCard, load_cards
from backend.songs.tables import Artist, Genre, Lyric, Song, SongArtist, SongGenre

Sort = Literal["newest", "heat", "title"]


@dataclass(frozen=True)
class SongFilter:
    """Which songs a list holds; None does not filter."""

    genre: str | None = None
    language: str | None = None
    year: int | None = None
    decade: int | None = None
    """Its first year."""
    has_audio: bool | None = None
    has_lyrics: bool | None = None
    q: str | None = None
    artist_id: int | None = None
    album_id: int | None = None

    def bound(self) -> dict[str, Any]:
        """Return the values of the filters in use, by parameter name."""
        values: dict[str, Any] = {
            "genre": self.genre,
            "language": self.language,
            "artist_id": self.artist_id,
            "album_id": self.album_id,
        }
        for name, first, years in (("year", self.year, 1), ("decade", self.decade, 10)):
            if first is not None:
                last = date(first + years - 1, 12, 31)
                values |= {name: date(first, 1, 1), f"{name}_end": last}
        for name, asked in (("has_audio", self.has_audio), ("has_lyrics", self.has_lyrics)):
            if asked is not None:
                values[name if asked else name.replace("has", "no")] = True
        if self.q:
            escaped = self.q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            values["q"] = f"%{escaped}%"
        return {name: value for name, value in values.items() if value is not None}


_song, _artist, _song_artist = table(Song), table(Artist), table(SongArtist)
_genre, _song_genre, _lyric = table(Genre), table(SongGenre), table(Lyric)
_ORDER: dict[Sort, tuple[ColumnElement[Any], ...]] = {
    "newest": (_song.c.release_date.desc(), _song.c.id),
    "heat": (_song.c.heat.desc(), _song.c.id),
    "title": (_song.c.title, _song.c.id),
}
_OF_GENRE = _song.c.id.in_(
    select(_song_genre.c.song_id)
    .join_from(_song_genre, _genre)
    .where(_genre.c.name == bindparam("genre"))
)
_FOUND = union(
    select(_song.c.id).where(_song.c.title.like(bindparam("q"), escape="\\")),
    select(_song_artist.c.song_id)
    .join_from(_song_artist, _artist)
    .where(_artist.c.name.like(bindparam("q"), escape="\\")),
).subquery("found")
"""Songs that hold `q`: each side reads an index alone, where an OR reads every song's row."""
_SUNG_BY = _song.c.id.in_(
    select(_song_artist.c.song_id).where(_song_artist.c.artist_id == bindparam("artist_id"))
)
_IS_SUNG = func.coalesce(_lyric.c.kind, "").in_(SUNG)
"""Beside an outer join, so that MariaDB begins with the songs in order, not with every lyric."""
_CONDITIONS: dict[str, ColumnElement[bool]] = {
    "artist_id": _SUNG_BY,
    "album_id": _song.c.album_id == bindparam("album_id"),
    "genre": _OF_GENRE,
    "language": _song.c.language == bindparam("language"),
    "year": _song.c.release_date.between(bindparam("year"), bindparam("year_end")),
    "decade": _song.c.release_date.between(bindparam("decade"), bindparam("decade_end")),
    "has_audio": _song.c.audio_seconds.is_not(None),
    "no_audio": _song.c.audio_seconds.is_(None),
    "has_lyrics": _IS_SUNG,
    "no_lyrics": ~_IS_SUNG,
}
_SUNG_COUNT = select(func.count()).select_from(_lyric).where(_lyric.c.kind.in_(SUNG))
_COUNTS: dict[frozenset[str], Select[Any]] = {
    frozenset({"has_lyrics"}): _SUNG_COUNT,
    frozenset({"no_lyrics"}): select(
        select(func.count()).select_from(_song).scalar_subquery() - _SUNG_COUNT.scalar_subquery()
    ),
}
"""Totals that need no look at each song."""


# Statements depend on which filters are in use, not on their values: each is built once.
@cache
def _ids_statement(sort: Sort, filters: frozenset[str]) -> Select[Any]:
    chosen = _chosen(filters, _song.c.id).order_by(*_ORDER[sort])
    return chosen.limit(bindparam("limit")).offset(bindparam("offset"))


@cache
def _total_statement(filters: frozenset[str]) -> Select[Any]:
    return _COUNTS.get(filters, _chosen(filters, func.count()))


def _chosen(filters: frozenset[str], column: ColumnElement[Any]) -> Select[Any]:
    songs: FromClause = _song
    if "q" in filters:
        songs = songs.join(_FOUND, _FOUND.c.id == _song.c.id)
    if filters & {"has_lyrics", "no_lyrics"}:
        songs = songs.outerjoin(_lyric, _lyric.c.song_id == _song.c.id)
    conditions = (_CONDITIONS[name] for name in sorted(filters & _CONDITIONS.keys()))
    return select(column).select_from(songs).where(*conditions)


def list_songs(
    session: Session, *, by: SongFilter, sort: Sort, offset: int, limit: int
) -> tuple[list[SongCard], int]:
    """Return one page of cards and the total."""
    bound = by.bound()
    filters = frozenset(bound)
    page = {**bound, "limit": limit, "offset": offset}
    ids = session.scalars(_ids_statement(sort, filters), page).all()
    total = session.scalar(_total_statement(filters), bound) or 0
    return load_cards(session, ids), total


_NEWEST = (
    select(_song.c.id)
    .where(_song.c.release_date.is_not(None))
    .order_by(*_ORDER["newest"])
    .limit(bindparam("limit"))
)


def newest_ids(session: Session, *, limit: int) -> list[int]:
    """Return the newest songs: release date descending."""
    return list(session.scalars(_NEWEST, {"limit": limit}))


def newest(session: Session, *, limit: int) -> list[SongCard]:
    """Return the cards of the newest songs."""
    return load_cards(session, newest_ids(session, limit=limit))
