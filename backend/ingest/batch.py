"""One source's records on their way into the tables: what is there, what is new, what changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.db.base import utc_now
from backend.db.upsert import upsert
from backend.ingest.records import Record
from backend.playlists.tables import Playlist
from backend.songs.tables import Album, Artist, Song

Sourced = type[Artist] | type[Album] | type[Song] | type[Playlist] | type[User]
Row = dict[str, Any]
R = TypeVar("R", bound=Record)
K = TypeVar("K")

SOURCED = ("source", "source_id")
_CHUNK = 10_000  # ids bound in one IN list, well below SQLite's 32,766 parameters


@dataclass(frozen=True)
class Refusal:
    """A record that was not taken: its place in what was given, and why."""

    index: int
    reason: str


@dataclass(frozen=True)
class Tally:
    """How many things of one kind were new, updated, unchanged."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.new + other.new, self.updated + other.updated, self.unchanged + other.unchanged
        )


def chunks(values: Collection[Any]) -> Iterator[list[Any]]:
    """Cut values into lists that fit one statement."""
    values = list(values)
    for start in range(0, len(values), _CHUNK):
        yield values[start : start + _CHUNK]


@dataclass
class Batch:
    """The records of one source that are stored together, with what became of them."""

    session: Session
    source: str
    zone: ZoneInfo
    records: Sequence[tuple[int, Record]]
    now: datetime = field(default_factory=utc_now)
    tallies: dict[str, Tally] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    renamed: dict[type, set[int]] = field(default_factory=lambda: defaultdict(set))
    """Ids of what search must read again, by entity."""

    def of(self, kind: type[R]) -> list[tuple[int, R]]:
        """Return the records of one kind with their places."""
        return [(index, record) for index, record in self.records if isinstance(record, kind)]

    def refuse(self, index: int, kind: str, key: str, missing: str) -> None:
        """Note that a record names something its source has not brought."""
        self.refusals.append(
            Refusal(index, f"{kind} {key}: {self.source} has no {missing}; put that record first")
        )

    def ids(self, entity: Sourced, source_ids: Iterable[str]) -> dict[str, int]:
        """Return the stored ids of this source's things; what is not stored is left out."""
        return {
            key: identity
            for chunk in chunks(set(source_ids))
            for key, identity in self.session.execute(
                select(entity.source_id, entity.id).where(
                    entity.source == self.source, entity.source_id.in_(chunk)
                )
            )
            if key is not None
        }

    def says(self, record: Record, columns: Iterable[str]) -> Row:
        """Return those columns a record speaks of, with its key; what it leaves out is left out."""
        told = {"source": record.source, "source_id": record.source_id}
        return told | {
            name: getattr(record, name) for name in columns if name in record.model_fields_set
        }

    def local(self, moment: datetime | None) -> Row:
        """Return the day and hour of a moment where the site lives."""
        if moment is None:
            return {"day": None, "hour": None}
        local = moment.astimezone(self.zone)
        return {"day": local.date(), "hour": local.hour}

    def stored(
        self, entity: Any, columns: Iterable[str], key: str, values: Collection[K]
    ) -> dict[K, Row]:
        """Return the rows whose `key` column holds one of the values, by that value.

        Things that have a source are looked for in this batch's own.
        """
        chosen = [getattr(entity, name) for name in dict.fromkeys((key, *columns))]
        query = select(*chosen)
        if key == "source_id":
            query = query.where(entity.source == self.source)
        return {
            row[key]: dict(row)
            for chunk in chunks(values)
            for row in self.session.execute(query.where(getattr(entity, key).in_(chunk))).mappings()
        }

    def write(
        self,
        entity: Any,
        kind: str,
        *,
        told: Mapping[K, Row],
        stored: Mapping[K, Row],
        blank: Row,
        key: Sequence[str] = SOURCED,
        touched: Collection[K] = (),
    ) -> set[K]:
        """Insert what is new, update what differs, count all; return the keys written.

        `told` holds what the records say, `stored` the rows that are there, `blank` every column
        the door owns with its first value. `touched` rows are written although their own columns
        are equal (what hangs on them changed). `updated_at`, where there is one, moves with them.
        """
        stamps = {"updated_at": self.now} if hasattr(entity, "updated_at") else {}
        fresh: dict[K, Row] = {}
        changed: dict[K, Row] = {}
        for name, says in told.items():
            before = stored.get(name)
            if before is None:
                fresh[name] = {**blank, **says, **stamps}
            elif name in touched or any(before[c] != v for c, v in says.items() if c in blank):
                kept = {column: before[column] for column in blank}
                changed[name] = {**kept, **says, **stamps}
        upsert(
            self.session,
            entity,
            [*fresh.values(), *changed.values()],
            key=key,
            update=[name for name in (*blank, *stamps) if name not in key],
        )
        if not told:
            return set()
        tally = Tally(len(fresh), len(changed), len(told) - len(fresh) - len(changed))
        self.tallies[kind] = self.tallies.get(kind, Tally()) + tally
        return fresh.keys() | changed.keys()

    def links(
        self, parent: Any, child: Any, parents: Mapping[int, str], order: Any = None
    ) -> dict[str, list[int]]:
        """Return what hangs on stored things, by their source id, in its order."""
        links: dict[str, list[int]] = defaultdict(list)
        for chunk in chunks(parents):
            query = select(parent, child).where(parent.in_(chunk)).order_by(order)
            for owner, thing in self.session.execute(query):
                links[parents[owner]].append(thing)
        return links

    def relink(
        self, entity: Any, parent: str, child: str, wanted: Mapping[int, Sequence[int]]
    ) -> None:
        """Replace what hangs on the given things, keeping its order where the table has one."""
        table = entity.__table__
        assert isinstance(table, Table)
        for chunk in chunks(wanted):
            self.session.execute(delete(table).where(table.c[parent].in_(chunk)))
        rows = [
            {parent: owner, child: thing, "position": place}
            for owner, things in wanted.items()
            for place, thing in enumerate(things)
        ]
        if "position" not in table.c:
            rows = [{parent: row[parent], child: row[child]} for row in rows]
        upsert(self.session, entity, rows, key=[parent, child])
