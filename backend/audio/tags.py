"""What an audio file says of itself."""

import re
from dataclasses import dataclass
from pathlib import Path

from mutagen._file import File, FileType

from backend.ingest.records import clean_line

MIMES = {
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}
"""What browsers play, by the end of the name."""
_NAMED = re.compile(r"^(?:\d{1,3}[.\s_-]+)?(?P<artist>.+?)\s+-\s+(?P<title>.+)$")


class Unreadable(ValueError):
    """The file is not what its name says; the message says why."""


@dataclass(frozen=True)
class Tags:
    """Title and artists from the tags, else from a name such as `singer - song.mp3`."""

    title: str
    artists: tuple[str, ...]
    album: str | None
    genres: tuple[str, ...]
    year: int | None
    seconds: float


def read(path: Path) -> Tags:
    """Return a file's tags and length.

    Raises:
        Unreadable: no audio is found in it.
    """
    try:
        file = File(path, easy=True)
    except Exception as error:  # mutagen's parsers raise whatever a broken file provokes
        raise Unreadable(str(error) or type(error).__name__) from error
    if file is None or not getattr(file.info, "length", 0) > 0:
        raise Unreadable("no audio in it")
    told = {key: _lines(file, key) for key in ("title", "artist", "album", "genre", "date")}
    named = _NAMED.match(path.stem)
    title = next(iter(told["title"]), None) or clean_line(named["title"] if named else path.stem)
    artists = tuple(told["artist"]) or ((clean_line(named["artist"]),) if named else ())
    year = re.match(r"(1[89]|20)\d\d", next(iter(told["date"]), ""))
    return Tags(
        title=title or "?",
        artists=artists,
        album=next(iter(told["album"]), None),
        genres=tuple(name[:32] for name in told["genre"]),
        year=int(year[0]) if year else None,
        seconds=round(float(file.info.length), 3),
    )


def _lines(file: FileType, key: str) -> list[str]:
    values: object = (file.tags.get(key) or []) if file.tags is not None else []
    # Wave files carry raw frames where the others carry lists.
    texts = values if isinstance(values, list) else getattr(values, "text", [])
    cleaned = (clean_line(str(value))[:255] for value in texts)
    return list(dict.fromkeys(text for text in cleaned if text))
