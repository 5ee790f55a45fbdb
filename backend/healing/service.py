"""From a described state to two journeys; and how one felt after, for who asks to keep it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import structlog
from numpy.typing import NDArray
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from backend.care.service import avoided_songs
from backend.db.base import table
from backend.healing.plane import Plane
from backend.healing.tables import MoodCheck
from backend.recommendations.history import read_taste
from backend.recommendations.names import Algorithm
from backend.recommendations.shelf import Shelf
from models.mood.goals import Place
from models.mood.journey import WEIGHTS, Candidates, Mode, Step, plan
from models.recommender.interface import Recommender

log = structlog.get_logger()

TASTES: tuple[Algorithm, ...] = ("blend", "two_tower", "itemcf")
"""The first that can rank says what the listener would like."""
RANKED = 1_000
"""Songs of a recommender's ranking that carry taste; the others have none."""


@dataclass(frozen=True)
class Journey:
    """One way from the state to the wish; `song_ids` in step with `steps`."""

    mode: Mode
    song_ids: list[int]
    valence: list[float]
    """The songs' own places."""
    arousal: list[float]
    steps: list[Step]


def journeys(
    session: Session,
    plane: Plane,
    shelf: Shelf[Recommender],
    *,
    user_id: int | None,
    start: Place,
    wish: Place,
    length: int,
    seed: int,
) -> list[Journey]:
    """Return both ways to go, 一步步走 and 直接去; without placed songs both are empty.

    What the listener avoids or hid is on neither. The sums are logged by song, without the state.
    """
    avoided = avoided_songs(session, user_id=user_id)
    songs = Candidates(
        valence=plane.valence,
        arousal=plane.arousal,
        tempo=plane.tempo,
        taste=_taste(session, plane, shelf, user_id=user_id, avoided=avoided),
        artist=plane.artist,
        avoid=np.isin(plane.ids, np.fromiter(avoided, dtype=np.int64)),
    )
    found = []
    modes: tuple[Mode, ...] = ("iso", "target")
    for mode in modes:
        steps = plan(
            songs, start=start, wish=wish, mode=mode, length=length, seed=seed,
            works=plane.work.tolist(),
        )  # fmt: skip
        at = [step.index for step in steps]
        found.append(
            Journey(
                mode=mode,
                song_ids=plane.ids[at].tolist(),
                valence=plane.valence[at].tolist(),
                arousal=plane.arousal[at].tolist(),
                steps=steps,
            )
        )
        log.info(
            "journey",
            mode=mode,
            weights=WEIGHTS,
            songs=[
                {"song": int(plane.ids[step.index]), "score": round(step.score, 4), **step.parts}
                for step in steps
            ],
        )
    return found


def _taste(
    session: Session,
    plane: Plane,
    shelf: Shelf[Recommender],
    *,
    user_id: int | None,
    avoided: frozenset[int],
) -> NDArray[np.float64]:
    """Return how much the listener is thought to like each song, 0..1; NaN for who is unknown."""
    unknown = np.full(len(plane), np.nan)
    if user_id is None or not len(plane):
        return unknown
    history = read_taste(session, user_id=user_id).history
    if not len(history.items):
        return unknown
    for name in TASTES:
        loaded = shelf.get(name)
        if loaded is None:
            continue
        exclude = np.fromiter(avoided, dtype=np.int64)
        ranked = loaded.model.recommend(history, k=RANKED, exclude=exclude)
        if len(ranked):
            values = dict(
                zip(ranked.items.tolist(), np.linspace(1, 0, len(ranked) + 1), strict=False)
            )
            return np.array([values.get(song, 0.0) for song in plane.ids.tolist()])
    return unknown


def keep_check(
    session: Session, *, user_id: int, start: Place, wish: Place, mode: Mode, felt: int
) -> MoodCheck:
    """Keep how one felt after a journey; `felt` is -1 worse, 0 same, 1 better. No text."""
    row = MoodCheck(
        user_id=user_id,
        valence=start[0],
        arousal=start[1],
        wish_valence=wish[0],
        wish_arousal=wish[1],
        mode=mode,
        felt=felt,
    )
    session.add(row)
    session.flush()
    return row


def checks(
    session: Session, *, user_id: int, offset: int, limit: int
) -> tuple[Sequence[MoodCheck], int]:
    """Return what a listener kept, newest first, and how much there is."""
    mine = MoodCheck.user_id == user_id
    total = session.scalar(select(func.count()).select_from(MoodCheck).where(mine)) or 0
    newest = select(MoodCheck).where(mine).order_by(MoodCheck.id.desc())
    return session.scalars(newest.offset(offset).limit(limit)).all(), total


def erase_checks(session: Session, *, user_id: int) -> None:
    """Remove all that a listener kept."""
    checks_ = table(MoodCheck)
    session.execute(delete(checks_).where(checks_.c.user_id == user_id))
