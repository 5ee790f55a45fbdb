"""Bring a database to a schema version, and tell which one it is at."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"
COLLATION = "utf8mb4_unicode_520_ci"


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def is_described(name: str | None, kind: str, _parents: object) -> bool:
    """Tell whether the entities describe what has this name: a full-text index they cannot."""
    return not (name and ((kind == "table" and "_fts" in name) or name.startswith("ft_")))


def head() -> str:
    """Return the newest revision the code knows."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def current(engine: Engine) -> str | None:
    """Return the revision the database is at, or None when it is empty."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database up to `revision`."""
    with engine.begin() as connection:
        if connection.dialect.name in ("mysql", "mariadb"):
            # Every table inherits it; servers' own defaults differ, and some hold two emoji equal.
            connection.execute(sa.text(f"ALTER DATABASE CHARACTER SET utf8mb4 COLLATE {COLLATION}"))
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str = "base") -> None:
    """Take the database down to `revision`; what only newer schemas hold is lost."""
    with engine.begin() as connection:
        command.downgrade(_config(connection), revision)


def write_revision(engine: Engine, message: str, *, number: str) -> None:
    """Write a migration that brings the database from its state to that of the entities."""
    with engine.begin() as connection:
        command.revision(_config(connection), message=message, rev_id=number, autogenerate=True)
