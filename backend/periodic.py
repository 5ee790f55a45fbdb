"""What the worker does by itself: one line a task. Admins' schedules stand beside it."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from backend.charts import columns
from backend.comments import jobs as comments
from backend.features import service as features
from backend.jobs.clock import Periodic, always
from backend.recommendations import retraining
from backend.settings import Settings
from models.artifacts import ArtifactStore

MANY = 50
"""Blocks of songs that are read from the tables before charts are felt to be slow."""


def periodic(settings: Settings) -> tuple[Periodic, ...]:
    """Return the tasks of this site; a domain adds its own as a line here."""
    enough: Callable[[Session], bool] = lambda s: retraining.events_since_training(  # noqa: E731
        s, at_least=settings.retrain_events
    )
    retrain = ("train",)
    store = ArtifactStore(settings.artifacts_dir)
    unscored: Callable[[Session], bool] = lambda s: comments.waits(s, store)  # noqa: E731
    pack = ("charts", "pack")
    many: Callable[[Session], bool] = lambda s: columns.waits(s, at_least=MANY)  # noqa: E731
    any_: Callable[[Session], bool] = lambda s: columns.waits(s, at_least=1)  # noqa: E731
    new_songs: Callable[[Session], bool] = lambda s: features.has_new(  # noqa: E731
        s, settings.features_dir
    )
    described: Callable[[Session], bool] = lambda s: retraining.features_changed(  # noqa: E731
        s, settings.features_dir
    )
    return (
        Periodic("retrain", "features", "1-59/2 * * * *", ("train", "multimodal"), described),
        Periodic("retrain", "nightly", settings.retrain_at, retrain, retraining.has_news),
        Periodic("retrain", "after events", "*/5 * * * *", retrain, enough),
        Periodic("features", "new songs", "*/2 * * * *", ("features",), new_songs),
        Periodic("features", "nightly", "40 3 * * *", ("features",), always),
        Periodic("score", "comments", None, ("score-comments",), unscored),
        Periodic("pack", "charts, many", "* * * * *", pack, many),
        Periodic("pack", "charts", "*/10 * * * *", pack, any_),
    )
