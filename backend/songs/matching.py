"""Find songs by what a file or a list says of them: title and singers."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.songs.tables import Artist, Song, SongArtist

CHUNK = 500
"""Titles asked for at once."""


def comparable(text: str) -> str:
    """Return text without what two spellings of one name may differ in: width, case, blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def find(session: Session, wanted: Sequence[tuple[str, Sequence[str]]]) -> list[int | None]:
    """Return for each (title, singers) the song of that title by one of them.

    Without singers a song is found when no other has its title.
    """
    known: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for titles in _chunks({title for title, _ in wanted}):
        rows = session.execute(
            select(Song.id, Song.title, Artist.name)
            .join(SongArtist, SongArtist.song_id == Song.id, isouter=True)
            .join(Artist, Artist.id == SongArtist.artist_id, isouter=True)
            .where(Song.title.in_(titles))
            .order_by(Song.id)
        )
        for song_id, title, artist in rows:
            known[comparable(title)][song_id].update([comparable(artist)] if artist else [])
    return [_match(known[comparable(title)], singers) for title, singers in wanted]


def _match(songs: dict[int, set[str]], singers: Sequence[str]) -> int | None:
    wanted = set(map(comparable, singers))
    fitting = [song_id for song_id, names in songs.items() if not wanted or wanted & names]
    return fitting[0] if len(fitting) == 1 or (fitting and wanted) else None


def _chunks(titles: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(sorted(titles))
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
