"""Jobs write in transactions of their own, so they get a database of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from backend.db import schema
from backend.db.session import create_engine
from backend.jobs.queue import Queue
from backend.settings import Settings


@pytest.fixture
def own_settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def own_engine(own_settings: Settings) -> Iterator[Engine]:
    own_settings.data_dir.mkdir()
    engine = create_engine(own_settings.url)
    schema.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def queue(own_settings: Settings, own_engine: Engine) -> Iterator[Queue]:
    queue = Queue(own_settings)
    yield queue
    queue.close()
