"""What the worker does by itself: one line a task. Admins' schedules stand beside it."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from backend.comments import jobs as comments
from backend.jobs.clock import Periodic
from backend.recommendations import retraining
from backend.settings import Settings
from models.artifacts import ArtifactStore


def periodic(settings: Settings) -> tuple[Periodic, ...]:
    """Return the tasks of this site; a domain adds its own as a line here."""
    enough: Callable[[Session], bool] = lambda s: retraining.events_since_training(  # noqa: E731
        s, at_least=settings.retrain_events
    )
    retrain = ("train",)
    store = ArtifactStore(settings.artifacts_dir)
    unscored: Callable[[Session], bool] = lambda s: comments.waits(s, store)  # noqa: E731
    return (
        Periodic("retrain", "nightly", settings.retrain_at, retrain, retraining.has_news),
        Periodic("retrain", "after events", "*/5 * * * *", retrain, enough),
        Periodic("score", "comments", None, ("score-comments",), unscored),
    )
