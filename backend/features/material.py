"""What there is to encode of each song: words, a cover, a recording."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from backend.audio.service import DEMO, Recording, TuneFacts, inside
from backend.audio.tables import AudioFile
from backend.audio.tunes import VERSION
from backend.songs import cards, cover_art
from backend.songs.cards import SUNG
from backend.songs.lrc import parse
from backend.songs.tables import Lyric, Song
from models.features.cover import Picture
from models.features.interface import Modality


@dataclass(frozen=True)
class Material:
    """One song's; `fingerprint` changes when it does."""

    song_id: int
    fingerprint: int
    content: Any


@dataclass(frozen=True)
class Source:
    """Where a modality's material comes from."""

    ids: Callable[[Session], list[int]]
    """The songs that have any, by id."""
    load: Callable[[Session, Sequence[int]], list[Material]]


def print_of(*facts: object) -> int:
    """Return a number that differs when facts do."""
    return zlib.crc32(repr(facts).encode())


def _ids(*conditions: ColumnElement[bool]) -> Callable[[Session], list[int]]:
    return lambda session: list(
        session.scalars(select(Song.id).where(*conditions).order_by(Song.id))
    )


def load_words(session: Session, ids: Sequence[int]) -> list[Material]:
    """Return title and lyrics as one text each."""
    rows = session.execute(
        select(Song.id, Song.title, Lyric.kind, Lyric.text)
        .outerjoin(Lyric, Lyric.song_id == Song.id)
        .where(Song.id.in_(ids))
        .order_by(Song.id)
    )
    found = []
    for song_id, title, kind, lyric in rows:
        text = "\n".join([title, sung(kind, lyric)]).strip()
        found.append(Material(song_id, print_of(text), text))
    return found


def sung(kind: str | None, text: str | None) -> str:
    """Return the words of lyrics without their stamps, empty where none are sung."""
    if kind not in SUNG or not text:
        return ""
    return "\n".join(line.text for line in parse(kind, text))


def load_covers(session: Session, ids: Sequence[int]) -> list[Material]:
    """Return (palette, motif); a cover that only the page made up says nothing of its song."""
    rows = session.execute(
        select(Song.id, Song.cover_palette, Song.cover_motif)
        .where(Song.id.in_(ids))
        .order_by(Song.id)
    )
    return [Material(i, print_of(palette, motif), (palette, motif)) for i, palette, motif in rows]


def picture(content: tuple[int, int]) -> Picture:
    """Draw a cover."""
    return np.asarray(cover_art.picture(*content), dtype=np.uint8)


def load_recordings(session: Session, ids: Sequence[int]) -> list[Material]:
    """Return what each song is heard from: a file, None where that is gone, or a tune's facts."""
    files = {
        file.song_id: file
        for file in session.scalars(select(AudioFile).where(AudioFile.song_id.in_(ids)))
    }
    genres = {card.song.id: tuple(card.genres) for card in cards.load_cards(session, ids)}
    rows = session.execute(
        select(Song.id, Song.source_id, Song.tempo, Song.mood)
        .where(Song.id.in_(ids))
        .order_by(Song.id)
    )
    found = []
    for song_id, source_id, tempo, mood in rows:
        file = files.get(song_id)
        if file is not None:
            version = f"{file.size}-{file.modified_ns}"
            path = inside(Path(file.folder), file.path)
            content: Any = None if path is None else Recording(path, file.mime, version)
            found.append(Material(song_id, print_of(version, path is None), content))
        elif tempo is not None:
            facts = TuneFacts(source_id, tempo, mood, genres[song_id])
            found.append(Material(song_id, print_of(VERSION, facts), facts))
    return found


_RECORDED = or_(
    Song.id.in_(select(AudioFile.song_id)),
    (Song.source == DEMO) & Song.audio_seconds.is_not(None) & Song.tempo.is_not(None),
)
SOURCES: dict[Modality, Source] = {
    "text": Source(_ids(), load_words),
    "cover": Source(
        _ids(Song.cover_palette.is_not(None), Song.cover_motif.is_not(None)), load_covers
    ),
    "audio": Source(_ids(_RECORDED), load_recordings),
}
