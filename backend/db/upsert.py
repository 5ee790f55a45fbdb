"""The one helper that inserts rows or updates those that exist."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.orm import Session

from backend.db.base import Base, table

# SQLite allows 32,766 parameters a statement; stay well below on any server.
_PARAMETERS = 30_000


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
    One statement per 30,000 bound values. Column defaults of the entity do not fire
    for columns a row leaves out on update; name them.
    """
    if not rows:
        return
    into = table(entity)
    key, update = list(key), list(update)
    size = max(1, _PARAMETERS // max(1, len(rows[0])))
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    for start in range(0, len(rows), size):
        batch = [dict(row) for row in rows[start : start + size]]
        if is_sqlite:
            insert = sqlite.insert(into).values(batch)
            if update:
                excluded = {name: insert.excluded[name] for name in update}
                session.execute(insert.on_conflict_do_update(index_elements=key, set_=excluded))
            else:
                session.execute(insert.on_conflict_do_nothing(index_elements=key))
        else:
            insert_or_set = mysql.insert(into).values(batch)
            # Setting a key column to itself is the no-op that MySQL and MariaDB share.
            names = update or key[:1]
            inserted = {name: insert_or_set.inserted[name] for name in names}
            session.execute(insert_or_set.on_duplicate_key_update(inserted))
