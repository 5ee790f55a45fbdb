"""Sources on loopback and databases of their own, both outliving the processes that use them."""

import re
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db import schema
from backend.db.session import create_engine
from backend.ingest.tables import CrawlState
from backend.jobs.tables import Job
from tests import live
from tests.conftest import DATABASES
from tests.mariadb import Server

Source = Callable[..., str]


@pytest.fixture
def source(tmp_path: Path) -> Iterator[Source]:
    """Starts `huisheng replay …` and gives its address; ended after the test."""
    started: list[subprocess.Popen[str]] = []

    def start(*arguments: str) -> str:
        process = subprocess.Popen(
            live.command("replay", "--port", "0", *arguments),
            env=live.environment(tmp_path / "replay"),
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found is not None
        return found[0]

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert process.stdout is not None
        process.stdout.close()


@dataclass
class Site:
    """A database that `huisheng crawl` fills from a source."""

    engine: Engine
    environ: live.Environment
    data_dir: Path
    spider: str = "ncm"

    def crawl(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        """Run a crawl to its end."""
        return live.huisheng(self.environ, "crawl", self.spider, *arguments)

    def done(self, *arguments: str | Path) -> dict[str, Any]:
        """Run a crawl that succeeds; return its figures."""
        ended = self.crawl(*arguments)
        assert ended.returncode == 0, ended.stderr
        job = self.job()
        assert (job.state, job.error) == ("done", None)
        assert job.result is not None
        return job.result

    def job(self) -> Job:
        """Return the last job."""
        with Session(self.engine, expire_on_commit=False) as session:
            job = session.scalars(sa.select(Job).order_by(Job.id.desc()).limit(1)).one()
            session.expunge_all()
        return job

    def all(self, query: sa.Select[Any]) -> list[Any]:
        """Return the rows of a query."""
        with Session(self.engine) as session:
            return [tuple(row) for row in session.execute(query)]

    def count(self, entity: Any, *where: sa.ColumnElement[bool]) -> int:
        """Return how many rows there are."""
        return int(self.all(sa.select(sa.func.count()).select_from(entity).where(*where))[0][0])

    def let_time_pass(self) -> None:
        """Make everything due that ever comes again."""
        with Session(self.engine) as session, session.begin():
            session.execute(
                sa.update(CrawlState)
                .where(CrawlState.next_due.is_not(None))
                .values(next_due=CrawlState.fetched_at)
            )

    def at(self, address: str, **settings: object) -> "Site":
        """Return the same site with its source at an address."""
        told = {
            "ncm_base_url": address,
            "musicbrainz_base_url": f"{address}/ws/2",
            "listenbrainz_base_url": f"{address}/1",
            "lrclib_base_url": f"{address}/api",
            **settings,
        }
        environ = self.environ | {f"HUISHENG_{k.upper()}": str(v) for k, v in told.items()}
        return replace(self, environ=environ)

    def by(self, spider: str) -> "Site":
        """Return the same site, crawled by another spider."""
        return replace(self, spider=spider)


def _site(url: str, data_dir: Path) -> Site:
    engine = create_engine(url)
    schema.upgrade(engine)
    return Site(engine, live.environment(data_dir, database_url=url), data_dir)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """An empty site on SQLite."""
    site = _site(f"sqlite:///{tmp_path / 'huisheng.db'}", tmp_path / "data")
    yield site
    site.engine.dispose()


@pytest.fixture(params=DATABASES)
def each_site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """An empty site on each database server."""
    url = f"sqlite:///{tmp_path / 'huisheng.db'}"
    if request.param == "mariadb":
        server: Server = request.getfixturevalue("mariadb_server")
        url = server.create(f"spider_{tmp_path.name.strip('0123456789')[:40]}")
    site = _site(url, tmp_path / "data")
    yield site
    site.engine.dispose()
