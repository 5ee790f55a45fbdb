"""Engines, SQLite pragmas, and the unit of work used outside a request."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

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
    """Return the pool options that fit the database behind `url`."""
    if url.startswith("sqlite"):
        return {}
    # A server may drop idle connections, or restart: test each before use.
    return {"pool_pre_ping": True, "pool_recycle": 1800, "pool_size": 10}


def create_engine(url: str) -> Engine:
    """Create an engine with this project's options."""
    return sa.create_engine(url, **engine_options(url))


@contextmanager
def unit_of_work(engine: Engine) -> Iterator[Session]:
    """Yield a session; commit once at the end, roll back on any error."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        yield session
