"""The one function that inserts rows or updates those that exist."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.orm import Session

from backend.db.base import Base, table


def upsert(
    session: Session,
    entity: type[Base],
    rows: Sequence[Mapping[str, Any]],
    *,
    key: Iterable[str],
    update: Iterable[str] = (),
) -> None:
    """Insert `rows`; where the unique `key` exists, set the `update` columns instead.

    All rows name the same columns. With no `update` columns an existing row is left as it is.
    One statement, executed for all rows (PyMySQL sends them as one multi-row INSERT). Column
    defaults of the entity do not fire for columns a row leaves out on update; name them.
    """
    if not rows:
        return
    key, update = list(key), list(update)
    statement: Any
    if session.get_bind().dialect.name == "sqlite":
        insert = sqlite.insert(table(entity))
        excluded = {name: insert.excluded[name] for name in update}
        if update:
            statement = insert.on_conflict_do_update(index_elements=key, set_=excluded)
        else:
            statement = insert.on_conflict_do_nothing(index_elements=key)
    else:
        into = mysql.insert(table(entity))
        # Setting a key column to itself is the no-op that MySQL and MariaDB share.
        inserted = {name: into.inserted[name] for name in update or key[:1]}
        statement = into.on_duplicate_key_update(inserted)
    session.connection().execute(statement, [dict(row) for row in rows])
