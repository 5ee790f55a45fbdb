"""What all tests share: real databases at head, rolled back after each test; an app on each."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from apiflask import APIFlask
from argon2 import PasswordHasher
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.accounts import passwords
from backend.app import create_app
from backend.db import schema
from backend.db.session import create_engine, unit_of_work
from backend.demo import service as demo
from backend.demo.listeners import Size
from backend.extensions import db, limiter
from backend.recommendations.shelf import Shelf
from backend.recommendations.snapshot import read_interactions
from backend.settings import Settings
from models.artifacts import ArtifactStore
from models.progress import silent
from models.recommender.train import train
from models.sentiment.registry import load_ensemble
from models.sentiment.train import train as train_sentiment
from tests import mariadb
from tests.factories.library import Library

DATABASES = ("sqlite", "mariadb")
QUICK = ("popularity", "itemcf", "usercf")
DEMO_UNTIL = datetime(2026, 6, 1, 4, tzinfo=UTC)
DEMO_SIZE = Size(listeners=80, plays=6_000, ratings=1_600, comments=40)


def pytest_configure(config: pytest.Config) -> None:
    """Give each of several processes its own compiled code: two that write one file crash."""
    if told := getattr(config, "workerinput", None):
        assert config.cache is not None
        folder = config.cache.mkdir(f"numba-{told['workerid']}")
        pytest.MonkeyPatch().setenv("NUMBA_CACHE_DIR", str(folder))


def pytest_xdist_node_collection_finished(ids: list[str]) -> None:
    """Stop when tests share an id: they are handed out by it, and only one of them would run."""
    if shared := {one for one, times in Counter(ids).items() if times > 1}:
        pytest.exit(f"Run these without -n, they share an id: {', '.join(shared)}", returncode=4)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Share tests among processes: a database's together, so it is made once; others by file."""
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            params = item.callspec.params if hasattr(item, "callspec") else {}
            item.add_marker(pytest.mark.xdist_group(params.get("database_url") or str(item.path)))


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    passwords.hasher = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(scope="session")
def zone() -> ZoneInfo:
    return ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="session")
def mariadb_server() -> Iterator[mariadb.Server]:
    with mariadb.server() as server:
        yield server


@pytest.fixture(scope="session", params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of an empty database, on each server."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('sqlite') / 'huisheng.db'}"
    server: mariadb.Server = request.getfixturevalue("mariadb_server")
    return server.create("huisheng")


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    """A database at head; tests leave it as it was."""
    engine = create_engine(database_url)
    schema.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory, zone: ZoneInfo) -> Path:
    """A data directory with a small demo library, and quick recommenders trained on it.

    Shared by all: a test that changes anything copies it.
    """
    settings = Settings(data_dir=tmp_path_factory.mktemp("demo"))
    engine = create_engine(settings.url)
    schema.upgrade(engine)
    with unit_of_work(engine) as session:
        demo.load(session, folder=None, until=DEMO_UNTIL, zone=zone, songs=300, size=DEMO_SIZE)
        interactions = read_interactions(session, progress=silent)
    store = ArtifactStore(settings.artifacts_dir)
    for name in QUICK:
        train(name, interactions, store, force=True, data_until=DEMO_UNTIL)
    engine.dispose()
    return settings.data_dir


@pytest.fixture
def connection(engine: Engine) -> Iterator[sa.Connection]:
    with engine.connect() as connection:
        # pysqlite begins lazily; a savepoint needs the transaction to be open.
        transaction = connection.begin()
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        yield connection
        transaction.rollback()


@pytest.fixture
def session(connection: sa.Connection) -> Iterator[Session]:
    """A session whose commits are undone after the test."""
    with Session(
        connection, join_transaction_mode="create_savepoint", expire_on_commit=False
    ) as session:
        yield session


@pytest.fixture
def library(session: Session) -> Library:
    """Makes artists, songs and listeners."""
    return Library(session)


@pytest.fixture
def settings(engine: Engine, tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path, database_url=engine.url.render_as_string(hide_password=False)
    )


@pytest.fixture
def app(
    settings: Settings, session: Session, monkeypatch: pytest.MonkeyPatch
) -> Iterator[APIFlask]:
    """The app, whose requests work in the test's own transaction."""
    app = create_app(settings)
    app.config["TESTING"] = False
    limiter.enabled = False
    monkeypatch.setattr(db, "session", _Joined(session))
    yield app
    limiter.enabled = True


class _Joined:
    """Stands for the scoped session: every request gets the test's session."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.registry = self

    def has(self) -> bool:
        return True

    def __call__(self) -> Session:
        return self._session

    def commit(self) -> None:
        self._session.commit()

    def rollback(self) -> None:
        self._session.rollback()

    def remove(self) -> None:
        self._session.expire_all()


@pytest.fixture(scope="session")
def sentiment_store(tmp_path_factory: pytest.TempPathFactory) -> ArtifactStore:
    """Artifacts with the sentiment model, trained once."""
    store = ArtifactStore(tmp_path_factory.mktemp("sentiment") / "artifacts")
    train_sentiment("ensemble", store)
    return store


@pytest.fixture
def scored_app(app: APIFlask, sentiment_store: ArtifactStore) -> APIFlask:
    """The app with a sentiment model."""
    app.extensions["sentiment"] = Shelf(sentiment_store, load_ensemble)
    app.config["SETTINGS"] = app.config["SETTINGS"].model_copy(
        update={"data_dir": sentiment_store.root.parent}
    )
    return app


@pytest.fixture
def count_queries(engine: Engine) -> Iterator[Callable[[], int]]:
    """Gives how many statements ran since it was last asked."""
    ran = 0

    def note(*_: object) -> None:
        nonlocal ran
        ran += 1

    def asked() -> int:
        nonlocal ran
        counted, ran = ran, 0
        return counted

    sa.event.listen(engine, "before_cursor_execute", note)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", note)
