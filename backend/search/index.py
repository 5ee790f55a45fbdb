"""Keep what search looks in: written with the library, rebuilt on demand, its lag noticed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.db.base import Base
from backend.db.upsert import upsert
from backend.search import fulltext
from backend.search.tables import SearchAlbum, SearchArtist, SearchSong
from backend.search.text import line_tokens, name_tokens
from backend.songs.lrc import parse
from backend.songs.tables import Album, Artist, Lyric, Song, SongArtist
from models.progress import Progress

_CHUNK = 2_000
LYRIC_LINES = 120
"""Lines of one song that are indexed."""


def index_songs(session: Session, ids: Collection[int]) -> None:
    """Write the tokens of songs anew, in as many statements whatever their number."""
    for part in _chunks(ids):
        names: dict[int, set[str]] = {}
        lyrics: dict[int, set[str]] = defaultdict(set)
        titles = select(Song.id, Song.title, Album.title).outerjoin(
            Album, Song.album_id == Album.id
        )
        for song_id, title, album in session.execute(titles.where(Song.id.in_(part))):
            names[song_id] = set(name_tokens(title)) | name_tokens(album or "")
        sung = select(SongArtist.song_id, Artist.name, Artist.alias).join_from(SongArtist, Artist)
        for song_id, name, alias in session.execute(sung.where(SongArtist.song_id.in_(part))):
            names[song_id] |= name_tokens(name) | name_tokens(alias or "")
        words = select(Lyric.song_id, Lyric.kind, Lyric.text).where(Lyric.song_id.in_(part))
        for song_id, kind, text in session.execute(words):
            for line in {line.text for line in parse(kind, text)[:LYRIC_LINES]}:
                lyrics[song_id] |= line_tokens(line)
        rows = [
            {"song_id": song_id, "names": _joined(tokens), "lyrics": _joined(lyrics[song_id])}
            for song_id, tokens in names.items()
        ]  # fmt: skip
        columns = ("names", "lyrics")
        upsert(session, SearchSong, rows, key=["song_id"], update=columns)


def index_artists(session: Session, ids: Collection[int]) -> None:
    """Write the tokens of artists anew."""
    query = select(Artist.id, Artist.name, Artist.alias)
    _index_names(session, SearchArtist, "artist_id", Artist.id, query, ids)


def index_albums(session: Session, ids: Collection[int]) -> None:
    """Write the tokens of albums anew."""
    _index_names(session, SearchAlbum, "album_id", Album.id, select(Album.id, Album.title), ids)


def songs_of(
    session: Session, *, artists: Collection[int] = (), albums: Collection[int] = ()
) -> set[int]:
    """Return the songs that carry the names of these artists and albums."""
    sung = SongArtist.song_id, SongArtist.artist_id
    found: set[int] = set()
    for ids, (song, owner) in ((artists, sung), (albums, (Song.id, Song.album_id))):
        for part in _chunks(ids):
            found.update(session.scalars(select(song).where(owner.in_(part))))
    return found


def rebuild(session: Session, progress: Progress) -> int:
    """Make the whole index anew, whatever became of it; return how many rows it has."""
    connection = session.connection()
    fulltext.drop(connection)
    done = 0
    jobs: tuple[tuple[str, Any, type[Base], Any], ...] = (
        ("artists", Artist.id, SearchArtist, index_artists),
        ("albums", Album.id, SearchAlbum, index_albums),
        ("songs", Song.id, SearchSong, index_songs),
    )
    for stage, key, entity, write in jobs:
        session.execute(sa.delete(entity))
        ids = session.scalars(select(key).order_by(key)).all()
        for start in range(0, len(ids), _CHUNK):
            progress(stage, start, len(ids))
            write(session, ids[start : start + _CHUNK])
        progress(stage, len(ids), len(ids))
        done += len(ids)
    progress("index", 0, None)
    fulltext.create(connection)
    return done


def lag(session: Session) -> int:
    """Return how many songs, artists and albums the index does not know.

    What changes comes through the door, which writes the index in the same transaction.
    """
    pairs: tuple[tuple[Any, Any], ...] = (
        (Song.id, SearchSong.song_id),
        (Artist.id, SearchArtist.artist_id),
        (Album.id, SearchAlbum.album_id),
    )
    counts = [
        select(func.count())
        .select_from(key.class_)
        .outerjoin(known.class_, known == key)
        .where(known.is_(None))
        .scalar_subquery()
        for key, known in pairs
    ]
    return session.scalar(select(counts[0] + counts[1] + counts[2])) or 0


def is_whole(session: Session) -> bool:
    """Tell whether the database's own full-text index is there and knows every row."""
    return fulltext.is_whole(session.connection())


def _index_names(
    session: Session, entity: type[Base], key: str, column: Any, query: Any, ids: Collection[int]
) -> None:
    for part in _chunks(ids):
        rows = [
            {key: thing, "names": _joined(set().union(*map(name_tokens, filter(None, names))))}
            for thing, *names in session.execute(query.where(column.in_(part)))
        ]  # fmt: skip
        upsert(session, entity, rows, key=[key], update=["names"])


def _joined(tokens: Iterable[str]) -> str:
    return " ".join(sorted(tokens))


def _chunks(ids: Collection[int]) -> Iterator[Sequence[int]]:
    listed = list(ids)
    for start in range(0, len(listed), _CHUNK):
        yield listed[start : start + _CHUNK]
