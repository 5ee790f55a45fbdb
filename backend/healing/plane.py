"""All songs that may be on a journey, in memory: read again when placings change, or in time."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.db.base import table
from backend.healing.tables import SongMood
from backend.songs.tables import Song, SongArtist

FRESH_SECONDS = 300.0
"""After so long the songs are read again: one may have lost its audio."""

_mood, _song, _artist = table(SongMood), table(Song), table(SongArtist)
_STAMP = select(func.count(), func.max(_mood.c.placed_at)).select_from(_mood)
_PLACED = (
    select(
        _mood.c.song_id,
        _mood.c.valence,
        _mood.c.arousal,
        _mood.c.tempo,
        func.coalesce(_song.c.original_song_id, _song.c.id),
        func.coalesce(_artist.c.artist_id, -_song.c.id),
    )
    .select_from(
        _mood.join(_song, _song.c.id == _mood.c.song_id).outerjoin(
            _artist, (_artist.c.song_id == _song.c.id) & (_artist.c.position == 0)
        )
    )
    .where(_song.c.audio_seconds.is_not(None), _song.c.gone_at.is_(None))
    .order_by(_mood.c.song_id)
)


@dataclass(frozen=True)
class Plane:
    """One place in each array per song that has a place, audio, and is still listed.

    `tempo` in beats per minute, NaN unknown; `artist` below 0 stands for nobody.
    """

    ids: NDArray[np.int64]
    valence: NDArray[np.float64]
    arousal: NDArray[np.float64]
    tempo: NDArray[np.float64]
    work: NDArray[np.int64]
    artist: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)


class PlaneCache:
    """Keeps the plane of one process."""

    def __init__(self) -> None:
        self._stamp: Any = None
        self._until = 0.0
        self._plane: Plane | None = None

    def get(self, session: Session) -> Plane:
        """Return the plane; one query when nothing changed."""
        stamp = tuple(session.execute(_STAMP).one())
        if self._plane is None or stamp != self._stamp or time.monotonic() > self._until:
            self._plane = read_plane(session)
            self._stamp, self._until = stamp, time.monotonic() + FRESH_SECONDS
        return self._plane


def read_plane(session: Session) -> Plane:
    """Read every song that may be on a journey."""
    rows = session.execute(_PLACED).all()
    columns = list(zip(*rows, strict=True)) if rows else [()] * 6
    whole = [np.array(columns[i], dtype=np.int64) for i in (0, 4, 5)]
    tempo = np.array([np.nan if t is None else t for t in columns[3]], dtype=np.float64)
    return Plane(
        ids=whole[0],
        valence=np.array(columns[1], dtype=np.float64),
        arousal=np.array(columns[2], dtype=np.float64),
        tempo=tempo,
        work=whole[1],
        artist=whole[2],
    )
