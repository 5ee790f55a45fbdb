"""The metric history of trained models, and which of them serve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.recommendations.errors import VersionDamaged, VersionNotFound
from backend.recommendations.tables import ModelVersion
from models.artifacts import ArtifactError, ArtifactStore

Metrics = Mapping[str, Mapping[str, float]]
"""Figures on the held-out split: "own" beside "popularity" and "random"."""


@dataclass(frozen=True)
class Measured:
    """A trained version and what it measured."""

    name: str
    version: str
    rows: int
    """Interactions it learned from."""
    seed: int
    metrics: Metrics
    created_at: datetime
    promoted_at: datetime | None
    serving: bool


def history(
    session: Session, store: ArtifactStore, *, offset: int, limit: int
) -> tuple[list[Measured], int]:
    """Return a page of all versions, newest first, and how many there are."""
    newest = select(ModelVersion).order_by(ModelVersion.created_at.desc(), ModelVersion.id.desc())
    found = session.scalars(newest.offset(offset).limit(limit)).all()
    total = session.scalar(select(func.count()).select_from(ModelVersion)) or 0
    return _measured(found, store), total


def serving(session: Session, store: ArtifactStore, names: Sequence[str]) -> list[Measured]:
    """Return the version of each name that serves, in the order of the names."""
    current = {name: store.current_version(name) for name in names}
    found = session.scalars(
        select(ModelVersion).where(ModelVersion.version.in_([v for v in current.values() if v]))
    )
    by_name = {one.name: one for one in _measured(found.all(), store) if one.serving}
    return [by_name[name] for name in names if name in by_name]


def promote(session: Session, store: ArtifactStore, *, name: str, version: str) -> None:
    """Let a kept version serve, an older one included, until the next one is promoted.

    Raises:
        VersionNotFound: no such version was ever trained.
        VersionDamaged: its files are gone or differ from their hashes.
    """
    row = session.scalar(
        select(ModelVersion).where(ModelVersion.name == name, ModelVersion.version == version)
    )
    if row is None:
        raise VersionNotFound(name, version)
    try:
        store.promote(name, version)
    except ArtifactError as error:
        raise VersionDamaged(str(error)) from error
    row.promoted_at = utc_now()


def _measured(rows: Sequence[ModelVersion], store: ArtifactStore) -> list[Measured]:
    current = {name: store.current_version(name) for name in {row.name for row in rows}}
    return [
        Measured(
            row.name,
            row.version,
            row.rows,
            row.seed,
            row.metrics,
            row.created_at,
            row.promoted_at,
            current[row.name] == row.version,
        )
        for row in rows
    ]
