"""Every placed song of a filter on the valence-arousal plane, as packed columns."""

from base64 import b64encode
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy.orm import Session

from backend.blocks.service import Kind
from backend.charts.columns import choose, read
from backend.charts.filters import ChartFilter

MOST = 250_000
"""Songs in one answer; of more an even share of them is sent."""


@dataclass(frozen=True)
class Places:
    """Songs in the order of their ids; valence and arousal times 10,000."""

    ids: NDArray[np.int64]
    valence: NDArray[np.int16]
    arousal: NDArray[np.int16]
    told: NDArray[np.uint8]
    """What each is told from and whether it can be played: bits of `kinds`."""
    songs: int
    """Of the filter, placed or not."""
    placed: int
    """Of the filter with a place; more than are here when there are too many."""

    def packed(self) -> dict[str, str]:
        """Return each column in base64: steps from id to id as uint32, places as int16."""
        steps = np.diff(self.ids, prepend=0).astype("<u4")
        columns = {
            "id_steps": steps,
            "valence": self.valence,
            "arousal": self.arousal,
            "told": self.told,
        }
        return {name: b64encode(column.tobytes()).decode() for name, column in columns.items()}


def places(session: Session, by: ChartFilter, *, most: int = MOST) -> Places:
    """Return where the songs of a filter stand; a song without a place is counted alone."""
    of = choose(session, by)
    at, rows = read(session, Kind.MOODS, of)
    songs = len(read(session, Kind.FACTS, of)[0])
    placed = len(rows)
    if placed > most:
        kept = np.linspace(0, placed - 1, most).astype(np.int64)
        at, rows = at[kept], rows[kept]
    return Places(
        ids=of.ids(at),
        valence=rows["valence"],
        arousal=rows["arousal"],
        told=rows["told"],
        songs=songs,
        placed=placed,
    )
