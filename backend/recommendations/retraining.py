"""Whether there is enough that is new since the last training to learn from it again."""

import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.jobs import service as jobs
from backend.listening.tables import Play
from backend.ratings.tables import Rating
from backend.recommendations.tables import ModelVersion
from models.features.interface import MODALITIES
from models.features.store import FeatureStore

_LEARNED = "learned"
"""A file beside the features: which of them were last learned from."""


def last_training(session: Session) -> datetime | None:
    """Return when a model was last trained, None before the first time."""
    return session.scalar(select(func.max(ModelVersion.created_at)))


def count_events(session: Session, *, since: datetime, limit: int) -> int:
    """Count plays and ratings after a moment, no further than `limit`."""
    plays = select(Play.id).where(Play.played_at > since).limit(limit).subquery()
    ratings = select(Rating.id).where(Rating.updated_at > since).limit(limit).subquery()
    counted = (select(func.count()).select_from(each) for each in (plays, ratings))
    return min(limit, sum(session.scalar(query) or 0 for query in counted))


def has_news(session: Session) -> bool:
    """Tell whether anything happened since the last training."""
    return events_since_training(session, at_least=1)


def events_since_training(session: Session, *, at_least: int) -> bool:
    """Tell whether so many plays and ratings came since; 0 never asks for a training.

    A site that has never trained waits for a person or for `huisheng run` to do so.
    """
    since = last_training(session)
    if since is None or at_least == 0:
        return False
    return count_events(session, since=since, limit=at_least) >= at_least


def features_changed(session: Session, features: Path) -> bool:
    """Tell whether songs got features since these were last learned from.

    Not while a job encodes some, and not on a site that has never trained.
    """
    if last_training(session) is None or jobs.running(session, kind="features"):
        return False
    stamp = _stamp(features)
    return stamp is not None and stamp != _learned(features)


def remember_features(features: Path) -> Callable[[], None]:
    """Note which features there are now; call what is returned once they were learned from."""
    stamp = _stamp(features)

    def write() -> None:
        if stamp is not None:
            draft = features / f".{_LEARNED}"
            draft.write_text(stamp, encoding="utf-8")
            draft.replace(features / _LEARNED)

    return write


def _stamp(features: Path) -> str | None:
    stamps = [FeatureStore(features, modality).stamp() for modality in MODALITIES]
    return f"{zlib.crc32(repr(stamps).encode()):08x}" if any(stamps) else None


def _learned(features: Path) -> str | None:
    try:
        return (features / _LEARNED).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
