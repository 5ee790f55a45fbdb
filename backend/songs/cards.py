"""Song cards: what a list shows of a song, in two queries however long the list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, bindparam, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from backend.db.base import table
from backend.songs.errors import SongNotFound
from backend.songs.tables import Album, Artist, Genre, Lyric, Song, SongArtist, SongGenre

SUNG = ("lrc", "plain")


@dataclass(slots=True)
class SongCard:
    """A song with the names a card shows. `song` is a row of what `_SONGS` selects."""

    song: Any
    artists: list[tuple[int, str]] = field(default_factory=list)
    genres: list[str] = field(default_factory=list)


class SongNames(NamedTuple):
    """What a song is found by."""

    id: int
    heat: float | None
    title: str
    album: str | None
    artists: list[str]


class SongDetails(NamedTuple):
    """What only the song's own page shows."""

    source_id: str
    source_url: str | None
    lyricist: str | None
    mood: str | None
    tempo: float | None
    created_at: datetime
    updated_at: datetime


_song, _album, _lyric = table(Song), table(Album), table(Lyric)
_artist, _song_artist = table(Artist), table(SongArtist)
_genre, _song_genre = table(Genre), table(SongGenre)
_IDS: BindParameter[int] = bindparam("ids", expanding=True)
_SHOWN = (
    *("id", "source", "title", "album_id", "release_date", "release_precision", "duration_ms"),
    *("language", "heat", "copyright", "original", "original_song_id"),
    *("audio_seconds", "cover_url", "cover_palette", "cover_motif"),
    *("play_count", "comment_count", "positive_count", "neutral_count", "negative_count"),
    *("rating_sum", "rating_count"),
)

_SONGS = (
    select(
        *(_song.c[name] for name in _SHOWN),
        _album.c.title.label("album_title"),
        _lyric.c.kind.in_(SUNG).label("has_lyrics"),
    )
    .select_from(_song.outerjoin(_album).outerjoin(_lyric))
    .where(_song.c.id.in_(_IDS))
)
# One round trip for both kinds of names; `position` tells them apart and orders the artists. Outer
# joins, though every name is there: MariaDB would begin with the few genres and all their songs.
_NAMES = union_all(
    select(
        _song_artist.c.song_id,
        _song_artist.c.position.label("position"),
        _artist.c.id.label("id"),
        _artist.c.name,
    )
    .join_from(_song_artist, _artist, isouter=True)
    .where(_song_artist.c.song_id.in_(_IDS)),
    select(_song_genre.c.song_id, null(), _genre.c.id, _genre.c.name)
    .join_from(_song_genre, _genre, isouter=True)
    .where(_song_genre.c.song_id.in_(_IDS)),
).order_by("position", "id")
_DETAILS = select(*(_song.c[name] for name in SongDetails._fields)).where(
    _song.c.id == bindparam("song_id")
)
_FOUND_BY = (
    select(
        *(_song.c.id, _song.c.heat, _song.c.title),
        *(_album.c.title.label("album"), _artist.c.name.label("artist")),
    )
    .select_from(_song.outerjoin(_album).outerjoin(_song_artist).outerjoin(_artist))
    .where(_song.c.id.in_(_IDS))
    .order_by(_song_artist.c.position, _artist.c.id)
)
_TITLES = select(_song.c.id, _song.c.title).where(_song.c.id.in_(_IDS))
_FIRST_NAMED = (_song_artist.c.song_id == _song.c.id) & (_song_artist.c.position == literal(0))
_WORKS = (
    select(
        _song.c.id, func.coalesce(_song.c.original_song_id, _song.c.id), _song_artist.c.artist_id
    )
    .select_from(_song.outerjoin(_song_artist, _FIRST_NAMED))
    .where(_song.c.id.in_(_IDS), _song.c.gone_at.is_(None))
)


def load_cards(session: Session, ids: Sequence[int]) -> list[SongCard]:
    """Return the cards of `ids` in that order; unknown ids are left out."""
    if not ids:
        return []
    bound = {"ids": list(ids)}
    cards = {row.id: SongCard(row) for row in session.execute(_SONGS, bound)}
    for song_id, position, name_id, name in session.execute(_NAMES, bound):
        if position is None:
            cards[song_id].genres.append(name)
        else:
            cards[song_id].artists.append((name_id, name))
    return [cards[i] for i in ids if i in cards]


def load_names(session: Session, ids: Sequence[int]) -> list[SongNames]:
    """Return the names of `ids` in that order: a fraction of their cards, for who looks at many."""
    if not ids:
        return []
    found: dict[int, SongNames] = {}
    for song_id, heat, title, album, artist in session.execute(_FOUND_BY, {"ids": list(ids)}):
        song = found.setdefault(song_id, SongNames(song_id, heat, title, album, []))
        if artist is not None:
            song.artists.append(artist)
    return [found[i] for i in ids if i in found]


def get_card(session: Session, *, song_id: int) -> SongCard:
    """Return one card.

    Raises:
        SongNotFound: no such song.
    """
    cards = load_cards(session, [song_id])
    if not cards:
        raise SongNotFound(song_id)
    return cards[0]


def get_details(session: Session, *, song_id: int) -> SongDetails:
    """Return the details of a song that exists."""
    return SongDetails(*session.execute(_DETAILS, {"song_id": song_id}).one())


def titles(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Return the titles of those songs that exist."""
    rows = session.execute(_TITLES, {"ids": list(ids)}) if ids else ()
    return {song_id: title for song_id, title in rows}


def works(session: Session, ids: Sequence[int]) -> list[tuple[int, int, int | None]]:
    """Return (song, work, first artist) of those songs their source still lists.

    The work is the original's id for a cover, else the song's own.
    """
    rows = session.execute(_WORKS, {"ids": list(ids)}) if ids else ()
    return [(song_id, work_id, artist_id) for song_id, work_id, artist_id in rows]
