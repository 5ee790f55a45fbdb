"""`huisheng worker` in a process of its own."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db.session import create_engine, unit_of_work
from backend.jobs import service
from backend.jobs.locks import only_one
from backend.jobs.queue import Queue
from backend.settings import Settings
from models.artifacts import ArtifactStore
from tests.live import alive, environment, running, wait_for


@pytest.fixture
def settings(demo_data: Path, tmp_path: Path) -> Settings:
    shutil.copytree(demo_data, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = create_engine(settings.url)
    yield engine
    engine.dispose()


def retrain(settings: Settings, engine: Engine) -> int:
    queue = Queue(settings)
    with unit_of_work(engine) as session:
        job = service.submit(
            session, kind="retrain", subject="nightly", arguments=["train", "itemcf"]
        )
        queue.put_after_commit(session, job)
    queue.close()
    return job.id


def state(engine: Engine, job_id: int) -> str | None:
    with Session(engine) as session:
        found = service.get(session, job_id=job_id).state
    return None if found in ("queued", "running") else found


def test_the_worker_trains_refuses_a_second_training_and_ends_whole(
    settings: Settings, engine: Engine, tmp_path: Path
) -> None:
    before = ArtifactStore(settings.artifacts_dir).current_version("itemcf")
    with running(environment(settings.data_dir), "worker", log=tmp_path / "log") as worker:
        with only_one(settings.data_dir, "train", what="A training"):
            refused = retrain(settings, engine)
            wait_for(lambda: state(engine, refused) == "refused", 60, "the refusal")
        with Session(engine) as session:
            assert service.get(session, job_id=refused).error == (
                "A training is running already. Wait for it, or stop it first."
            )
        done = retrain(settings, engine)
        assert wait_for(lambda: state(engine, done), 60, "the training") == "done"
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
        assert alive(worker.pid) == []
    assert ArtifactStore(settings.artifacts_dir).current_version("itemcf") != before
    assert "Traceback" not in (tmp_path / "log").read_text()
