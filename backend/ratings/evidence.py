"""What listeners said about songs, read for the recommenders: one listener's, or everybody's."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Result, bindparam, literal, null, select, union_all
from sqlalchemy.orm import Session

from backend.db.base import table
from backend.ratings.tables import HiddenSong, Rating, UncountedSong

_STREAM = {"yield_per": 50_000}
HIDDEN, UNCOUNTED = -1, -2
"""Stand for stars in a union of ratings and marks."""

_rating, _hidden, _uncounted = table(Rating), table(HiddenSong), table(UncountedSong)
_USER: BindParameter[int] = bindparam("user_id")
_OF_ONE = union_all(
    select(_rating.c.song_id, _rating.c.stars, _rating.c.rated_at).where(
        _rating.c.user_id == _USER, _rating.c.stars > 0
    ),
    select(_hidden.c.song_id, literal(HIDDEN), _hidden.c.created_at).where(
        _hidden.c.user_id == _USER
    ),
    select(_uncounted.c.song_id, literal(UNCOUNTED), null()).where(_uncounted.c.user_id == _USER),
)


@dataclass(frozen=True)
class StarsGiven:
    song_id: int
    stars: int
    rated_at: datetime | None


@dataclass(frozen=True)
class HiddenAt:
    song_id: int
    at: datetime


@dataclass(frozen=True)
class TasteEvidence:
    """Everything a user said about songs; cleared ratings are left out."""

    stars: list[StarsGiven]
    hidden: list[HiddenAt]
    uncounted: frozenset[int]


def evidence_of(session: Session, *, user_id: int) -> TasteEvidence:
    """Return what the user said, in one query."""
    rows = session.execute(_OF_ONE, {"user_id": user_id}).all()
    return TasteEvidence(
        sorted((StarsGiven(*row) for row in rows if row.stars > 0), key=lambda s: s.song_id),
        [HiddenAt(row.song_id, row.rated_at) for row in rows if row.stars == HIDDEN],
        frozenset(row.song_id for row in rows if row.stars == UNCOUNTED),
    )


def all_stars(session: Session) -> Result[Any]:
    """Stream (user, song, stars, rated at) of every rating that counts."""
    columns = select(Rating.user_id, Rating.song_id, Rating.stars, Rating.rated_at)
    return session.execute(
        columns.where(Rating.stars > 0).order_by(Rating.id).execution_options(**_STREAM)
    )


def all_hidden(session: Session) -> Result[Any]:
    """Stream (user, song, when) of every hidden song."""
    columns = select(HiddenSong.user_id, HiddenSong.song_id, HiddenSong.created_at)
    return session.execute(columns.execution_options(**_STREAM))


def all_uncounted(session: Session) -> Result[Any]:
    """Stream (user, song) of every song that someone keeps out of his taste."""
    columns = select(UncountedSong.user_id, UncountedSong.song_id)
    return session.execute(columns.execution_options(**_STREAM))
