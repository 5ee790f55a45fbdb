"""`huisheng worker` in a process of its own."""

import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.comments.tables import Comment
from backend.db.session import create_engine, unit_of_work
from backend.jobs import service
from backend.jobs.locks import only_one
from backend.jobs.queue import Queue
from backend.settings import Settings
from backend.songs.tables import Song
from backend.words.tables import CommentWord, Word
from models.artifacts import ArtifactStore
from models.sentiment.registry import DEFAULT, artifact_name
from tests.live import alive, environment, running, wait_for

NAME = artifact_name(DEFAULT)


@pytest.fixture
def settings(demo_data: Path, tmp_path: Path) -> Settings:
    shutil.copytree(demo_data, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    engine = create_engine(settings.url)
    yield engine
    engine.dispose()


def waiting_comment(engine: Engine, text: str) -> int:
    """Store a comment as a crawl would: nobody has scored it."""
    with unit_of_work(engine) as session:
        song_id = session.scalars(select(Song.id).limit(1)).one()
        comment = Comment(source="elsewhere", source_id="new", song_id=song_id, text=text)
        session.add(comment)
        session.flush()
        return comment.id


def label(engine: Engine, comment_id: int) -> int | None:
    with Session(engine) as session:
        return session.scalar(select(Comment.label).where(Comment.id == comment_id))


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


def test_the_worker_scores_a_new_comment_by_itself_within_its_minute(
    settings: Settings, engine: Engine, sentiment_store: ArtifactStore, tmp_path: Path
) -> None:
    shutil.copytree(sentiment_store.root / NAME, settings.artifacts_dir / NAME)
    with running(environment(settings.data_dir), "worker", log=tmp_path / "log") as worker:
        new = waiting_comment(engine, "旋律好听，单曲循环了一整天")
        wait_for(lambda: label(engine, new), 60, "the score")
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(20) == 0
    with Session(engine) as session:
        scored = session.get_one(Comment, new)
        held = session.scalars(
            select(CommentWord.count)
            .join(Word, Word.id == CommentWord.word_id)
            .where(CommentWord.comment_id == new, Word.text == "旋律")
        ).all()
    assert scored.label == 1
    assert (scored.probability or 0) > 0.6
    assert scored.scored_by == sentiment_store.current_version(NAME)
    assert held == [1]
