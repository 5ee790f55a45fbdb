"""The figures an administrator acts on."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.db import schema
from backend.db.base import utc_now
from backend.jobs.tables import Job
from backend.search.tables import SearchSong
from tests.backend.conftest import Person
from tests.factories.library import Library


def test_it_names_the_database_and_what_waits(admin: Person, session: Session) -> None:
    now = utc_now()
    for state, age in (("queued", 1), ("queued", 9), ("running", 2), ("failed", 3), ("failed", 30)):
        row = Job(kind="crawl", subject="ncm", state=state, created_at=now - timedelta(hours=age))
        session.add(row)
    session.commit()
    found = admin.get("/api/admin/health").json
    dialect = session.connection().dialect
    kind = "mariadb" if getattr(dialect, "is_mariadb", False) else dialect.name
    assert found["database"]["kind"] == kind
    assert found["database"]["revision"] == found["database"]["expected"] == schema.head()
    assert found["database"]["bytes"] > 0
    assert found["disk_free"] > 0
    assert [one["modality"] for one in found["features"]] == ["text", "cover", "audio"]
    assert {one["missing"] for one in found["features"]} == {None}
    jobs = found["jobs"]
    assert (jobs["queued"], jobs["running"], jobs["failed"]) == (2, 1, 1)
    assert jobs["oldest_queued_at"].startswith((now - timedelta(hours=9)).strftime("%Y-%m-%dT%H"))


def test_a_search_index_that_lags_is_counted(
    admin: Person, session: Session, library: Library
) -> None:
    library.song("远山")
    before = admin.get("/api/admin/health").json["search_behind"]
    session.execute(sa.delete(SearchSong))
    library.song("近水")
    assert admin.get("/api/admin/health").json["search_behind"] > before


def test_it_is_for_administrators(person: Callable[[str], Person], visitor: Person) -> None:
    assert visitor.get("/api/admin/health").status_code == 401
    assert person("listener").get("/api/admin/health").status_code == 403
