"""Engines, SQLite pragmas, and the unit of work used outside a request."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.settings import LOOPBACK

SQLITE_PRAGMAS = (
    "foreign_keys=ON",
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "busy_timeout=15000",
    "temp_store=MEMORY",
)


@event.listens_for(Engine, "connect")
def _set_sqlite_pragmas(connection: Any, _record: Any) -> None:
    if isinstance(connection, sqlite3.Connection):
        for pragma in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")


def engine_options(url: str) -> dict[str, Any]:
    """Return the options that fit the database behind `url`."""
    server = sa.make_url(url)
    if server.get_backend_name() == "sqlite":
        return {}
    # A server may drop idle connections, or restart: test each before use.
    options: dict[str, Any] = {"pool_pre_ping": True, "pool_recycle": 1800, "pool_size": 10}
    if server.host in LOOPBACK and not any(name.startswith("ssl") for name in server.query):
        # Nothing leaves this machine, and for TLS the driver reads every authority's certificate
        # again at each connection. Who wants it says so: `?ssl_ca=FILE`.
        options["connect_args"] = {"ssl_disabled": True}
    return options


def create_engine(url: str) -> Engine:
    """Create an engine with this project's options."""
    return sa.create_engine(url, **engine_options(url))


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[Session]:
    """Yield a session; commit once at the end, roll back on any error."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session
