from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.db.session import unit_of_work
from backend.jobs import service
from backend.jobs.errors import JobCancelled
from backend.jobs.tables import Job


def test_a_job_is_seen_running_and_then_done(own_engine: Engine) -> None:
    with service.job(own_engine, kind="train", subject="rnn") as log:
        log("epoch 1", 3, 10)
        with Session(own_engine) as session:
            assert service.running(session, kind="train") == {"rnn"}
            row = session.scalars(select(Job)).one()
            assert (row.stage, row.progress) == ("epoch 1", 0.3)
        log.result = {"version": "v1"}
    with Session(own_engine) as session:
        assert service.running(session, kind="train") == set()
        row = session.scalars(select(Job)).one()
        assert (row.state, row.result, row.error) == ("done", {"version": "v1"}, None)


def test_a_job_that_raises_is_failed_and_says_why(own_engine: Engine) -> None:
    with (
        pytest.raises(ValueError, match="no songs"),
        service.job(own_engine, kind="train", subject="rnn"),
    ):
        raise ValueError("no songs")
    with Session(own_engine) as session:
        row = session.scalars(select(Job)).one()
        assert (row.state, row.error) == ("failed", "ValueError: no songs")


def test_a_job_without_heartbeat_is_not_running(own_engine: Engine) -> None:
    with service.job(own_engine, kind="train", subject="rnn"), Session(own_engine) as session:
        session.execute(update(Job).values(heartbeat_at=utc_now() - timedelta(seconds=31)))
        session.commit()
        assert service.running(session, kind="train") == set()


def test_a_stop_asked_for_before_the_process_comes_is_heard(own_engine: Engine) -> None:
    with unit_of_work(own_engine) as session:
        job_id = service.submit(session, kind="crawl", subject="ncm", arguments=["crawl"]).id
        assert service.claim(session, job_id=job_id) == ["crawl"]
        service.cancel(session, job_id=job_id)

    def stop() -> None:
        with service.job(own_engine, kind="crawl", subject="ncm", job_id=job_id) as job:
            assert job.count(None, {})
            raise JobCancelled("Stopped.")

    with pytest.raises(JobCancelled, match="Stopped"):
        stop()
    # Gone on with later, it is asked anew.
    with service.job(own_engine, kind="crawl", subject="ncm", job_id=job_id) as job:
        assert not job.count(None, {})
