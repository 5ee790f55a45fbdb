"""One listener's history, read from the domains that hold it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.care.service import avoided_songs
from backend.listening import service as listening
from backend.ratings.evidence import evidence_of
from backend.ratings.service import HEART
from backend.recommendations import evidence
from backend.songs import service as songs
from models.recommender.interface import History

PLAYS = 500
"""The latest play events that count."""
PICKS_UNTIL = 5
"""Own liked songs at which the picker's choices stop counting."""
SONGS_PER_PICK = 3
PICK_VALUE = 0.2


@dataclass(frozen=True)
class Taste:
    """What the recommenders are told, and what must not be recommended."""

    history: History
    known: frozenset[int]
    """Songs rated, avoided (hidden ones too) or played: never recommended."""
    hearts: int
    events: int


def read_taste(session: Session, *, user_id: int) -> Taste:
    """Read the user's history; uncounted songs are left out of it."""
    rated = evidence_of(session, user_id=user_id)
    played = listening.plays_of(session, user_id=user_id, limit=PLAYS)
    uncounted = rated.uncounted
    counted = [r for r in rated.stars if r.song_id not in uncounted]
    heard = [p for p in played if p.song_id not in uncounted]
    events = evidence.weigh(
        evidence.Rated(
            *_columns(user_id, [r.song_id for r in counted]),
            np.array([r.stars for r in counted], dtype=np.int64),
            _seconds([r.rated_at for r in counted]),
        ),
        evidence.Played(
            *_columns(user_id, [p.song_id for p in heard]),
            np.array([p.count for p in heard], dtype=np.int64),
            _play_times(heard),
        ),
        evidence.Hidden(
            *_columns(user_id, [h.song_id for h in rated.hidden]),
            _seconds([h.at for h in rated.hidden]),
        ),
    )
    items, values, times = events.songs, events.values, events.times
    tastes: tuple[str | None, ...] = ()
    if np.count_nonzero(values > 0) < PICKS_UNTIL:
        picks = _picks(session, user_id)
        tastes = (*(pick for _, pick in picks), *(None for _ in items))
        items = np.concatenate([np.array([s for s, _ in picks], dtype=np.int64), items])
        values = np.concatenate([np.full(len(picks), PICK_VALUE), values])
        times = np.concatenate([np.full(len(picks), np.nan), times])
    return Taste(
        history=History(
            items=items,
            values=values.astype(np.float32),
            timestamps=times,
            tastes=tastes,
            user=user_id,
        ),
        known=frozenset(
            {r.song_id for r in rated.stars}
            | avoided_songs(session, user_id=user_id)
            | {p.song_id for p in played}
        ),
        hearts=sum(r.stars == HEART for r in counted),
        events=len(items),
    )


def _picks(session: Session, user_id: int) -> list[tuple[int, str]]:
    """Return (song, pick) for the hottest songs of each picked genre and artist."""
    tastes = accounts.get_tastes(session, user_id=user_id)
    hottest = songs.hottest_of(
        session,
        genre_ids=tastes.genre_ids,
        artist_ids=tastes.artist_ids,
        each=SONGS_PER_PICK,
    )
    seen: dict[int, str] = {}
    for song_id, pick in hottest:
        seen.setdefault(song_id, pick)
    return list(seen.items())


def _columns(user_id: int, song_ids: Sequence[int]) -> tuple[evidence.Ids, evidence.Ids]:
    items = np.array(song_ids, dtype=np.int64)
    return np.full(len(items), user_id, dtype=np.int64), items


def _seconds(moments: Sequence[datetime | None]) -> evidence.Floats:
    return np.array([np.nan if m is None else m.timestamp() for m in moments], dtype=np.float64)


def _play_times(plays: Sequence[listening.Listened]) -> evidence.Floats:
    """Return seconds; an undated play's order stands in, as it does in the snapshot."""
    times = _seconds([p.played_at for p in plays])
    order = np.array([np.nan if p.sequence is None else p.sequence for p in plays], dtype=float)
    return np.where(np.isnan(times), order, times)
