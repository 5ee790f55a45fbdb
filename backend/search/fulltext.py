"""The full-text index of each database over the token tables: make, drop, check, ask."""

# ruff: noqa: S608
# The names put into statements are constants of this file; what was typed is always bound.

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

INDEXED = (
    ("search_songs", "song_id", ("names", "lyrics")),
    ("search_artists", "artist_id", ("names",)),
    ("search_albums", "album_id", ("names",)),
)
"""(table, key, columns that are searched)."""
_KEYS = {table: key for table, key, _ in INDEXED}

Alternatives = Sequence[Sequence[str]]
"""Lists of tokens: a row is found when it holds all of any one list. `*` ends a prefix."""


def create(connection: Connection) -> None:
    """Make what finds tokens; on SQLite it is filled from the tables, too."""
    run = connection.exec_driver_sql
    for table, key, columns in INDEXED:
        if connection.dialect.name != "sqlite":
            # Sorted in place, an index takes seconds where copying takes many minutes. Rows written
            # while there was none could be left out by MariaDB 10.11 unless numbered anew before.
            run(f"ALTER TABLE {table} FORCE, ALGORITHM=INPLACE")
            for c in columns:
                added = f"ADD FULLTEXT INDEX ft_{table}_{c} ({c})"
                run(f"ALTER TABLE {table} {added}, ALGORITHM=INPLACE")
            continue
        names = ", ".join(columns)
        fresh, old = (", ".join(f"{row}.{c}" for c in columns) for row in ("new", "old"))
        put = f"INSERT INTO {table}_fts(rowid, {names}) VALUES (new.{key}, {fresh});"
        take = (
            f"INSERT INTO {table}_fts({table}_fts, rowid, {names}) "
            f"VALUES ('delete', old.{key}, {old});"
        )
        run(
            f"CREATE VIRTUAL TABLE {table}_fts USING fts5({names}, content='{table}', "
            f"content_rowid='{key}', tokenize='ascii', detail='column', prefix='4 5 6 7')"
        )
        run(f"CREATE TRIGGER {table}_put AFTER INSERT ON {table} BEGIN {put} END")
        run(f"CREATE TRIGGER {table}_take AFTER DELETE ON {table} BEGIN {take} END")
        run(f"CREATE TRIGGER {table}_move AFTER UPDATE ON {table} BEGIN {take} {put} END")
        run(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")


def drop(connection: Connection) -> None:
    """Remove what of it is there."""
    run = connection.exec_driver_sql
    for table, _, columns in INDEXED:
        if connection.dialect.name == "sqlite":
            for name in ("put", "take", "move"):
                run(f"DROP TRIGGER IF EXISTS {table}_{name}")
            run(f"DROP TABLE IF EXISTS {table}_fts")
            continue
        there = {index["name"] for index in sa.inspect(connection).get_indexes(table)}
        for column in columns:
            if f"ft_{table}_{column}" in there:
                run(f"DROP INDEX ft_{table}_{column} ON {table}")


def is_whole(connection: Connection) -> bool:
    """Tell whether every index is there and knows every row."""
    look = sa.inspect(connection)
    for table, _, columns in INDEXED:
        if connection.dialect.name != "sqlite":
            there = {index["name"] for index in look.get_indexes(table)}
            if not there >= {f"ft_{table}_{column}" for column in columns}:
                return False
        elif not look.has_table(f"{table}_fts_docsize"):
            return False
        else:
            counts = (f"SELECT count(*) FROM {name}" for name in (table, f"{table}_fts_docsize"))
            rows, known = (connection.exec_driver_sql(count).scalar() for count in counts)
            if rows != known:
                return False
    return True


def find(
    session: Session, table: str, column: str, wanted: Alternatives, *, limit: int
) -> list[int]:
    """Return the keys of rows that hold any of the alternatives, in no order.

    Weighing every row that holds a frequent prefix takes far longer than a person waits.
    """
    alternatives = [tokens for tokens in wanted if tokens]
    if not alternatives:
        return []
    key = _KEYS[table]
    if session.get_bind().dialect.name == "sqlite":
        told = " OR ".join(
            "(" + " AND ".join(_quoted(token) for token in tokens) + ")" for tokens in alternatives
        )
        told = f"{{{column}}}: ({told})"
        where = f"SELECT rowid FROM {table}_fts WHERE {table}_fts MATCH :told LIMIT :limit"
    else:
        told = " ".join(
            "(" + " ".join(f"+{token}" for token in tokens) + ")" for tokens in alternatives
        )
        where = (
            f"SELECT {key} FROM {table} "
            f"WHERE MATCH({column}) AGAINST (:told IN BOOLEAN MODE) LIMIT :limit"
        )
    found = session.execute(sa.text(where), {"told": told, "limit": limit})
    return [row[0] for row in found]


def _quoted(token: str) -> str:
    return f'"{token[:-1]}" *' if token.endswith("*") else f'"{token}"'
