"""The database a command works on: as it is, or at the schema the code knows."""

from sqlalchemy.engine import Engine

from backend.db import schema
from backend.db.session import create_engine
from backend.errors import Unavailable
from backend.settings import Settings


class SchemaBehind(Unavailable):
    """The database is at another schema than the code."""

    def __init__(self, found: str | None) -> None:
        super().__init__(
            f"The database is at schema {found}, not {schema.head()}. Run: huisheng db upgrade"
        )


def engine_of(settings: Settings) -> Engine:
    """Return an engine on the database as it is; an SQLite file gets its folder."""
    if settings.is_sqlite:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
    return create_engine(settings.url)


def ready_engine(settings: Settings, *, create: bool = False) -> Engine:
    """Return an engine on a database at head.

    SQLite is brought there; a server's database only when `create` is set and it is empty.

    Raises:
        SchemaBehind: a database server is behind.
    """
    engine = engine_of(settings)
    found = schema.current(engine)
    if found != schema.head():
        if not (settings.is_sqlite or (create and found is None)):
            raise SchemaBehind(found)
        schema.upgrade(engine)
    return engine
