"""Whether listeners have done enough since the last training to learn from it again."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.listening.tables import Play
from backend.ratings.tables import Rating
from backend.recommendations.tables import ModelVersion


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
