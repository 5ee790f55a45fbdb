"""What listeners do: rate, comment, listen at some hour."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import numpy as np
from sqlalchemy.orm import Session

from backend.blocks.service import Kind
from backend.charts.chart import Finding, Numbers, Row, total
from backend.charts.columns import choose, read
from backend.charts.filters import ChartFilter
from backend.charts.kinds import UNKNOWN, month_label


def ratings(session: Session, by: ChartFilter) -> Numbers:
    """Ratings by stars; cleared ones count for nothing."""
    _, given = read(session, Kind.STARS, choose(session, by))
    found = {stars: int(given[f"stars{stars}"].sum()) for stars in range(1, 6)}
    if not any(found.values()):
        return Numbers([])
    rows: list[Row] = [{"label": str(stars), "count": n} for stars, n in found.items()]
    count = total(rows)
    mean = sum(stars * n for stars, n in found.items()) / count
    said = {"mean": round(mean, 2), "share": found[5] / count, "count": count}
    return Numbers(rows, finding=Finding("mean_rating", said))


def sentiment_by_month(session: Session, by: ChartFilter) -> Numbers:
    """Scored comments by the month they were written in, and how many praise or pan."""
    _, comments = read(session, Kind.COMMENTS, choose(session, by))
    months, of_month = np.unique(comments["month"], return_inverse=True)
    up, flat, down = (
        np.bincount(of_month, weights=comments[label], minlength=len(months)).astype(int).tolist()
        for label in ("positive", "neutral", "negative")
    )
    rows: list[Row] = [
        {
            "label": month_label(month),
            "count": up[at] + flat[at] + down[at],
            "positive": up[at],
            "neutral": flat[at],
            "negative": down[at],
            "share": round(up[at] / (up[at] + flat[at] + down[at]), 4),
        }
        for at, month in enumerate(months.tolist())
        if up[at] + flat[at] + down[at]
    ]
    rows.sort(key=lambda r: (r["label"] is None, r["label"] or ""))
    if not rows:
        return Numbers([])
    said = {
        "share": sum(r["positive"] for r in rows) / total(rows),
        "count": total(rows),
        "months": sum(r["label"] is not None for r in rows),
    }
    return Numbers(rows, finding=Finding("praise_share", said))


def hours(session: Session, by: ChartFilter) -> Numbers:
    """Plays by weekday (0 Monday) and hour of the site's clock.

    Plays without a known hour are a row of their own.
    """
    _, plays = read(session, Kind.HOURS, choose(session, by))
    counts = np.bincount(plays["cell"] - UNKNOWN, weights=plays["count"]).astype(int).tolist()
    return _week(
        {
            None if cell == UNKNOWN else divmod(cell, 24): count
            for cell, count in enumerate(counts, UNKNOWN)
            if count
        }
    )


def week(plays: Iterable[tuple[date | None, int | None, int]]) -> Numbers:
    """Add plays, given as (day, hour, count), up by weekday and hour."""
    cells: dict[tuple[int, int] | None, int] = defaultdict(int)
    for day, hour, count in plays:
        cells[_cell(day, hour)] += count
    return _week(cells)


def _week(cells: Mapping[tuple[int, int] | None, int]) -> Numbers:
    if not cells:
        return Numbers([])
    rows: list[Row] = [
        {
            "label": f"{weekday}/{hour}",
            "weekday": weekday,
            "hour": hour,
            "count": cells.get(place, 0),
        }
        for weekday in range(7)
        for hour in range(24)
        for place in [(weekday, hour)]
    ]
    peak = max(rows, key=lambda row: row["count"])
    if None in cells:
        rows.append({"label": None, "weekday": None, "hour": None, "count": cells[None]})
    if not peak["count"]:
        return Numbers(rows)
    said = {"weekday": peak["weekday"], "hour": peak["hour"], "share": peak["count"] / total(rows)}
    return Numbers(rows, finding=Finding("peak_hour", said))


def _cell(day: date | None, hour: int | None) -> tuple[int, int] | None:
    return None if day is None or hour is None else (day.weekday(), hour)
