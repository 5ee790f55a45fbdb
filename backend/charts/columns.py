"""Numbers of many songs as columns: read packed, block by block, or from the tables.

`backend.blocks` says which blocks stand; a block that does not is read live, so every number is
the database's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, and_, insert, or_, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.blocks.service import BLOCK, Kind, stale
from backend.blocks.tables import SongBlock
from backend.charts.filters import UNKNOWN as ASKS_UNKNOWN
from backend.charts.filters import ChartFilter, song
from backend.charts.kinds import COLUMNS, UNKNOWN, hashed
from backend.db.base import table
from backend.db.session import unit_of_work
from backend.songs.tables import Genre
from backend.wire import MAX_ID
from models.progress import Progress, silent

AT_ONCE = 16
"""Blocks packed in one transaction: writers wait no longer than that."""

_block, _genre = table(SongBlock), table(Genre)

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Rows = NDArray[Any]


@dataclass(frozen=True)
class Chosen:
    """The songs a chart speaks of, by place: block after block, `BLOCK` places each."""

    blocks: Ints
    """Of these and other songs, sorted."""
    wanted: Bools | None = None
    """By place, whether a song is meant; None for all of them."""

    @property
    def places(self) -> int:
        return len(self.blocks) * BLOCK

    def ids(self, places: Ints) -> Ints:
        """Return the songs at some places."""
        return self.blocks[places // BLOCK] * BLOCK + places % BLOCK


def choose(session: Session, by: ChartFilter) -> Chosen:
    """Return the songs of a filter: the same as fulfil its `conditions`."""
    every = Chosen(_blocks(session))
    if not by.in_use():
        return every
    places, facts = read(session, Kind.FACTS, every)
    wanted = np.zeros(every.places, bool)
    wanted[places] = _fulfil(facts, by)
    if by.artist is not None:
        sung, singers = read(session, Kind.SINGERS, every)
        wanted &= _at(sung[singers["artist"] == by.artist], every)
    if by.genre is not None:
        styled, genres = read(session, Kind.GENRES, every)
        if by.genre == ASKS_UNKNOWN:
            wanted &= ~_at(styled, every)
        else:
            genre = session.scalar(select(_genre.c.id).where(_genre.c.name == by.genre))
            wanted &= _at(styled[genres["genre"] == genre], every)
    return Chosen(every.blocks, wanted)


def _fulfil(facts: Rows, by: ChartFilter) -> Bools:
    """Tell of each song whether its own facts are as asked."""
    held = np.ones(len(facts), bool)
    for name in ("language", "copyright", "original"):
        value = getattr(by, name)
        if value is not None:
            held &= facts[name] == (UNKNOWN if value == ASKS_UNKNOWN else hashed(value))
    if by.source is not None:
        held &= facts["source"] == hashed(by.source)
    if by.year_from is not None:
        held &= facts["released"] >= date(by.year_from, 1, 1).toordinal()
    if by.year_to is not None:
        held &= facts["released"] <= date(by.year_to, 12, 31).toordinal()
        held &= facts["released"] != UNKNOWN
    if by.album is not None:
        held &= facts["album"] == by.album
    return held


def _at(places: Ints, of: Chosen) -> Bools:
    found = np.zeros(of.places, bool)
    found[places] = True
    return found


def _blocks(session: Session) -> Ints:
    """Return the blocks that hold songs, looking only where none is packed."""
    facts = select(_block.c.block).where(_block.c.kind == int(Kind.FACTS))
    packed = sorted(map(int, session.scalars(facts)))
    ends = [block * BLOCK for block in packed]
    gaps = [(first + BLOCK, end) for first, end in pairwise(ends) if first + BLOCK < end]
    if not packed or len(gaps) > AT_ONCE:
        return _holding(session)
    gaps = [(0, ends[0]), *gaps, (ends[-1] + BLOCK, MAX_ID + 1)]
    between = or_(*(and_(song.c.id >= first, song.c.id < end) for first, end in gaps))
    return np.union1d(np.array(packed, np.int64), _holding(session, between))


def _holding(session: Session, *where: ColumnElement[bool]) -> Ints:
    found = session.scalars(select(song.c.id // BLOCK).where(*where).distinct())
    return np.array(sorted(map(int, found)), np.int64)


def read(session: Session, kind: Kind, of: Chosen) -> tuple[Ints, Rows]:
    """Return the rows of the chosen songs in the order of their ids, and each row's place."""
    query = select(_block.c.block, _block.c.payload).where(_block.c.kind == int(kind))
    gone = stale(session, kind)
    packed = {int(b): payload for b, payload in session.execute(query) if b not in gone}
    dtype = COLUMNS[kind].dtype
    parts = [packed.get(block) for block in of.blocks.tolist()]
    waiting = np.array([at for at, part in enumerate(parts) if part is None], np.int64)
    for run in _runs(of.blocks, waiting):
        parts[run[0] : run[-1] + 1] = _live(session, kind, of.blocks[run])
    payload = b"".join(part for part in parts if part is not None)
    rows = np.frombuffer(payload, dtype=dtype)
    lengths = [len(part or b"") // dtype.itemsize for part in parts]
    places = np.repeat(np.arange(len(parts)) * BLOCK, lengths) + rows["song"]
    if of.wanted is None:
        return places, rows
    held = of.wanted[places]
    return places[held], rows[held]


def _runs(blocks: Ints, places: Ints) -> list[Ints]:
    """Cut places of blocks into runs of neighbours."""
    if not len(places):
        return []
    return np.split(places, np.flatnonzero(np.diff(blocks[places]) > 1) + 1)


def _live(session: Session, kind: Kind, blocks: Ints) -> list[bytes]:
    """Return the payloads of blocks as the tables have them now, in one query."""
    column = COLUMNS[kind]
    low, high = int(blocks[0]) * BLOCK, int(blocks[-1] + 1) * BLOCK
    rows: dict[int, list[tuple[Any, ...]]] = {int(block): [] for block in blocks}
    for song_id, *rest in column.read(session, low, high):
        if song_id // BLOCK in rows:
            rows[song_id // BLOCK].append((song_id % BLOCK, *rest))
    return [np.array(sorted(own), column.dtype).tobytes() for own in rows.values()]


def missing(session: Session) -> dict[Kind, list[int]]:
    """Return the blocks that are not packed, by kind."""
    wanted = set(_holding(session).tolist())
    there: dict[Kind, set[int]] = {kind: set() for kind in Kind}
    for kind, block in session.execute(select(_block.c.kind, _block.c.block)):
        there[Kind(kind)].add(block)
    return {kind: sorted(wanted - there[kind]) for kind in Kind}


def waits(session: Session, *, at_least: int) -> bool:
    """Tell whether so many blocks are not packed."""
    return sum(map(len, missing(session).values())) >= at_least


def pack(engine: Engine, *, progress: Progress = silent) -> int:
    """Pack every block that is not packed, a few in a transaction; return how many were."""
    with Session(engine) as session:
        waiting = missing(session)
    total, done = sum(map(len, waiting.values())), 0
    progress("blocks", done, total)
    for kind, blocks in waiting.items():
        for start in range(0, len(blocks), AT_ONCE):
            part = blocks[start : start + AT_ONCE]
            with unit_of_work(engine) as session:
                pack_blocks(session, kind, part)
            done += len(part)
            progress("blocks", done, total)
    return done


def pack_blocks(session: Session, kind: Kind, blocks: Sequence[int]) -> None:
    """Pack blocks that are not packed; the first thing a transaction does."""
    # The rows are taken by a write before the numbers are read: whoever has changed one of these
    # songs is waited for, whoever is about to drops what is written here.
    keys = [{"kind": int(kind), "block": block, "payload": b""} for block in blocks]
    session.execute(insert(_block), keys)
    for block, payload in zip(blocks, _live(session, kind, np.array(blocks)), strict=True):
        where = (_block.c.kind == int(kind), _block.c.block == block)
        session.execute(update(_block).where(*where).values(payload=payload))
