"""What a song is heard from: a file of the operator's, or a tune of the demo library."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.audio.errors import AudioGone, NoAudio
from backend.audio.tables import AudioFile
from backend.songs import cards

DEMO = "demo"


@dataclass(frozen=True)
class Recording:
    """A file that can be sent."""

    path: Path
    mime: str
    version: str
    """Changes when what is heard changes."""


@dataclass(frozen=True)
class TuneFacts:
    """What a demo song's tune is made from."""

    source_id: str
    tempo: float
    mood: str | None
    genres: tuple[str, ...]


def find(session: Session, *, song_id: int) -> Recording | TuneFacts:
    """Return what the song is heard from.

    Raises:
        SongNotFound: no such song.
        NoAudio: there is nothing to play.
        AudioGone: the file was moved, or has become a way out of its folder.
    """
    card = cards.get_card(session, song_id=song_id)
    file = session.scalar(select(AudioFile).where(AudioFile.song_id == song_id))
    if file is not None:
        path = inside(Path(file.folder), file.path)
        if path is None:
            raise AudioGone(song_id)
        return Recording(path, file.mime, f"{file.size}-{file.modified_ns}")
    details = cards.get_details(session, song_id=song_id)
    if card.song.source != DEMO or card.song.audio_seconds is None or details.tempo is None:
        raise NoAudio(song_id)
    return TuneFacts(details.source_id, details.tempo, details.mood, tuple(card.genres))


def inside(folder: Path, name: str) -> Path | None:
    """Return the file if it is one and truly lies in the folder, however its name is written."""
    try:
        root, path = folder.resolve(strict=True), (folder / name).resolve(strict=True)
    except (OSError, ValueError, RuntimeError):
        return None
    return path if path.is_relative_to(root) and path.is_file() else None
