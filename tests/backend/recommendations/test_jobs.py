import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db import schema
from backend.db.session import create_engine
from backend.jobs.tables import Job
from backend.recommendations import jobs
from backend.recommendations.tables import ModelVersion
from backend.settings import Settings
from models.artifacts import ArtifactStore
from models.progress import silent
from models.recommender.interactions import InteractionsError
from models.recommender.train import NotPromoted
from tests.conftest import QUICK


@pytest.fixture
def own_engine(demo_data: Path, tmp_path: Path) -> Iterator[Engine]:
    """The demo library; jobs write in transactions of their own, so they get a copy."""
    shutil.copy(demo_data / "huisheng.db", tmp_path)
    engine = create_engine(Settings(data_dir=tmp_path).url)
    yield engine
    engine.dispose()


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path / "artifacts")


def train(engine: Engine, store: ArtifactStore, *names: str) -> list[jobs.Trained]:
    return jobs.train_all(engine, store, names, seed=7, force=True, progress=lambda _: silent)


def latest(engine: Engine, number: int) -> list[Job]:
    with Session(engine) as session:
        rows = session.scalars(select(Job).order_by(Job.id.desc()).limit(number)).all()
        return list(reversed(rows))


def test_all_are_trained_on_one_snapshot_promoted_and_written_down(
    own_engine: Engine, store: ArtifactStore
) -> None:
    before = datetime.now(UTC)
    ended = train(own_engine, store, *QUICK)
    assert [one.name for one in ended] == list(QUICK)
    manifests = {one.name: one.manifest for one in ended if one.manifest}
    assert len({(m.snapshot_hash, m.data_until, m.rows) for m in manifests.values()}) == 1
    for name, manifest in manifests.items():
        assert store.current_version(name) == manifest.version
        assert datetime.fromisoformat(manifest.data_until) >= before
    with Session(own_engine) as session:
        for name, manifest in manifests.items():
            rows = session.scalars(select(ModelVersion).where(ModelVersion.name == name)).all()
            held = {row.version: row for row in rows}[manifest.version]
            assert held.metrics["popularity"] == manifest.metrics["popularity"]
            assert held.rows == manifest.rows
    assert [(j.subject, j.state, j.result) for j in latest(own_engine, len(QUICK))] == [
        (name, "done", {"version": manifests[name].version}) for name in QUICK
    ]


def test_progress_is_told_by_name(own_engine: Engine, store: ArtifactStore) -> None:
    told: list[tuple[str, str]] = []
    jobs.train_all(
        own_engine, store, ("popularity",), seed=7, force=True,
        progress=lambda name: lambda stage, _done, _total: told.append((name, stage)),
    )  # fmt: skip
    assert ("snapshot", "reading ratings") in told
    assert "popularity" in {name for name, _ in told}


def test_a_refused_model_is_told_and_the_others_go_on(
    own_engine: Engine, store: ArtifactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = jobs.train

    def refuse(name: str, *given: object, **options: object) -> object:
        if name == "itemcf":
            raise NotPromoted(name, 0.1, 0.2)
        return honest(name, *given, **options)

    monkeypatch.setattr(jobs, "train", refuse)
    refused, trained = train(own_engine, store, "itemcf", "usercf")
    assert refused.manifest is None
    assert "itemcf was not promoted" in (refused.refused or "")
    assert trained.manifest
    assert store.current_version("itemcf") is None
    [job, _] = latest(own_engine, 2)
    assert (job.subject, job.state) == ("itemcf", "done")
    assert "not promoted" in (job.result or {})["refused"]


def test_a_training_that_breaks_is_a_failed_job_with_its_reason(
    own_engine: Engine, store: ArtifactStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def explode(*_: object, **__: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(jobs, "train", explode)
    with pytest.raises(MemoryError):
        train(own_engine, store, "itemcf")
    [job] = latest(own_engine, 1)
    assert (job.subject, job.state, job.error) == ("itemcf", "failed", "MemoryError: no room")


def test_there_is_nothing_to_learn_from_an_empty_library(
    tmp_path: Path, store: ArtifactStore
) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'empty.db'}")
    schema.upgrade(engine)
    with pytest.raises(InteractionsError, match="import or rate some songs first"):
        train(engine, store, "itemcf")
    assert latest(engine, 1) == []
    engine.dispose()
