"""The contract of every recommender: a history in, ranked songs with true reasons out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, Protocol, Self

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
"""Song or user ids as the outside knows them."""
Indices = NDArray[np.int64]
"""Dense positions in a Vocabulary."""
Floats = NDArray[np.float32]
Times = NDArray[np.float64]
"""Unix seconds; NaN where unknown."""


@dataclass(frozen=True, eq=False)
class History:
    """What one listener did, put oldest first; events of unknown time stand before all others."""

    items: Ids
    values: Floats
    """Evidence in [-1, 1]: positive is liking, negative is refusal."""
    timestamps: Times
    tastes: tuple[str | None, ...] = ()
    """Per event the picked genre or artist that the song stands for, None where it was heard.
    Empty when nothing was picked. A reason may name such a song: the caller words it as the
    pick."""
    user: int | None = None
    """The listener's own id, so that nobody is counted as their own neighbour."""

    def __post_init__(self) -> None:
        """Check lengths, fix types and sort by time, keeping the given order among equals."""
        items = np.asarray(self.items, dtype=np.int64)
        values = np.asarray(self.values, dtype=np.float32)
        timestamps = np.asarray(self.timestamps, dtype=np.float64)
        tastes = self.tastes or (None,) * len(items)
        if not len(items) == len(values) == len(timestamps) == len(tastes):
            raise ValueError("items, values, timestamps and tastes of a history differ in length")
        if not np.isfinite(values).all():
            raise ValueError("a history holds a value that is not a number")
        order = np.argsort(np.where(np.isnan(timestamps), -np.inf, timestamps), kind="stable")
        object.__setattr__(self, "items", items[order])
        object.__setattr__(self, "values", values[order])
        object.__setattr__(self, "timestamps", timestamps[order])
        object.__setattr__(self, "tastes", tuple(tastes[i] for i in order))

    def __len__(self) -> int:
        return len(self.items)


@dataclass(frozen=True)
class Popular:
    """`listeners` people listened in the last `days` days, or ever when days is None."""

    listeners: int
    days: int | None


@dataclass(frozen=True)
class SimilarTo:
    """Close to a song of the history; similarity is the cosine of the two listener sets, 0..1."""

    item: int
    similarity: float


@dataclass(frozen=True)
class SimilarListeners:
    """`liked` of the `of` nearest listeners like the song."""

    liked: int
    of: int


@dataclass(frozen=True)
class NearestLiked:
    """Near this liked song in the space of learned song vectors; similarity is the cosine, 0..1."""

    item: int
    similarity: float


@dataclass(frozen=True)
class Continues:
    """Follows these songs of the history: without them the score would be lower."""

    items: tuple[int, ...]


@dataclass(frozen=True)
class Alike:
    """Like a liked song in what it sounds like, says and looks like, whoever hears the two."""

    item: int
    """The liked song that adds most to the score."""
    parts: tuple[tuple[str, float], ...]
    """What each modality that both songs have adds to the cosine of the two; never empty."""

    @property
    def similarity(self) -> float:
        """The cosine of the two songs, 0..1: the sum of its parts."""
        return sum(value for _, value in self.parts)

    @property
    def modality(self) -> str:
        """The modality that adds most."""
        return max(self.parts, key=lambda part: part[1])[0]


OwnReason = Popular | SimilarTo | SimilarListeners | NearestLiked | Continues | Alike
"""What a recommender says of its own score."""


@dataclass(frozen=True)
class FromPart:
    """In a blend: the part that adds most to the score, and that part's reason."""

    part: str
    """A recommender's name."""
    reason: OwnReason
    terms: tuple[tuple[str, float], ...] = field(default=(), compare=False)
    """What each part adds to the score, its weight applied; they add up to the score."""


Reason = OwnReason | FromPart


@dataclass(frozen=True, eq=False)
class Ranked:
    """Songs best first, each with a positive score and a reason taken from that score."""

    items: Ids = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    scores: Floats = field(default_factory=lambda: np.empty(0, dtype=np.float32))
    reasons: tuple[Reason, ...] = ()

    def __len__(self) -> int:
        return len(self.items)


class Recommender(Protocol):
    """A fitted recommender. Ids are external; songs it does not know are ignored.

    Only `exclude` is kept out of a ranking, never the history by itself. A personal recommender
    answers an empty Ranked to a history without a known liked song. Ties are ordered by id.
    """

    name: ClassVar[str]

    @property
    def config(self) -> Any:
        """The settings it was fitted with, a dataclass."""
        ...

    def recommend(self, history: History, *, k: int, exclude: Ids) -> Ranked:
        """Rank at most k songs for one history."""
        ...

    def recommend_many(
        self, histories: Sequence[History], *, k: int, exclude: Sequence[Ids]
    ) -> list[Ranked]:
        """Rank for many histories, each as `recommend` would."""
        ...

    def save(self, directory: Path) -> None:
        """Write its arrays and settings into a directory."""
        ...

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read what `save` wrote, memory-mapped."""
        ...
