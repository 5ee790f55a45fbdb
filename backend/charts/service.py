"""Charts, answered from memory while the data they rest on has not changed."""

import threading
import time
from collections import OrderedDict
from dataclasses import astuple, dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.charts.chart import Chart, Numbers
from backend.charts.filters import ChartFilter, song
from backend.charts.registry import CHARTS
from backend.comments.tables import Comment
from backend.db.base import table, utc_now
from backend.errors import NotFound
from backend.listening.tables import Play
from backend.ratings.tables import Rating
from backend.songs import cards
from backend.songs.cards import SongCard

HELD = 256
"""Answers a worker keeps; the one used longest ago goes first."""
MAX_AGE = 60.0
"""Seconds after which an answer is worked out anew whatever its version says: a deletion leaves no
trace in it."""

Version = tuple[Any, ...]
_comment, _play, _rating = table(Comment), table(Play), table(Rating)


class ChartNotFound(NotFound):
    def __init__(self, name: str) -> None:
        super().__init__(f"There is no chart {name}. GET /api/charts lists them.")


@dataclass(frozen=True)
class Answered:
    """A chart's numbers, and when they were worked out."""

    chart: Chart[Any]
    numbers: Numbers
    computed_at: datetime
    version: Version
    written: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)
    """Its wire forms, once they were asked for: a hundred thousand points take longer to write
    than to read."""


def data_version(session: Session) -> Version:
    """Return what changes when songs, ratings, plays, comments or their scores do.

    Each part is the end of an index, so it costs next to nothing at any size.
    """
    parts = (
        select(func.max(song.c.updated_at)).scalar_subquery(),
        select(func.max(song.c.id)).scalar_subquery(),
        select(func.max(_rating.c.updated_at)).scalar_subquery(),
        select(func.max(_play.c.id)).scalar_subquery(),
        select(func.max(_comment.c.id)).scalar_subquery(),
        select(func.max(_comment.c.scored_by)).scalar_subquery(),
    )
    return tuple(session.execute(select(*parts)).one())


class ChartCache:
    """The answers of one worker, bounded; safe to use from many threads."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[Any, ...], tuple[float, Answered]] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, session: Session, name: str, by: ChartFilter) -> Answered:
        """Return a chart's numbers for the songs of a filter.

        Raises:
            ChartNotFound: no chart has this name.
        """
        chart = CHARTS.get(name)
        if chart is None:
            raise ChartNotFound(name)
        key, version = (name, *astuple(by)), data_version(session)
        now = time.monotonic()
        with self._lock:
            held = self._held.get(key)
            if held and held[1].version == version and now - held[0] < MAX_AGE:
                self._held.move_to_end(key)
                return held[1]
        answered = Answered(chart, chart.read(session, by), utc_now(), version)
        with self._lock:
            self._held[key] = (now, answered)
            self._held.move_to_end(key)
            while len(self._held) > HELD:
                self._held.popitem(last=False)
        return answered


def songs_behind(
    session: Session, by: ChartFilter, *, offset: int, limit: int
) -> tuple[list[SongCard], int]:
    """Return a page of the songs of a filter, hottest first, and how many there are."""
    where = by.conditions()
    page = select(song.c.id).where(*where).order_by(song.c.heat.desc(), song.c.id)
    ids = session.scalars(page.offset(offset).limit(limit)).all()
    total = session.scalar(select(func.count()).select_from(song).where(*where)) or 0
    return cards.load_cards(session, ids), total
