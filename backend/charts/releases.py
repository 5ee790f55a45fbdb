"""Releases through the years: by day, month and year, each as exact as the dates are."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np
from sqlalchemy.orm import Session

from backend.blocks.service import Kind
from backend.charts.chart import Finding, Numbers, Row
from backend.charts.columns import Rows, choose, read
from backend.charts.filters import ChartFilter
from backend.charts.kinds import EXACT, UNKNOWN

_EPOCH = date(1970, 1, 1).toordinal()


def releases(session: Session, by: ChartFilter) -> Numbers:
    """Songs released in each month; days stand in `columns`, years in each row.

    A year-only date enters neither a day nor a month, a month-only date no day: those songs are
    the rows `2019` among `2019-05`. Songs without a date are the row whose label is None.
    """
    _, facts = read(session, Kind.FACTS, choose(session, by))
    days, songs = _counted(facts, EXACT["day"])
    periods: Counter[str | None] = Counter()
    for exact, unit in (("day", "M"), ("month", "M"), ("year", "Y")):
        periods.update(_summed(*_counted(facts, EXACT[exact]), unit))
    if unknown := int((facts["released"] == UNKNOWN).sum()):
        periods[None] = unknown
    rows: list[Row] = [
        {"label": label, "count": periods[label]}
        for label in sorted(periods, key=lambda label: (label is None, label or ""))
    ]
    return Numbers(rows, _columns(days, songs), _busiest(days, songs))


def _counted(facts: Rows, exact: int) -> tuple[list[int], list[int]]:
    """Return the days songs of known dates came out on, in order, and how many did on each."""
    of = facts["released"][(facts["exact"] == exact) & (facts["released"] != UNKNOWN)]
    days, songs = np.unique(of, return_counts=True)
    return days.tolist(), songs.tolist()


def _summed(days: Sequence[int], songs: Sequence[int], unit: str) -> dict[str, int]:
    """Add days up to the months (M) or years (Y) they are in: `2019-05`, `2019`."""
    of_day = (np.array(days, np.int64) - _EPOCH).astype("M8[D]").astype(f"M8[{unit}]")
    found, at = np.unique(of_day, return_inverse=True)
    sums = np.bincount(at, weights=songs, minlength=len(found)).astype(int)
    return dict(zip(found.astype(str).tolist(), sums.tolist(), strict=True))


def _columns(days: Sequence[int], songs: Sequence[int]) -> dict[str, list[int]]:
    """Return every day from the first release to the last, those without one as 0."""
    if not days:
        return {"day": [], "count": []}
    count = np.zeros(days[-1] - days[0] + 1, int)
    count[np.array(days) - days[0]] = songs
    span = (np.arange(days[0], days[-1] + 1) - _EPOCH) * 86_400_000
    return {"day": span.tolist(), "count": count.tolist()}


def _busiest(days: Sequence[int], songs: Sequence[int]) -> Finding | None:
    if not days:
        return None
    count, day = max(zip(songs, days, strict=True))
    return Finding("busiest_day", {"label": date.fromordinal(day).isoformat(), "count": count})
