"""Interactions of listeners with songs, and what each kind of event is worth."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import log1p
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.recommender.interface import Floats, Ids, Indices, Times

HIDDEN_VALUE = -1.0
"""The value of "not interested", the strongest refusal."""


class InteractionsError(ValueError):
    """The interactions cannot be learned from; the message says what is wrong with them."""


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Sorted external ids and their dense positions."""

    ids: Ids

    @classmethod
    def of(cls, ids: Ids) -> "Vocabulary":
        """Build from ids in any order, with repeats."""
        return cls(np.unique(np.asarray(ids, dtype=np.int64)))

    def __len__(self) -> int:
        return len(self.ids)

    def indices(self, ids: Ids) -> Indices:
        """Give the dense position of each id, -1 where it is unknown."""
        wanted = np.asarray(ids, dtype=np.int64)
        if len(self.ids) == 0:
            return np.full(len(wanted), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.where(self.ids[found] == wanted, found, -1).astype(np.int64)

    def known(self, ids: Ids) -> Indices:
        """Give the dense positions of the ids that are known."""
        found = self.indices(ids)
        return found[found >= 0]


@dataclass(frozen=True, eq=False)
class Interactions:
    """Events as four equal columns; a (user, item) pair may stand in several rows.

    Raises InteractionsError when empty, of unequal lengths, or when a value is not in [-1, 1].
    """

    users: Ids
    items: Ids
    values: Floats
    timestamps: Times

    def __post_init__(self) -> None:
        """Fix types and check the columns."""
        object.__setattr__(self, "users", np.asarray(self.users, dtype=np.int64))
        object.__setattr__(self, "items", np.asarray(self.items, dtype=np.int64))
        object.__setattr__(self, "values", np.asarray(self.values, dtype=np.float32))
        object.__setattr__(self, "timestamps", np.asarray(self.timestamps, dtype=np.float64))
        lengths = {len(self.users), len(self.items), len(self.values), len(self.timestamps)}
        if len(lengths) > 1:
            raise InteractionsError(f"columns of interactions differ in length: {sorted(lengths)}")
        if len(self) == 0:
            raise InteractionsError("there are no interactions: import or rate some songs first")
        if not (np.abs(self.values) <= 1).all():
            raise InteractionsError("every value of an interaction must be a number in [-1, 1]")
        if np.isinf(self.timestamps).any():
            raise InteractionsError("a timestamp of an interaction is infinite; unknown is NaN")

    def __len__(self) -> int:
        return len(self.items)

    def take(self, rows: NDArray[np.bool_] | Indices) -> "Interactions":
        """Keep the rows of a mask, or the given rows in their order."""
        return Interactions(
            self.users[rows], self.items[rows], self.values[rows], self.timestamps[rows]
        )

    def merged(self) -> "Interactions":
        """Give one row per (user, item): values added and cut to [-1, 1], time of the last event.

        Rows are sorted by user, then item; the time is NaN when no event of the pair has one.
        """
        order = np.lexsort((self.items, self.users))
        users, items = self.users[order], self.items[order]
        first = np.ones(len(users), dtype=np.bool_)
        first[1:] = (users[1:] != users[:-1]) | (items[1:] != items[:-1])
        starts = np.flatnonzero(first)
        values = np.add.reduceat(self.values[order].astype(np.float64), starts)
        latest = np.fmax.reduceat(self.timestamps[order], starts)
        return Interactions(
            users[starts], items[starts], np.clip(values, -1, 1).astype(np.float32), latest
        )

    def digest(self) -> str:
        """Hash the rows in their order (sha256, hex)."""
        digest = hashlib.sha256()
        for column in (self.users, self.items, self.values, self.timestamps):
            digest.update(np.ascontiguousarray(column).data)
        return digest.hexdigest()

    def save(self, path: Path) -> None:
        """Write the snapshot as compressed npz."""
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                users=self.users,
                items=self.items,
                values=self.values,
                timestamps=self.timestamps,
            )

    @classmethod
    def load(cls, path: Path) -> "Interactions":
        """Read a snapshot. Raises InteractionsError when a column is missing."""
        with np.load(path, allow_pickle=False) as file:
            columns = ("users", "items", "values", "timestamps")
            if missing := [name for name in columns if name not in file]:
                raise InteractionsError(f"{path} holds no column {', '.join(missing)}")
            return cls(*(file[name] for name in columns))


def star_value(stars: int) -> float | None:
    """Centre 1-5 stars into [-0.6, 1]: 5 is 1.0, 3 still positive, 2 and 1 negative; 0 is None."""
    if not 0 <= stars <= 5:
        raise ValueError(f"stars are 0 to 5, not {stars}")
    return (stars - 2.5) / 2.5 if stars else None


def implicit_scores(
    collected: Collection[int], commented: Collection[int], plays: Mapping[int, int]
) -> dict[int, float]:
    """Score a listener's songs in [0, 1] from what was collected, commented on and played.

    collected weighs 3 when more than 5 songs are, else 2; commented 2 when more than 3, else 1;
    played (1 when fewer than 50 songs, else 0.5) x ln(1 + count); all divided by the largest sum.
    """
    hearts, talks = frozenset(collected), frozenset(commented)
    scores = dict.fromkeys(hearts, 3.0 if len(hearts) > 5 else 2.0)
    for song in talks:
        scores[song] = scores.get(song, 0.0) + (2.0 if len(talks) > 3 else 1.0)
    for song, count in plays.items():
        weight = 1.0 if len(plays) < 50 else 0.5
        scores[song] = scores.get(song, 0.0) + weight * log1p(count)
    largest = max(scores.values(), default=0.0)
    return {song: score / largest if largest else 0.0 for song, score in scores.items()}


def recency(timestamps: Times, *, half_life: float) -> Floats:
    """Weigh events by age in (0, 1]: halved every `half_life` seconds before the newest one.

    An unknown time counts as the oldest known one; when none is known every weight is 1.
    """
    known = timestamps[~np.isnan(timestamps)]
    if len(known) == 0:
        return np.ones(len(timestamps), dtype=np.float32)
    age = known.max() - np.where(np.isnan(timestamps), known.min(), timestamps)
    weights: Floats = np.exp2(-age / half_life).astype(np.float32)
    return weights
