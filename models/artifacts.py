"""Versioned artifacts on disk: written whole or not at all, verified when opened.

`<root>/<name>/<version>/` holds the files and `manifest.json`; `<root>/<name>/current` is one line,
the promoted version.
"""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
CURRENT = "current"


class ArtifactError(Exception):
    """An artifact is missing, damaged or could not be written; the message names the cure."""


@dataclass(frozen=True)
class Manifest:
    """What an artifact is, what it was made from and how good it measured."""

    name: str
    version: str
    created: str
    """UTC, ISO 8601."""
    data_until: str
    """The time of the snapshot it learned from; UTC, ISO 8601."""
    code_revision: str
    config: Mapping[str, Any]
    """Every setting, including what validation chose."""
    snapshot_hash: str
    rows: int
    seed: int
    metrics: Mapping[str, Mapping[str, float]]
    """Figures on the held-out split: "own" beside "popularity" and "random"."""
    libraries: Mapping[str, str]
    files: Mapping[str, str]
    """Path below the artifact to sha256."""

    def to_json(self) -> str:
        """Write the manifest as JSON with sorted keys."""
        return json.dumps(asdict(self), indent=2, sort_keys=True, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read a manifest back. Raises ValueError or TypeError when it is not one."""
        return cls(**json.loads(text))


@dataclass(frozen=True)
class Artifact:
    """A verified artifact: its directory and its manifest."""

    path: Path
    manifest: Manifest


class ArtifactStore:
    """The artifacts under one root directory."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def create(
        self,
        name: str,
        *,
        write: Callable[[Path], None],
        data_until: datetime,
        code_revision: str,
        config: Mapping[str, Any],
        snapshot_hash: str,
        rows: int,
        seed: int,
        metrics: Mapping[str, Mapping[str, float]],
        libraries: Mapping[str, str],
    ) -> Artifact:
        """Write an artifact beside its place and rename it there; a failure leaves nothing.

        `write` fills the directory it is given. Raises ArtifactError when the disk refuses.
        """
        home = self.root / name
        created = datetime.now(UTC)
        draft: Path | None = None
        try:
            home.mkdir(parents=True, exist_ok=True)
            draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=home))
            write(draft)
            files = {
                path.relative_to(draft).as_posix(): _sha256(path)
                for path in sorted(draft.rglob("*"))
                if path.is_file()
            }
            digest = hashlib.sha256(json.dumps(files).encode()).hexdigest()
            manifest = Manifest(
                name=name,
                version=f"{created:%Y%m%dT%H%M%S%fZ}-{digest[:8]}",
                created=created.isoformat(),
                data_until=data_until.astimezone(UTC).isoformat(),
                code_revision=code_revision,
                config=config,
                snapshot_hash=snapshot_hash,
                rows=rows,
                seed=seed,
                metrics=metrics,
                libraries=libraries,
                files=files,
            )
            (draft / MANIFEST).write_text(manifest.to_json(), encoding="utf-8")
            for path in draft.rglob("*"):
                _sync(path)
            draft.chmod(0o755)
            place = home / manifest.version
            draft.rename(place)
            _sync(home)
        except OSError as error:
            raise ArtifactError(
                f"could not write an artifact under {home}: {error.strerror or error}. "
                "Free disk space or make the directory writable, then train again."
            ) from error
        finally:
            if draft is not None:
                shutil.rmtree(draft, ignore_errors=True)
        return Artifact(place, manifest)

    def promote(self, name: str, version: str) -> None:
        """Make a version the current one, atomically. Raises ArtifactError when it is damaged."""
        self.open(name, version)
        pointer = self.root / name / CURRENT
        draft = pointer.with_name(f".{CURRENT}-{os.getpid()}")
        draft.write_text(f"{version}\n", encoding="utf-8")
        _sync(draft)
        draft.replace(pointer)
        _sync(pointer.parent)

    def current_version(self, name: str) -> str | None:
        """Read the promoted version, or None. Costs one small read; workers poll it."""
        try:
            return (self.root / name / CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return None

    def current(self, name: str) -> Artifact | None:
        """Open the promoted version, or None. Raises ArtifactError when it is damaged."""
        version = self.current_version(name)
        return None if version is None else self.open(name, version)

    def open(self, name: str, version: str) -> Artifact:
        """Open a version after checking every file. Raises ArtifactError naming the cure."""
        place = self.root / name / version
        cure = f"Train {name} again, or promote another version."
        if not version or Path(version).name != version or not place.is_dir():
            raise ArtifactError(f"{name} has no version {version!r}. {cure}")
        manifest = _read_manifest(place, cure)
        for file, expected in manifest.files.items():
            path = place / file
            if not path.is_file() or _sha256(path) != expected:
                raise ArtifactError(f"{path} is missing or differs from its hash. {cure}")
        return Artifact(place, manifest)

    def versions(self, name: str) -> list[Manifest]:
        """List the manifests of a name, oldest first, leaving out unreadable ones."""
        manifests = []
        for place in sorted((self.root / name).glob("[!.]*/")):
            try:
                manifests.append(_read_manifest(place, ""))
            except ArtifactError:
                continue
        return manifests


def _read_manifest(place: Path, cure: str) -> Manifest:
    try:
        return Manifest.from_json((place / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError) as error:
        raise ArtifactError(f"{place / MANIFEST} cannot be read. {cure}") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
