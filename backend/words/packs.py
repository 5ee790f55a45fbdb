"""The words of many songs as columns, a block of songs a row: what a filtered cloud adds up.

A cloud over all songs, or a genre, is kept whole (`word_totals`). Any other filter would group
millions of `song_words`; their columns, read block by block, are added up in memory instead. A
block whose songs changed is dropped in the same transaction and read from `song_words` until it is
packed again, so what a cloud says is always exact.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from backend.db.base import table
from backend.songs.tables import Song
from backend.words.tables import COMMENTS, LYRICS, SongWord, WordPack

BLOCK = 1_024
"""Songs in a block, by id."""
_BITS = 32
_COUNT = ("count",)
_FIELDS = {LYRICS: _COUNT, COMMENTS: (*_COUNT, "positive", "negative")}
_ROWS = {
    kind: np.dtype([("song", "<u2"), ("word", "<u4"), *((name, "<u4") for name in fields)])
    for kind, fields in _FIELDS.items()
}
_song, _song_word, _pack = table(Song), table(SongWord), table(WordPack)

Sums = NDArray[np.int64]


def forget(session: Session, *, kind: int, song_ids: Collection[int]) -> None:
    """Drop the blocks of songs whose words change."""
    blocks = {song_id // BLOCK for song_id in song_ids}
    session.execute(delete(_pack).where(_pack.c.kind == kind, _pack.c.block.in_(blocks)))


def pack(session: Session) -> int:
    """Pack every block that is not packed; return how many were."""
    done = 0
    for kind in (LYRICS, COMMENTS):
        there = set(session.scalars(select(_pack.c.block).where(_pack.c.kind == kind)))
        wanted = session.scalars(select((_song.c.id // BLOCK).label("block")).group_by("block"))
        for block in sorted({int(found) for found in wanted} - there):
            payload = _read(session, kind, block).tobytes()
            session.execute(insert(_pack).values(kind=kind, block=block, payload=payload))
            done += 1
    return done


def _read(session: Session, kind: int, block: int) -> NDArray[Any]:
    s = _song_word.c
    first = block * BLOCK
    query = select(s.song_id, s.word_id, *(s[name] for name in _FIELDS[kind]))
    where = (s.kind == kind, s.song_id >= first, s.song_id < first + BLOCK)
    rows = [(song - first, *rest) for song, *rest in session.execute(query.where(*where))]
    return np.array(rows, dtype=_ROWS[kind])


def chosen(session: Session, where: Sequence[ColumnElement[bool]]) -> NDArray[np.int64]:
    """Return the ids of the songs that fulfil the conditions, in order.

    They travel as bits, 32 songs a row: a hundred thousand rows would take longer than the cloud.
    """
    group = (_song.c.id // _BITS).label("high")
    bit = literal(1).op("<<")(_song.c.id % _BITS)
    rows = session.execute(select(group, func.sum(bit)).where(*where).group_by("high")).all()
    if not rows:
        return np.zeros(0, np.int64)
    high = np.array([int(row[0]) for row in rows], np.int64)
    bits = np.array([int(row[1]) for row in rows], np.int64)
    held, low = np.nonzero((bits[:, None] >> np.arange(_BITS)) & 1)
    return np.sort(high[held] * _BITS + low)


def add_up(session: Session, *, kind: int, songs: NDArray[np.int64]) -> tuple[Sums, Sums]:
    """Return the ids of the words these songs hold, and their count (of comments: also of
    praising and panning ones)."""
    blocks = np.unique(songs // BLOCK)
    parts = [part for part in _parts(session, kind, songs, blocks) if len(part)]
    if not parts:
        return np.zeros(0, np.int64), np.zeros((0, len(_FIELDS[kind])), np.int64)
    words = np.concatenate([part["word"] for part in parts])
    # Counted from the lowest id: what is added up is as long as the ids are far apart.
    lowest = int(words.min())
    words -= lowest
    sums = np.stack(
        [
            np.bincount(words, weights=np.concatenate([part[name] for part in parts]))
            for name in _FIELDS[kind]
        ],
        axis=1,
    ).astype(np.int64)
    held = np.flatnonzero(sums[:, 0])
    return held + lowest, sums[held]


def _parts(
    session: Session, kind: int, songs: NDArray[np.int64], blocks: NDArray[np.int64]
) -> Iterator[NDArray[Any]]:
    """Yield the rows of the chosen songs, block by block, packed or not."""
    query = select(_pack.c.block, _pack.c.payload).where(
        _pack.c.kind == kind, _pack.c.block.in_(blocks.tolist())
    )
    packed = {int(block): payload for block, payload in session.execute(query)}
    ends = np.searchsorted(songs, np.append(blocks, blocks[-1:] + 1) * BLOCK)
    for at, block in enumerate(blocks.tolist()):
        payload = packed.get(block)
        rows = (
            _read(session, kind, block)
            if payload is None
            else np.frombuffer(payload, dtype=_ROWS[kind])
        )
        wanted = np.zeros(BLOCK, bool)
        wanted[songs[ends[at] : ends[at + 1]] - block * BLOCK] = True
        yield rows if wanted.all() else rows[wanted[rows["song"]]]
