"""What became of the cards that were shown: opened, played, by recommender and day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import Session

from backend.listening.tables import Click, Impression, Play


@dataclass(frozen=True)
class DayOfCards:
    """One recommender's cards on one day of the site's calendar."""

    day: date
    algorithm: str
    shown: int
    opened: int
    """Cards opened at least once from that row."""
    played: int
    """Cards whose song was played from that row long enough to count."""


def cards_by_day(session: Session, *, since: date) -> list[DayOfCards]:
    """Return what became of the cards shown since a day, newest day first.

    A click or a play belongs to the card of the same listener, row and song, whenever it came.
    """
    rows = session.execute(
        select(
            Impression.day,
            Impression.algorithm,
            func.count(),
            _count_followed_by(Click),
            _count_followed_by(Play),
        )
        .where(Impression.day >= since)
        .group_by(Impression.day, Impression.algorithm)
        .order_by(Impression.day.desc(), Impression.algorithm)
    )
    return [
        DayOfCards(day, name, shown, int(opened), int(played))
        for day, name, shown, opened, played in rows
    ]


def _count_followed_by(deed: type[Click] | type[Play]) -> ColumnElement[int]:
    followed = exists().where(
        deed.row_id == Impression.row_id,
        deed.song_id == Impression.song_id,
        deed.user_id == Impression.user_id,
    )
    return func.sum(case((followed, 1), else_=0))
