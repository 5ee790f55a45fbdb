"""What tests of the back end share: people who send requests."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from backend.accounts.tables import User
from backend.cli import cli
from backend.comments.jobs import load_judge
from backend.comments.scores import Judge
from backend.db import schema
from backend.db.session import create_engine
from backend.settings import Settings
from models.artifacts import ArtifactStore

PASSWORD = "山高水长 river"


class Person:
    """A browser: keeps cookies, sends the CSRF header that belongs to them."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.id = 0

    def register(self, name: str) -> "Person":
        answer = self.post("/api/accounts/register", {"username": name, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        self.id = answer.json["id"]
        return self

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, body: Any = None, *, csrf: str = "csrf_access_token") -> TestResponse:
        return self._send("POST", path, body, csrf)

    def put(self, path: str, body: Any = None) -> TestResponse:
        return self._send("PUT", path, body, "csrf_access_token")

    def patch(self, path: str, body: Any = None) -> TestResponse:
        return self._send("PATCH", path, body, "csrf_access_token")

    def delete(self, path: str) -> TestResponse:
        return self._send("DELETE", path, None, "csrf_access_token")

    def _send(self, method: str, path: str, body: Any, csrf: str) -> TestResponse:
        cookie = self.client.get_cookie(csrf)
        headers = {"X-CSRF-TOKEN": cookie.value} if cookie else {}
        extra = {} if body is None else {"json": body}
        return self.client.open(path, method=method, headers=headers, **extra)


@pytest.fixture
def visitor(app: APIFlask) -> Person:
    """Somebody without an account."""
    return Person(app.test_client())


@pytest.fixture
def person(app: APIFlask) -> Callable[[str], Person]:
    """Makes people with an account."""
    return lambda name: Person(app.test_client()).register(name)


@pytest.fixture
def admin(person: Callable[[str], Person], session: Session) -> Person:
    """Somebody with the role admin."""
    boss = person("boss")
    session.get_one(User, boss.id).role = "admin"
    session.commit()
    session.commit()  # a savepoint's: a refused request must not undo it
    return boss


Command = Callable[..., Result]


@pytest.fixture
def huisheng(tmp_path: Path) -> Command:
    """Runs `huisheng …` on a data directory of its own, where nothing can be downloaded."""
    (tmp_path / "file").touch()
    defaults = {"data_dir": tmp_path / "data", "tools_dir": tmp_path / "file" / "tools"}

    def run(*arguments: str | Path, answers: str | None = None, **settings: object) -> Result:
        given = {**defaults, **settings}
        return CliRunner().invoke(
            cli,
            [str(argument) for argument in arguments],
            input=answers,
            env={f"HUISHENG_{name.upper()}": str(value) for name, value in given.items()},
            catch_exceptions=False,
        )

    return run


@pytest.fixture(scope="session")
def judge(sentiment_store: ArtifactStore) -> Judge:
    found = load_judge(sentiment_store)
    assert found is not None
    return found


@pytest.fixture
def own_settings(tmp_path: Path) -> Settings:
    """Where commands and jobs work that commit by themselves."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def own_engine(own_settings: Settings) -> Iterator[Engine]:
    """A migrated database file of one's own."""
    own_settings.data_dir.mkdir()
    engine = create_engine(own_settings.url)
    schema.upgrade(engine)
    yield engine
    engine.dispose()
