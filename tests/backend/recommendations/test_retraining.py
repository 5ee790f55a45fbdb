from datetime import timedelta

from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.ratings import service as ratings
from backend.recommendations import retraining
from backend.recommendations.tables import ModelVersion
from tests.factories.library import Library


def test_a_site_that_never_trained_waits(session: Session, library: Library) -> None:
    ratings.add_heart(session, user_id=library.listener().id, song_id=library.song().id)
    assert not retraining.has_news(session)


def test_training_is_due_after_so_many_events(session: Session, library: Library) -> None:
    session.add(
        ModelVersion(
            name="itemcf",
            version="v1",
            rows=1,
            seed=1,
            metrics={},
            created_at=utc_now() - timedelta(hours=1),
        )
    )
    session.flush()
    assert not retraining.has_news(session)
    user = library.listener()
    for _ in range(3):
        ratings.add_heart(session, user_id=user.id, song_id=library.song().id)
    assert retraining.has_news(session)
    assert retraining.events_since_training(session, at_least=3)
    assert not retraining.events_since_training(session, at_least=4)
    assert not retraining.events_since_training(session, at_least=0)
