"""Vectors of songs on disk, by modality: parts that are written whole, so that work goes on.

`<root>/<modality>/` holds `manifest.json` (which encoder, its version, how long a vector is) and
numbered parts; a later part's row stands for an earlier one's. Vectors of another encoder are
thrown away when one is opened: they are of another space.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.features.interface import Encoder, Floats, Modality

MANIFEST = "manifest.json"
ROWS = 4_096
"""Songs of a part when parts are put together."""
MANY = 16
Ids = NDArray[np.int64]


@dataclass(frozen=True)
class FeatureManifest:
    """What made the vectors."""

    modality: Modality
    name: str
    version: str
    dimension: int
    created: str
    """UTC, ISO 8601."""


@dataclass(frozen=True, eq=False)
class Stored:
    """Rows of distinct songs. `known` is the mask: False where nothing could be told."""

    songs: Ids
    fingerprints: Ids
    """Of what was encoded: another one means that the song changed."""
    known: NDArray[np.bool_]
    matrix: Floats

    def present(self) -> tuple[Ids, Floats]:
        """Return the songs that have a vector, and these."""
        return self.songs[self.known], self.matrix[self.known]


class FeatureStore:
    """The vectors of one modality."""

    def __init__(self, root: Path, modality: Modality) -> None:
        self.folder = root / modality
        self.modality = modality

    def manifest(self) -> FeatureManifest | None:
        """Tell what made the vectors, None when there are none."""
        try:
            text = (self.folder / MANIFEST).read_text(encoding="utf-8")
            return FeatureManifest(**json.loads(text))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def stamp(self) -> str:
        """Name what is stored, another name after every change; empty when there is nothing."""
        manifest, parts = self.manifest(), self._parts()
        if manifest is None or not parts:
            return ""
        return " ".join([manifest.created, *(path.stem for path in parts)])

    def open(self, encoder: Encoder[Any]) -> None:
        """Make ready for an encoder's vectors; those of another one go."""
        found = self.manifest()
        new = FeatureManifest(
            self.modality,
            encoder.name,
            encoder.version,
            encoder.dimension,
            datetime.now(UTC).isoformat(),
        )
        if found is not None and asdict(found) | {"created": new.created} == asdict(new):
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        draft = self.folder / f".{MANIFEST}"
        draft.write_text(json.dumps(asdict(new), indent=2), encoding="utf-8")
        draft.replace(self.folder / MANIFEST)

    def fingerprints(self) -> Mapping[int, int]:
        """Tell of each song what was encoded."""
        found: dict[int, int] = {}
        for songs, prints in self._columns("songs", "fingerprints"):
            found.update(zip(songs.tolist(), prints.tolist(), strict=True))
        return found

    def count(self) -> int:
        """Count the songs that have a vector, without reading one."""
        known: dict[int, bool] = {}
        for songs, there in self._columns("songs", "known"):
            known.update(zip(songs.tolist(), there.tolist(), strict=True))
        return sum(known.values())

    def add(self, rows: Stored) -> None:
        """Write one part, whole or not at all."""
        self._write(rows)
        if len(self._parts()) > MANY:
            self.compact()

    def read(self) -> Stored:
        """Read all rows, the newest of each song, by song."""
        parts = self._columns("songs", "fingerprints", "known", "matrix")
        if not parts:
            manifest = self.manifest()
            width = manifest.dimension if manifest else 0
            none = np.empty(0, np.int64)
            return Stored(none, none, none.astype(bool), np.empty((0, width), np.float32))
        songs, prints, known, matrix = (
            np.concatenate(column) for column in zip(*parts, strict=True)
        )
        # The last row of a song is the first of the reversed order.
        _, places = np.unique(songs[::-1], return_index=True)
        newest = len(songs) - 1 - places
        return Stored(songs[newest], prints[newest], known[newest], matrix[newest])

    def compact(self) -> None:
        """Put small parts together; a stop in between loses nothing and doubles nothing."""
        old = self._parts()
        rows = self.read()
        for start in range(0, len(rows.songs), ROWS):
            part = slice(start, start + ROWS)
            self._write(
                Stored(
                    rows.songs[part], rows.fingerprints[part], rows.known[part], rows.matrix[part]
                )
            )
        for path in old:
            path.unlink(missing_ok=True)

    def _write(self, rows: Stored) -> None:
        last = max((int(path.stem) for path in self._parts()), default=0)
        draft = self.folder / f".{os.getpid()}.npz"
        try:
            with draft.open("wb") as file:
                np.savez(
                    file,
                    songs=rows.songs,
                    fingerprints=rows.fingerprints,
                    known=rows.known,
                    matrix=rows.matrix.astype(np.float32),
                )
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.folder / f"{last + 1:06}.npz")
        finally:
            draft.unlink(missing_ok=True)

    def _columns(self, *names: str) -> list[list[NDArray[Any]]]:
        """Read columns of every part; once more when parts are put together meanwhile."""
        for _ in range(10):
            found = []
            try:
                for path in self._parts():
                    with np.load(path, allow_pickle=False) as part:
                        found.append([part[name] for name in names])
            except FileNotFoundError:
                continue
            return found
        raise OSError(f"{self.folder} changes all the time")

    def _parts(self) -> list[Path]:
        return sorted(self.folder.glob("[0-9]*.npz"))
