"""What listeners do: rate, comment, listen at some hour."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from backend.charts.chart import Finding, Numbers, Row, total
from backend.charts.filters import ChartFilter
from backend.comments.tables import Comment
from backend.db.base import table
from backend.listening.tables import Play
from backend.ratings.tables import Rating

_rating, _comment, _play = table(Rating), table(Comment), table(Play)


def ratings(session: Session, by: ChartFilter) -> Numbers:
    """Ratings by stars; cleared ones count for nothing."""
    counted = session.execute(
        select(_rating.c.stars, func.count())
        .where(_rating.c.stars > 0, *by.on_songs(_rating.c.song_id))
        .group_by(_rating.c.stars)
    )
    found: dict[int, int] = {stars: count for stars, count in counted}
    if not found:
        return Numbers([])
    rows: list[Row] = [{"label": str(stars), "count": found.get(stars, 0)} for stars in range(1, 6)]
    count = total(rows)
    mean = sum(stars * n for stars, n in found.items()) / count
    said = {"mean": round(mean, 2), "share": found.get(5, 0) / count, "count": count}
    return Numbers(rows, finding=Finding("mean_rating", said))


def sentiment_by_month(session: Session, by: ChartFilter) -> Numbers:
    """Scored comments by the month they were written in, and how many praise or pan."""
    month = func.substr(_comment.c.day, 1, 7)
    found = session.execute(
        select(
            month,
            func.count(),
            *(func.sum(case((_comment.c.label == label, 1), else_=0)) for label in (1, 0, -1)),
        )
        .where(_comment.c.label.is_not(None), *by.on_songs(_comment.c.song_id))
        .group_by(month)
    )
    rows: list[Row] = [
        {
            "label": when,
            "count": count,
            "positive": int(up),
            "neutral": int(flat),
            "negative": int(down),
            "share": round(int(up) / count, 4),
        }
        for when, count, up, flat, down in found
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
    found = session.execute(
        select(_play.c.day, _play.c.hour, func.sum(_play.c["count"]))
        .where(*by.on_songs(_play.c.song_id))
        .group_by(_play.c.day, _play.c.hour)
    )
    return week((day, hour, int(count)) for day, hour, count in found)


def week(plays: Iterable[tuple[date | None, int | None, int]]) -> Numbers:
    """Add plays, given as (day, hour, count), up by weekday and hour."""
    cells: dict[tuple[int, int] | None, int] = defaultdict(int)
    for day, hour, count in plays:
        cells[_cell(day, hour)] += count
    if not cells:
        return Numbers([])
    rows: list[Row] = [
        {"label": f"{weekday}/{hour}", "weekday": weekday, "hour": hour, "count": cells[place]}
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
