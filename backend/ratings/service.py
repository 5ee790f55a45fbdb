"""Hearts, stars, hidden and uncounted songs: the only writer of taste."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, func, literal, select, union_all
from sqlalchemy.orm import Session

from backend.db.base import Base, table, utc_now
from backend.db.upsert import upsert
from backend.ratings.evidence import HIDDEN, UNCOUNTED
from backend.ratings.tables import HiddenSong, Rating, UncountedSong
from backend.songs import service as songs

HEART = 5


@dataclass(frozen=True)
class Mine:
    """One user's taste for one song."""

    stars: int = 0
    hidden: bool = False
    uncounted: bool = False


@dataclass(frozen=True)
class RatingState:
    """A song's taste after a change."""

    song_id: int
    mine: Mine
    rating_sum: int
    rating_count: int


def set_stars(
    session: Session, *, user_id: int, song_id: int, stars: int, row_id: str | None = None
) -> None:
    """Give `stars` (0–5; 0 clears), forgetting what a heart had raised.

    Raises:
        SongNotFound: no such song.
    """
    songs.lock(session, song_id=song_id)
    before = _row(session, user_id, song_id)
    _write(session, user_id, song_id, before, stars=stars, stars_before=None, row_id=row_id)


def add_heart(session: Session, *, user_id: int, song_id: int, row_id: str | None = None) -> None:
    """Raise to five stars, remembering what stood before; a second heart changes nothing.

    Raises:
        SongNotFound: no such song.
    """
    songs.lock(session, song_id=song_id)
    before = _row(session, user_id, song_id)
    held = before.stars if before else 0
    if held != HEART:
        _write(session, user_id, song_id, before, stars=HEART, stars_before=held, row_id=row_id)


def remove_heart(session: Session, *, user_id: int, song_id: int) -> None:
    """Go back to what stood before the heart, or to nothing; below five it changes nothing.

    Raises:
        SongNotFound: no such song.
    """
    songs.lock(session, song_id=song_id)
    before = _row(session, user_id, song_id)
    if before is not None and before.stars == HEART:
        stars = before.stars_before or 0
        _write(session, user_id, song_id, before, stars=stars, stars_before=None, row_id=None)


def _row(session: Session, user_id: int, song_id: int) -> Rating | None:
    return session.scalar(
        select(Rating)
        .where(Rating.user_id == user_id, Rating.song_id == song_id)
        .execution_options(populate_existing=True)
    )


def _write(
    session: Session,
    user_id: int,
    song_id: int,
    before: Rating | None,
    *,
    stars: int,
    stars_before: int | None,
    row_id: str | None,
) -> None:
    held = before.stars if before else 0
    now = utc_now()
    row = {
        "user_id": user_id,
        "song_id": song_id,
        "stars": stars,
        "stars_before": stars_before,
        "rated_at": now,
        "row_id": row_id,
        "created_at": now,
        "updated_at": now,
    }
    changed = ("stars", "stars_before", "rated_at", "row_id", "updated_at")
    upsert(session, Rating, [row], key=("user_id", "song_id"), update=changed)
    songs.add_rating(
        session,
        song_id=song_id,
        stars=stars - held,
        raters=int(stars > 0) - int(held > 0),
    )


def set_hidden(session: Session, *, user_id: int, song_id: int, on: bool) -> None:
    """Hide the song from this user's rows, or show it again.

    Raises:
        SongNotFound: no such song.
    """
    _mark(session, HiddenSong, user_id, song_id, on)


def set_uncounted(session: Session, *, user_id: int, song_id: int, on: bool) -> None:
    """Keep the song's plays and rating out of this user's taste, or count them again.

    Raises:
        SongNotFound: no such song.
    """
    _mark(session, UncountedSong, user_id, song_id, on)


def _mark(
    session: Session,
    entity: type[HiddenSong] | type[UncountedSong],
    user_id: int,
    song_id: int,
    on: bool,
) -> None:
    songs.require(session, song_id=song_id)
    if on:
        row = {"user_id": user_id, "song_id": song_id, "created_at": utc_now()}
        upsert(session, entity, [row], key=("user_id", "song_id"))
    else:
        session.execute(delete(entity).where(entity.user_id == user_id, entity.song_id == song_id))


def _about(entity: type[Base], value: ColumnElement[int] | None = None) -> Select[Any]:
    columns = table(entity).c
    return select(columns.song_id, columns.stars if value is None else value).where(
        columns.user_id == bindparam("user_id"),
        columns.song_id.in_(bindparam("ids", expanding=True)),
    )


_MINE = union_all(
    _about(Rating),
    _about(HiddenSong, literal(HIDDEN)),
    _about(UncountedSong, literal(UNCOUNTED)),
)


def mine(session: Session, *, user_id: int, song_ids: Sequence[int]) -> dict[int, Mine]:
    """Return the user's taste for each of `song_ids`, in one query."""
    rows = session.execute(_MINE, {"user_id": user_id, "ids": list(song_ids)})
    found = {song_id: Mine() for song_id in song_ids}
    for song_id, value in rows:
        if value == HIDDEN:
            found[song_id] = replace(found[song_id], hidden=True)
        elif value == UNCOUNTED:
            found[song_id] = replace(found[song_id], uncounted=True)
        else:
            found[song_id] = replace(found[song_id], stars=value)
    return found


def state(session: Session, *, user_id: int, song_id: int) -> RatingState:
    """Return the song's taste as it stands."""
    total, count = songs.rating_totals(session, song_id=song_id)
    mine_now = mine(session, user_id=user_id, song_ids=[song_id])[song_id]
    return RatingState(song_id, mine_now, total, count)


@dataclass(frozen=True)
class RatedSong:
    song_id: int
    stars: int
    updated_at: datetime


def list_ratings(
    session: Session, *, user_id: int, offset: int, limit: int
) -> tuple[list[RatedSong], int]:
    """Return one page of what the user rated, latest first, and the total."""
    where = (Rating.user_id == user_id, Rating.stars > 0)
    rows = session.execute(
        select(Rating.song_id, Rating.stars, Rating.updated_at)
        .where(*where)
        .order_by(Rating.updated_at.desc(), Rating.id.desc())
        .limit(limit)
        .offset(offset)
    )
    total = session.scalar(select(func.count(Rating.id)).where(*where)) or 0
    return [RatedSong(*row) for row in rows], total


def recent_hearts(session: Session, *, user_id: int, limit: int) -> list[int]:
    """Return the songs hearted last."""
    return list(
        session.scalars(
            select(Rating.song_id)
            .where(Rating.user_id == user_id, Rating.stars == HEART)
            .order_by(Rating.updated_at.desc(), Rating.id.desc())
            .limit(limit)
        )
    )


def list_hidden(
    session: Session, *, user_id: int, offset: int, limit: int
) -> tuple[list[tuple[int, datetime]], int]:
    """Return one page of (hidden song, when), latest first, and the total."""
    rows = session.execute(
        select(HiddenSong.song_id, HiddenSong.created_at)
        .where(HiddenSong.user_id == user_id)
        .order_by(HiddenSong.created_at.desc(), HiddenSong.song_id)
        .limit(limit)
        .offset(offset)
    )
    total = session.scalar(
        select(func.count()).select_from(HiddenSong).where(HiddenSong.user_id == user_id)
    )
    return [(song_id, at) for song_id, at in rows], total or 0


def has_any(session: Session, *, user_id: int) -> bool:
    """Tell whether the user rated anything."""
    rated = select(Rating.id).where(Rating.user_id == user_id, Rating.stars > 0).limit(1)
    return session.scalar(rated) is not None
