"""A site of its own for each fault: nothing here is rolled back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db import schema
from backend.db.session import create_engine
from backend.search import index as search
from models.progress import silent
from tests import live
from tests.conftest import DATABASES
from tests.factories.library import Library
from tests.mariadb import Server

SONGS = 50


@pytest.fixture(params=DATABASES)
def own_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A fresh database at head, holding some songs."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'huisheng.db'}"
    else:
        server: Server = request.getfixturevalue("mariadb_server")
        url = server.create(f"faults_{tmp_path.name.strip('0123456789')}")
    engine = create_engine(url)
    schema.upgrade(engine)
    with Session(engine) as session:
        Library(session).songs(SONGS)
        search.rebuild(session, silent)
        session.commit()
    yield engine
    engine.dispose()


@pytest.fixture
def web_server(tmp_path: Path) -> Iterator[Callable[[Engine], live.WebServer]]:
    """Starts the web server on a database; stopped after the test."""
    started: list[live.WebServer] = []

    def start(engine: Engine) -> live.WebServer:
        url = engine.url.render_as_string(hide_password=False)
        server = live.WebServer(live.environment(tmp_path, database_url=url), tmp_path / "log")
        started.append(server)
        server.start()
        return server

    yield start
    for server in started:
        server.stop()
