"""The declarative base and the column types every table uses."""

from datetime import UTC, datetime
from typing import Annotated, Any

from sqlalchemy import (
    BigInteger,
    DateTime,
    Dialect,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
)
from sqlalchemy.dialects import mysql
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of all entities; knows no Flask, so jobs and the spider share the tables."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored as naive UTC with microseconds, given back aware."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name in ("mysql", "mariadb"):
            return dialect.type_descriptor(mysql.DATETIME(fsp=6))
        return dialect.type_descriptor(DateTime())

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a stored moment needs a time zone; use datetime.now(UTC)")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


class Exact(TypeDecorator[str]):
    """A string compared byte by byte on every server (keys, hashes, tokens)."""

    impl = String
    cache_ok = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.length = length

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        if dialect.name in ("mysql", "mariadb"):
            binary = mysql.VARCHAR(self.length, charset="utf8mb4", collation="utf8mb4_bin")
            return dialect.type_descriptor(binary)
        return dialect.type_descriptor(String(self.length))

    def __repr__(self) -> str:
        return f"Exact({self.length})"


def table(entity: type[Base]) -> Table:
    """Return the entity's table: what runs with every request is built once, from tables."""
    found = entity.__table__
    assert isinstance(found, Table)
    return found


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


# SQLite only auto-increments INTEGER, so the wide key narrows there.
BigId = BigInteger().with_variant(Integer, "sqlite")

Pk = Annotated[int, mapped_column(BigId, primary_key=True, autoincrement=True)]
Created = Annotated[datetime, mapped_column(UtcDateTime, default=utc_now)]
Updated = Annotated[datetime, mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)]
Source = Annotated[str, mapped_column(Exact(64))]
SourceId = Annotated[str, mapped_column(Exact(128))]
