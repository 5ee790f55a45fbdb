"""How the site is doing, in figures an administrator can act on."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.jobs.tables import Job

DAY = timedelta(days=1)
_SIZE = {
    "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
    "mysql": "SELECT SUM(data_length + index_length) FROM information_schema.tables "
    "WHERE table_schema = DATABASE()",
}


@dataclass(frozen=True)
class DatabaseHealth:
    kind: str
    """sqlite, mysql or mariadb."""
    version: str
    revision: str | None
    """The schema in force."""
    bytes: int


@dataclass(frozen=True)
class JobsHealth:
    queued: int
    running: int
    failed: int
    """In the last 24 hours."""
    oldest_queued_at: datetime | None
    """Waiting for long: no worker takes jobs."""


def database(session: Session) -> DatabaseHealth:
    """Return what the database is and how much room it takes."""
    connection = session.connection()
    dialect = connection.dialect
    size = session.scalar(sa.text(_SIZE[dialect.name]))
    is_mariadb = getattr(dialect, "is_mariadb", False)
    version = ".".join(map(str, dialect.server_version_info or ()))
    return DatabaseHealth(
        kind="mariadb" if is_mariadb else dialect.name,
        version=version,
        revision=MigrationContext.configure(connection).get_current_revision(),
        bytes=int(size or 0),
    )


def jobs(session: Session) -> JobsHealth:
    """Return what runs and waits behind the site."""
    states = session.execute(
        sa.select(Job.state, sa.func.count(Job.id), sa.func.min(Job.created_at))
        .where(Job.state.in_(("queued", "running")))
        .group_by(Job.state)
    )
    found = {state: (count, oldest) for state, count, oldest in states}
    failed = session.scalar(
        sa.select(sa.func.count(Job.id)).where(
            Job.state == "failed", Job.created_at > utc_now() - DAY
        )
    )
    queued, oldest = found.get("queued", (0, None))
    return JobsHealth(queued, found.get("running", (0, None))[0], failed or 0, oldest)


def disk_free(data_dir: Path) -> int:
    """Return the bytes left where the data live."""
    return shutil.disk_usage(data_dir).free
