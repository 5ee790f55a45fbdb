"""Which blocks of songs may be read packed: every writer says here what it changed.

A block is dropped in the transaction that changes one of its songs, and read from the tables
themselves until it is packed again: what is read is exact at any moment, packing is about speed.
"""

from collections import defaultdict
from collections.abc import Iterable
from enum import IntEnum

from sqlalchemy import delete, event
from sqlalchemy.orm import Session

from backend.blocks.tables import SongBlock
from backend.db.base import table

BLOCK = 256
"""Songs in a block, by id."""
_STALE = "stale song blocks"
_CHUNK = 5_000
_block = table(SongBlock)


class Kind(IntEnum):
    """What is packed; stored, so a number never changes its meaning."""

    FACTS = 0
    SINGERS = 1
    GENRES = 2
    MONTHS = 3
    HOURS = 4
    STARS = 5
    COMMENTS = 6
    COUNTERS = 7
    MOODS = 8


PLAYS = (Kind.MONTHS, Kind.HOURS, Kind.COUNTERS)
SONG = (Kind.FACTS, Kind.SINGERS, Kind.GENRES, Kind.COUNTERS, Kind.MOODS)
RATINGS = (Kind.STARS, Kind.COUNTERS)


def touch(session: Session, song_ids: Iterable[int], *kinds: Kind) -> None:
    """Say that these numbers of songs change; their blocks are dropped when the session commits."""
    blocks = {song_id // BLOCK for song_id in song_ids}
    stale: set[tuple[Kind, int]] = session.info.setdefault(_STALE, set())
    stale.update((kind, block) for kind in kinds for block in blocks)


def stale(session: Session, kind: Kind) -> frozenset[int]:
    """Return the blocks this session has changed and not committed."""
    return frozenset(block for of, block in session.info.get(_STALE, ()) if of == kind)


def drop_all(session: Session) -> None:
    """Drop every block, since songs are taken out of the library."""
    session.execute(delete(_block))


@event.listens_for(Session, "before_commit")
def _drop_stale(session: Session) -> None:
    # Last of all and in one order: whoever waits for a block here holds no other's song up.
    changed: set[tuple[Kind, int]] = session.info.pop(_STALE, set())
    kinds_of: dict[int, list[Kind]] = defaultdict(list)
    for kind, block in sorted(changed):
        kinds_of[block].append(kind)
    together: dict[tuple[Kind, ...], list[int]] = defaultdict(list)
    for block, kinds in kinds_of.items():
        together[tuple(kinds)].append(block)
    for of, blocks in sorted(together.items()):
        for start in range(0, len(blocks), _CHUNK):
            part = sorted(blocks[start : start + _CHUNK])
            where = (_block.c.kind.in_(map(int, of)), _block.c.block.in_(part))
            session.execute(delete(_block).where(*where))
