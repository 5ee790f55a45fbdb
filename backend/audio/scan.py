"""Look through a folder of audio: each file belongs to a known song, or brings a new one."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backend.audio.errors import NotAFolder
from backend.audio.service import DEMO, inside
from backend.audio.tables import AudioFile
from backend.audio.tags import MIMES, Tags, Unreadable, read
from backend.blocks.service import Kind, touch
from backend.db.base import utc_now
from backend.db.upsert import upsert
from backend.demo.tune import tune_seconds
from backend.ingest.records import AlbumRecord, ArtistRecord, Record, SongRecord
from backend.ingest.service import store
from backend.songs import matching
from backend.songs.matching import comparable
from backend.songs.service import refresh_totals
from backend.songs.tables import Song
from models.progress import Progress, silent

SOURCE = "folder"
BATCH = 500


@dataclass
class Scanned:
    """What became of the files."""

    matched: int = 0
    added: int = 0
    unchanged: int = 0
    gone: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    """Path below the folder, and why."""


@dataclass(frozen=True)
class _Found:
    name: str
    path: Path
    size: int
    modified_ns: int
    tags: Tags


def scan(session: Session, folder: Path, *, zone: ZoneInfo, progress: Progress = silent) -> Scanned:
    """Take every audio file below the folder into the library, in the caller's transaction.

    A second scan of the same files changes nothing. Links that lead out of the folder are refused
    and linked folders are not entered.

    Raises:
        NotAFolder: the folder is none.
    """
    try:
        root = folder.resolve(strict=True)
    except OSError as error:
        raise NotAFolder(str(folder)) from error
    if not root.is_dir():
        raise NotAFolder(str(folder))
    rows = session.scalars(select(AudioFile).where(AudioFile.folder == str(root)))
    held = {row.path: row for row in rows}
    result, seen = Scanned(), set[str]()
    names = sorted(_names(root))
    there = set(names)
    owners = {row.song_id: row.path for row in held.values() if row.path in there}
    rest = iter(names)
    while batch := list(islice(rest, BATCH)):
        changed = []
        for name in batch:
            progress("files", len(seen), len(names))
            seen.add(name)
            found = _look(root, name, held.get(name), result)
            if found is not None:
                changed.append(found)
        _take(session, root, changed, result, owners, zone)
    _forget(session, [row for name, row in held.items() if name not in seen], result)
    if result.added or result.matched or result.gone:
        refresh_totals(session)
    session.expire_all()
    return result


def _names(root: Path) -> Iterator[str]:
    for folder, _, files in os.walk(root, followlinks=False):
        for file in files:
            path = Path(folder) / file
            if path.suffix.lower() in MIMES:
                yield path.relative_to(root).as_posix()


def _look(root: Path, name: str, held: AudioFile | None, result: Scanned) -> _Found | None:
    """Return a file that is new or changed, with its tags."""
    path = inside(root, name)
    if path is None:
        result.refused.append((name, "leads out of the folder, or cannot be read"))
        return None
    if len(name) > 500:
        result.refused.append((name, "its path is longer than 500 characters"))
        return None
    stat = path.stat()
    if held and (held.size, held.modified_ns) == (stat.st_size, stat.st_mtime_ns):
        result.unchanged += 1
        return None
    try:
        return _Found(name, path, stat.st_size, stat.st_mtime_ns, read(path))
    except Unreadable as error:
        result.refused.append((name, str(error)))
        return None


def _take(
    session: Session,
    root: Path,
    found: Sequence[_Found],
    result: Scanned,
    owners: dict[int, str],
    zone: ZoneInfo,
) -> None:
    """Give each file to its song; `owners` are the files that songs have already."""
    songs = matching.find(session, [(file.tags.title, file.tags.artists) for file in found])
    song_of = dict(zip((file.name for file in found), songs, strict=True))
    new = [file for file in found if song_of[file.name] is None]
    store(session, list(_records(new)), zone=zone)
    keys = {_key(file.tags): file for file in new}
    stored = session.execute(
        select(Song.source_id, Song.id).where(Song.source == SOURCE, Song.source_id.in_(keys))
    )
    ids = {source_id: song_id for source_id, song_id in stored}
    taken: dict[int, _Found] = {}
    for file in found:
        song_id = song_of[file.name] or ids.get(_key(file.tags))
        if song_id is None:
            result.refused.append((file.name, "its tags cannot be taken"))
        elif owners.setdefault(song_id, file.name) != file.name:
            result.refused.append((file.name, f"the same song as {owners[song_id]}"))
        else:
            taken[song_id] = file
            if song_of[file.name] is None:
                result.added += 1
            else:
                result.matched += 1
    if not taken:
        return
    rows = [_row(root, song_id, file) for song_id, file in taken.items()]
    upsert(session, AudioFile, rows, key=["song_id"], update=list(rows[0])[1:])
    session.execute(
        update(Song), [{"id": i, "audio_seconds": f.tags.seconds} for i, f in taken.items()]
    )
    touch(session, taken, Kind.MOODS)


def _row(root: Path, song_id: int, file: _Found) -> dict[str, object]:
    return {
        "song_id": song_id,
        "folder": str(root),
        "path": file.name,
        "mime": MIMES[file.path.suffix.lower()],
        "seconds": file.tags.seconds,
        "size": file.size,
        "modified_ns": file.modified_ns,
        "scanned_at": utc_now(),
    }


def _forget(session: Session, rows: Sequence[AudioFile], result: Scanned) -> None:
    """Files that are gone: their songs stay, with nothing to play but a demo's tune."""
    result.gone = len(rows)
    ids = [row.song_id for row in rows]
    session.execute(delete(AudioFile).where(AudioFile.song_id.in_(ids)))
    for song in session.scalars(select(Song).where(Song.id.in_(ids))):
        has_tune = song.source == DEMO and song.tempo is not None
        song.audio_seconds = tune_seconds(song.tempo) if has_tune and song.tempo else None
    touch(session, ids, Kind.MOODS)
    session.flush()


def _key(tags: Tags) -> str:
    told = "\0".join((comparable(tags.title), *sorted(map(comparable, tags.artists))))
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _records(files: Sequence[_Found]) -> Iterator[Record]:
    """Yield what the files tell, what is referred to first."""
    names = dict.fromkeys(name for file in files for name in file.tags.artists)
    for name in names:
        yield ArtistRecord(source=SOURCE, source_id=_short(name), name=name)
    for file in {_key(f.tags): f for f in files}.values():
        tags = file.tags
        artists = tuple(map(_short, tags.artists))[:50]
        album = None
        if tags.album:
            album = _short("\0".join((tags.album, *tags.artists[:1])))
            yield AlbumRecord(
                source=SOURCE,
                source_id=album,
                title=tags.album,
                artist=artists[0] if artists else None,
            )
        yield SongRecord(
            source=SOURCE,
            source_id=_key(tags),
            title=tags.title,
            artists=artists,
            album=album,
            genres=tags.genres[:20],
            duration_ms=round(tags.seconds * 1000),
            release_date=date(tags.year, 1, 1) if tags.year else None,
            release_precision="year" if tags.year else None,
        )


def _short(name: str) -> str:
    return hashlib.sha256(comparable(name).encode()).hexdigest()[:32]
