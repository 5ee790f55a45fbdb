"""Jobs write in transactions of their own, so they get a database of their own."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine

from backend.jobs.queue import Queue
from backend.settings import Settings


@pytest.fixture
def queue(own_settings: Settings, own_engine: Engine) -> Iterator[Queue]:
    queue = Queue(own_settings)
    yield queue
    queue.close()
