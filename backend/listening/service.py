"""Log plays, impressions and clicks, each once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Result, bindparam, delete, select
from sqlalchemy.orm import Session

from backend.db.base import table, utc_now
from backend.db.upsert import upsert
from backend.listening.tables import Click, Impression, Play
from backend.songs import cards
from backend.songs import service as songs

SITE = "site"
KEPT = timedelta(days=90)
"""How long it is remembered which cards were shown."""


@dataclass(frozen=True)
class Shown:
    """A card that was seen."""

    client_id: str
    row_id: str
    algorithm: str
    model_version: str | None
    song_id: int
    position: int


@dataclass(frozen=True)
class Listened:
    """Plays of one song at one moment; `played_at` is None where it is not known."""

    song_id: int
    count: int
    played_at: datetime | None
    sequence: int | None


def log_play(
    session: Session,
    *,
    user_id: int,
    client_id: str,
    song_id: int,
    zone: ZoneInfo,
    row_id: str | None = None,
    count: int = 1,
    seconds: int | None = None,
) -> int:
    """Store a play that ended now; return 0 when this client id was logged before.

    Raises:
        SongNotFound: no such song.
    """
    songs.lock(session, song_id=song_id)
    now = utc_now()
    local = now.astimezone(zone)
    row = {
        "client_id": client_id,
        "user_id": user_id,
        "song_id": song_id,
        "source": SITE,
        "count": count,
        "seconds": seconds,
        "played_at": now,
        "day": local.date(),
        "hour": local.hour,
        "row_id": row_id,
    }
    new = _log(session, Play, user_id, [row])
    if new:
        songs.add_plays(session, song_id=song_id, count=count)
    return new


def log_click(
    session: Session, *, user_id: int, client_id: str, song_id: int, row_id: str | None
) -> int:
    """Store that a card was opened; return 0 when this client id was logged before.

    Raises:
        SongNotFound: no such song.
    """
    songs.require(session, song_id=song_id)
    row = {
        "client_id": client_id,
        "user_id": user_id,
        "song_id": song_id,
        "row_id": row_id,
        "created_at": utc_now(),
    }
    return _log(session, Click, user_id, [row])


def log_impressions(
    session: Session, *, user_id: int, shown: Sequence[Shown], zone: ZoneInfo
) -> int:
    """Store cards that were seen; return how many are new. Songs that are gone are left out."""
    now = utc_now()
    known = cards.titles(session, list({s.song_id for s in shown}))
    rows = [
        {
            "client_id": s.client_id,
            "user_id": user_id,
            "song_id": s.song_id,
            "row_id": s.row_id,
            "algorithm": s.algorithm,
            "model_version": s.model_version,
            "position": s.position,
            "created_at": now,
            "day": now.astimezone(zone).date(),
        }
        for s in {s.client_id: s for s in shown}.values()
        if s.song_id in known
    ]
    return _log(session, Impression, user_id, rows)


def forget_impressions(session: Session) -> int:
    """Delete the impressions that are older than `KEPT`; return how many."""
    old = session.execute(delete(Impression).where(Impression.created_at < utc_now() - KEPT))
    return int(old.rowcount)  # type: ignore[attr-defined]  # a delete's result has one


def _log(
    session: Session,
    entity: type[Play] | type[Click] | type[Impression],
    user_id: int,
    rows: Sequence[dict[str, Any]],
) -> int:
    """Insert what is new for this user; return how many that was."""
    ids = [row["client_id"] for row in rows]
    before = set(
        session.scalars(
            select(entity.client_id).where(entity.user_id == user_id, entity.client_id.in_(ids))
        )
    )
    upsert(session, entity, rows, key=("user_id", "client_id"))
    return len(set(ids) - before)


_play = table(Play)
_PLAYS_OF = (
    select(_play.c.song_id, _play.c.count, _play.c.played_at, _play.c.sequence)
    .where(_play.c.user_id == bindparam("user_id"))
    .order_by(_play.c.played_at.desc(), _play.c.sequence.desc(), _play.c.id.desc())
    .limit(bindparam("latest"))
)


def plays_of(session: Session, *, user_id: int, limit: int) -> list[Listened]:
    """Return the user's latest plays, oldest first; undated ones stand before dated ones."""
    rows = session.execute(_PLAYS_OF, {"user_id": user_id, "latest": limit})
    return [Listened(*row) for row in rows][::-1]


def has_any(session: Session, *, user_id: int) -> bool:
    """Tell whether the user played anything."""
    return session.scalar(select(Play.id).where(Play.user_id == user_id).limit(1)) is not None


def all_plays(session: Session) -> Result[Any]:
    """Stream (user, song, count, played at, sequence) of every play."""
    columns = select(Play.user_id, Play.song_id, Play.count, Play.played_at, Play.sequence)
    return session.execute(columns.order_by(Play.id).execution_options(yield_per=50_000))
