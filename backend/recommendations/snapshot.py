"""What everybody did, read once into arrays for training."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Result
from sqlalchemy.orm import Session

from backend.listening import service as listening
from backend.ratings import evidence as ratings
from backend.recommendations import evidence
from models.progress import Progress
from models.recommender.interactions import Interactions


def read_interactions(session: Session, *, progress: Progress) -> Interactions:
    """Return all evidence, uncounted songs left out.

    Undated plays that carry a sequence get it as their time, in seconds after the epoch: their
    order is kept, and stands before anything dated.

    Raises:
        InteractionsError: there is nothing to learn from.
    """
    uncounted = _read(ratings.all_uncounted(session), "uncounted songs", progress, (int, int))
    stars = _read(ratings.all_stars(session), "ratings", progress, (int, int, int, _seconds))
    plays = _read(
        listening.all_plays(session), "plays", progress, (int, int, int, _seconds, _order)
    )
    hidden = _read(ratings.all_hidden(session), "hidden songs", progress, (int, int, _seconds))
    stars, plays = _without(stars, uncounted), _without(plays, uncounted)
    times = np.where(np.isnan(plays[3]), plays[4], plays[3])
    events = evidence.weigh(
        evidence.Rated(_ids(stars[0]), _ids(stars[1]), _ids(stars[2]), stars[3]),
        evidence.Played(_ids(plays[0]), _ids(plays[1]), _ids(plays[2]), times),
        evidence.Hidden(_ids(hidden[0]), _ids(hidden[1]), hidden[2]),
    )
    return Interactions(
        users=events.users,
        items=events.songs,
        values=events.values.astype(np.float32),
        timestamps=events.times,
    )


Table = NDArray[np.float64]
"""One row a column of the query; ids below 2**53 survive as floats."""


def _read(
    result: Result[Any], stage: str, progress: Progress, kinds: tuple[Callable[[Any], float], ...]
) -> Table:
    parts, count = [np.empty((len(kinds), 0))], 0
    for rows in result.partitions():
        columns = zip(kinds, zip(*rows, strict=True), strict=True)
        parts.append(np.array([[kind(value) for value in column] for kind, column in columns]))
        count += len(rows)
        progress(f"reading {stage}", count, None)
    return np.concatenate(parts, axis=1)


def _seconds(moment: datetime | None) -> float:
    return np.nan if moment is None else moment.timestamp()


def _order(sequence: int | None) -> float:
    return np.nan if sequence is None else float(sequence)


def _ids(column: NDArray[np.float64]) -> evidence.Ids:
    return column.astype(np.int64)


def _without(table: Table, pairs: Table) -> Table:
    """Leave out the rows whose (user, song) is among `pairs`."""
    if not pairs.size:
        return table
    left_out = {(user, song) for user, song in pairs.T}
    kept = [(user, song) not in left_out for user, song in table[:2].T]
    return table[:, np.array(kept, dtype=bool)]
