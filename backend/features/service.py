"""Encode what is new of all songs, a batch at a time; a stop loses one batch at most."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.features.encoders import Reader
from backend.features.material import SOURCES, Material
from backend.songs.tables import Song
from models.features.store import FeatureStore, Stored
from models.progress import Progress, silent

CHUNK = 500
_LOOKED = "looked.json"


@dataclass(frozen=True)
class Done:
    """How many songs got a vector, and how many a mask since nothing could be told."""

    encoded: int
    masked: int


def encode_new(
    engine: Engine,
    store: FeatureStore,
    reader: Reader,
    *,
    limit: int | None = None,
    progress: Progress = silent,
    after: Callable[[Sequence[int]], None] = lambda ids: None,
) -> Done:
    """Encode the songs whose material is new or has changed, at most `limit` of them.

    `after` is told the songs of each batch once they are stored.
    """
    store.open(reader.encoder)
    waiting = _waiting(engine, store)[:limit]
    encoded = masked = 0
    for start in range(0, len(waiting), reader.batch):
        with Session(engine) as session:
            rows = SOURCES[store.modality].load(session, waiting[start : start + reader.batch])
        vectors = reader.encode(rows)
        store.add(_part(rows, vectors, reader.encoder.dimension))
        known = sum(vector is not None for vector in vectors)
        encoded, masked = encoded + known, masked + len(rows) - known
        after([row.song_id for row in rows])
        progress(store.modality, min(start + reader.batch, len(waiting)), len(waiting))
    return Done(encoded, masked)


def has_new(session: Session, root: Path) -> bool:
    """Tell whether songs came since the last look; cheap enough for every few minutes."""
    newest = session.scalar(select(func.max(Song.id))) or 0
    return newest > _looked(root)


def remember(engine: Engine, root: Path) -> Callable[[], None]:
    """Note how far the library reaches now; call what is returned once all that is encoded."""
    with Session(engine) as session:
        newest = session.scalar(select(func.max(Song.id))) or 0

    def write() -> None:
        root.mkdir(parents=True, exist_ok=True)
        draft = root / f".{_LOOKED}"
        draft.write_text(json.dumps({"newest": newest}), encoding="utf-8")
        draft.replace(root / _LOOKED)

    return write


def _looked(root: Path) -> int:
    with suppress(OSError, ValueError, KeyError, TypeError):
        return int(json.loads((root / _LOOKED).read_text(encoding="utf-8"))["newest"])
    return 0


def _waiting(engine: Engine, store: FeatureStore) -> list[int]:
    source, stored = SOURCES[store.modality], store.fingerprints()
    waiting = []
    with Session(engine) as session:
        for ids in _chunks(source.ids(session)):
            rows = source.load(session, ids)
            waiting += [row.song_id for row in rows if stored.get(row.song_id) != row.fingerprint]
    return waiting


def _chunks(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _part(rows: Sequence[Material], vectors: Sequence[Any], dimension: int) -> Stored:
    blank = np.zeros(dimension, np.float32)
    return Stored(
        songs=np.array([row.song_id for row in rows], np.int64),
        fingerprints=np.array([row.fingerprint for row in rows], np.int64),
        known=np.array([vector is not None for vector in vectors]),
        matrix=np.stack([blank if vector is None else vector for vector in vectors]),
    )
