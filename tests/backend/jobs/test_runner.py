import threading
from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db.session import unit_of_work
from backend.jobs import logs, runner, service
from backend.jobs.runner import Runner
from backend.jobs.tables import Job
from backend.settings import Settings
from tests.live import wait_for


@pytest.fixture
def running(
    own_engine: Engine, own_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Runner]:
    monkeypatch.setenv("HUISHENG_DATA_DIR", str(own_settings.data_dir))
    monkeypatch.setattr(runner, "BEAT", 0.2)
    started = Runner(own_engine, own_settings.data_dir)
    yield started
    started.stop()


def submit(engine: Engine, *arguments: str) -> int:
    with unit_of_work(engine) as session:
        return service.submit(session, kind="x", subject="y", arguments=arguments).id


def row(engine: Engine, job_id: int) -> Job:
    with Session(engine) as session:
        return service.get(session, job_id=job_id)


def test_a_command_that_fails_says_why_in_its_own_words(
    own_engine: Engine, own_settings: Settings, running: Runner
) -> None:
    job_id = submit(own_engine, "train")
    running.run(job_id)
    ended = row(own_engine, job_id)
    assert ended.state == "failed"
    assert ended.error is not None
    assert "nothing to learn from" in ended.error.lower() or "no " in ended.error.lower()
    assert logs.tail(own_settings.data_dir, job_id, lines=50)


def test_a_command_that_ends_well_is_done_and_never_runs_twice(
    own_engine: Engine, running: Runner
) -> None:
    job_id = submit(own_engine, "train", "--help")
    running.run(job_id)
    first = row(own_engine, job_id)
    assert (first.state, first.error) == ("done", None)
    running.run(job_id)
    assert row(own_engine, job_id).ended_at == first.ended_at


@pytest.mark.parametrize("how", ["asked", "worker stops"])
def test_a_running_command_ends_when_told_to(own_engine: Engine, running: Runner, how: str) -> None:
    job_id = submit(own_engine, "worker")  # a command that runs until it is stopped
    thread = threading.Thread(target=running.run, args=(job_id,))
    thread.start()
    wait_for(lambda: row(own_engine, job_id).state == "running", 10, "the job running")
    if how == "asked":
        with unit_of_work(own_engine) as session:
            service.cancel(session, job_id=job_id)
    else:
        running.stop()
    thread.join(20)
    ended = row(own_engine, job_id)
    assert ended.state == "cancelled"
    assert ended.error == (None if how == "asked" else "The worker was stopped.")


def test_a_job_cancelled_before_it_began_does_not_begin(
    own_engine: Engine, own_settings: Settings, running: Runner
) -> None:
    job_id = submit(own_engine, "train")
    with unit_of_work(own_engine) as session:
        service.cancel(session, job_id=job_id)
    running.run(job_id)
    assert row(own_engine, job_id).state == "cancelled"
    assert not logs.path_of(own_settings.data_dir, job_id).exists()
