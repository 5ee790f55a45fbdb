"""What a crawl fetched, through the door together with the memory of having fetched it.

Rows and `crawl_state` are written in the caller's one transaction: a crawl that is killed finds
both or neither.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import Session

from backend.comments.tables import Comment
from backend.db.upsert import upsert
from backend.ingest.batch import Tally, chunks
from backend.ingest.records import Record
from backend.ingest.service import store
from backend.ingest.tables import CrawlState
from backend.playlists.tables import Playlist
from backend.songs.tables import Song

Status = Literal["done", "partial", "same", "missing", "failed", "refused"]
HASHED = frozenset({"song", "artist", "album", "lyric"})
"""Kinds whose answer alone decides what is stored; a playlist also depends on the songs known."""
REFUSED_AGAIN = timedelta(days=30)
FIRST_RETRY, LAST_RETRY = timedelta(minutes=10), timedelta(days=7)
_COLUMNS = ("status", "etag", "content_hash", "cursor", "tries", "fetched_at", "next_due")


@dataclass(frozen=True, slots=True)
class Fetched:
    """One thing a source was asked for, and what it told.

    `same` says that it answered 304; `missing` that it has none (a thing it had once is gone).
    `due` is when to look again, None never; failures come again by themselves, later each time.
    `wants` are (kind, id) of things this one leads to: remembered until they are fetched too.
    """

    kind: str
    source_id: str
    status: Status
    records: tuple[Record, ...] = ()
    due: timedelta | None = None
    etag: str | None = None
    cursor: str | None = None
    wants: tuple[tuple[str, str], ...] = ()


@dataclass
class Harvest:
    """What became of a batch: things by kind, what the door refused, what is gone."""

    kinds: dict[str, Tally] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)
    missing: int = 0
    gone: int = 0


def store_fetched(
    session: Session, source: str, things: Sequence[Fetched], *, zone: ZoneInfo, now: datetime
) -> Harvest:
    """Store what was told and remember that it was; what is told as before is not written."""
    harvest = Harvest()
    before = states(session, source, {(t.kind, t.source_id) for t in things})
    hashes: dict[int, str] = {}
    records: list[Record] = []
    owner: list[int] = []
    for place, thing in enumerate(things):
        if thing.kind in HASHED and thing.records:
            hashes[place] = _digest(thing.records)
            known = before.get((thing.kind, thing.source_id))
            if known is not None and known["content_hash"] == hashes[place]:
                _add(harvest.kinds, thing.kind, Tally(unchanged=1))
                continue
        records.extend(thing.records)
        owner.extend([place] * len(thing.records))
    counts = store(session, records, zone=zone)
    for kind, tally in counts.kinds.items():
        _add(harvest.kinds, kind, tally)
    refused = {owner[refusal.index] for refusal in counts.refusals}
    harvest.refusals = [refusal.reason for refusal in counts.refusals]
    remember(session, source, {want for thing in things for want in thing.wants}, now=now)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for place, thing in enumerate(things):
        key = (thing.kind, thing.source_id)
        if place in refused:
            thing = replace(thing, status="refused", due=REFUSED_AGAIN)
            hashes.pop(place, None)
        rows[key] = _row(thing, rows.get(key) or before.get(key), hashes.get(place), now)
    _mark_gone(session, source, things, before, now, harvest)
    upsert(
        session,
        CrawlState,
        [{"source": source, "kind": k, "source_id": i} | row for (k, i), row in rows.items()],
        key=("source", "kind", "source_id"),
        update=_COLUMNS,
    )
    return harvest


def remember(
    session: Session, source: str, wants: Collection[tuple[str, str]], *, now: datetime
) -> None:
    """Remember (kind, id) that are to be fetched; what is remembered already stays as it is."""
    blank: dict[str, Any] = dict.fromkeys(("etag", "content_hash", "cursor"))
    blank |= {"source": source, "status": "wanted", "tries": 0, "fetched_at": now, "next_due": now}
    rows = [blank | {"kind": kind, "source_id": key} for kind, key in sorted(set(wants))]
    upsert(session, CrawlState, rows, key=("source", "kind", "source_id"))


def states(
    session: Session, source: str, keys: Collection[tuple[str, str]]
) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what is remembered of those (kind, id) that were fetched or wanted before."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, source_id in keys:
        by_kind[kind].append(source_id)
    columns = [getattr(CrawlState, name) for name in ("source_id", *_COLUMNS)]
    return {
        (kind, row["source_id"]): dict(row)
        for kind, ids in by_kind.items()
        for chunk in chunks(ids)
        for row in session.execute(
            select(*columns).where(
                CrawlState.source == source,
                CrawlState.kind == kind,
                CrawlState.source_id.in_(chunk),
            )
        ).mappings()
    }


def due(
    session: Session,
    source: str,
    kinds: Collection[str],
    *,
    by: datetime,
    after: tuple[datetime, str, str] | None,
    limit: int,
) -> list[tuple[datetime, str, str]]:
    """Return (due, kind, id) of what is to be fetched by a moment, longest due first.

    `after` is the last of the page before.
    """
    place = tuple_(CrawlState.next_due, CrawlState.kind, CrawlState.source_id)
    query = select(CrawlState.next_due, CrawlState.kind, CrawlState.source_id).where(
        CrawlState.source == source, CrawlState.kind.in_(kinds), CrawlState.next_due <= by
    )
    if after is not None:
        query = query.where(place > tuple_(*after))
    ordered = query.order_by(CrawlState.next_due, CrawlState.kind, CrawlState.source_id)
    rows = session.execute(ordered.limit(limit))
    return [(when, kind, source_id) for when, kind, source_id in rows if when is not None]


def known_comments(session: Session, source: str, ids: Collection[str]) -> set[str]:
    """Return those of a source's comments that are stored."""
    query = select(Comment.source_id).where(Comment.source == source, Comment.source_id.in_(ids))
    return {key for key in session.scalars(query) if key is not None}


def heat_of_top(session: Session, source: str, *, songs: int) -> float:
    """Return the heat from which on a song is among the hottest so many; 0 below that number."""
    query = select(Song.heat).where(Song.source == source, Song.heat.is_not(None))
    ranked = query.order_by(Song.heat.desc(), Song.id).offset(songs).limit(1)
    return session.scalar(ranked) or 0.0


def hottest(session: Session, source: str, ids: Collection[str], *, heat: float) -> set[str]:
    """Return those songs that are at least that hot."""
    query = select(Song.source_id).where(Song.source == source, Song.heat >= heat)
    return {key for key in session.scalars(query.where(Song.source_id.in_(ids))) if key}


def _row(
    thing: Fetched, before: Mapping[str, Any] | None, digest: str | None, now: datetime
) -> dict[str, Any]:
    tries = (before["tries"] if before else 0) + 1 if thing.status == "failed" else 0
    wait = thing.due
    if thing.status == "failed":
        wait = min(FIRST_RETRY * 2 ** min(tries - 1, 16), LAST_RETRY)
    told = thing.status in ("done", "partial")
    lost = thing.status == "missing"
    return {
        "status": "done" if thing.status == "same" else thing.status,
        "etag": thing.etag if told else before and before["etag"],
        # What is gone and comes back as it was must be written again.
        "content_hash": None if lost else digest or (before and before["content_hash"]),
        "cursor": thing.cursor,
        "tries": tries,
        "fetched_at": now,
        "next_due": None if wait is None else now + wait,
    }


def _mark_gone(
    session: Session,
    source: str,
    things: Iterable[Fetched],
    before: Mapping[tuple[str, str], Mapping[str, Any]],
    now: datetime,
    harvest: Harvest,
) -> None:
    """Mark what the source had once and has no more. Nothing is removed."""
    tables: dict[str, Any] = {"song": Song, "playlist": Playlist, "chart": Playlist}
    for thing in things:
        if thing.status != "missing":
            continue
        known = before.get((thing.kind, thing.source_id))
        if known is None or (known["content_hash"] is None and thing.kind in HASHED):
            harvest.missing += 1
            continue
        harvest.gone += 1
        if table := tables.get(thing.kind):
            here = (table.source == source, table.source_id == thing.source_id)
            session.execute(update(table).where(*here, table.gone_at.is_(None)).values(gone_at=now))


def _digest(records: Iterable[Record]) -> str:
    digest = hashlib.sha256()
    for record in records:
        digest.update(record.model_dump_json(exclude_unset=True).encode())
    return digest.hexdigest()


def _add(kinds: dict[str, Tally], kind: str, tally: Tally) -> None:
    kinds[kind] = kinds.get(kind, Tally()) + tally
