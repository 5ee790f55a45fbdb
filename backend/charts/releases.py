"""Releases through the years: by day, month and year, each as exact as the dates are."""

from collections import Counter
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.charts.chart import Finding, Numbers, Row
from backend.charts.filters import ChartFilter, song

_EPOCH = date(1970, 1, 1)


def releases(session: Session, by: ChartFilter) -> Numbers:
    """Songs released in each month; days stand in `columns`, years in each row.

    A year-only date enters neither a day nor a month, a month-only date no day: those songs are
    the rows `2019` among `2019-05`. Songs without a date are the row whose label is None.
    """
    found = session.execute(
        select(song.c.release_date, song.c.release_precision, func.count())
        .where(*by.conditions())
        .group_by(song.c.release_date, song.c.release_precision)
    ).all()
    periods: Counter[str | None] = Counter()
    days: Counter[date] = Counter()
    for when, precision, count in found:
        if when is None:
            periods[None] += count
            continue
        periods[when.isoformat()[: 4 if precision == "year" else 7]] += count
        if precision not in ("year", "month"):
            days[when] += count
    rows: list[Row] = [
        {"label": label, "count": periods[label]}
        for label in sorted(periods, key=lambda label: (label is None, label or ""))
    ]
    return Numbers(rows, _columns(days), _busiest(days))


def _columns(days: Counter[date]) -> dict[str, list[int]]:
    """Return every day from the first release to the last, those without one as 0."""
    if not days:
        return {"day": [], "count": []}
    first, last = min(days), max(days)
    span = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {
        "day": [(day - _EPOCH).days * 86_400_000 for day in span],
        "count": [days[day] for day in span],
    }


def _busiest(days: Counter[date]) -> Finding | None:
    if not days:
        return None
    day, count = max(days.items(), key=lambda item: (item[1], item[0]))
    return Finding("busiest_day", {"label": day.isoformat(), "count": count})
