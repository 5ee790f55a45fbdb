"""What every fitted recommender has: settings, a vocabulary, arrays, and their storage."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.arrays import load_arrays, save_arrays
from models.recommender.interactions import Vocabulary
from models.recommender.interface import (
    Floats,
    History,
    Ids,
    Indices,
    Ranked,
    Reason,
)
from models.recommender.ranking import best

ConfigT = TypeVar("ConfigT")
Telling = Callable[[Indices], Sequence[Reason | None]]
"""Says of each song what its score comes from, None where no true reason is found."""


@dataclass(frozen=True, eq=False)
class Fitted(Generic[ConfigT]):
    """A recommender whose further fields are all arrays, or None where it does without."""

    name: ClassVar[str]
    spare: ClassVar[int] = 0
    """Songs ranked beyond those asked for, to make up for some without a reason."""
    serving: ClassVar[frozenset[str]] = frozenset()
    """Settings that can be changed without fitting again."""
    ordering: ClassVar[frozenset[str]] = frozenset()
    """Settings that matter only where times are known."""
    config_type: ClassVar[type[Any]]

    config: ConfigT
    vocabulary: Vocabulary

    def score_many(self, histories: Sequence[History]) -> Floats:
        """Score every song for each history, histories x songs; only above 0 is worth showing."""
        return np.stack([self.score(history) for history in histories])

    def score(self, history: History) -> Floats:
        """Score every song for one history, all 0 when there is nothing to go by."""
        scores: Floats = self.score_many([history])[0]
        return scores

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason | None]:
        """Say of each song what its score comes from, None where no true reason is found."""
        raise NotImplementedError

    def explained(self, histories: Sequence[History]) -> Iterator[tuple[Floats, Telling]]:
        """Score as `score_many`, and tell reasons for those scores without working twice."""
        for history, scores in zip(histories, self.score_many(histories), strict=True):
            yield scores, partial(self.reasons, history)

    def rank_many(
        self, histories: Sequence[History], *, k: int, exclude: Sequence[Ids]
    ) -> list[Ids]:
        """Rank as `recommend_many`, without looking for reasons."""
        return [
            self.vocabulary.ids[best(scores, k=k, exclude=self.vocabulary.known(out))]
            for scores, out in zip(self.score_many(histories), exclude, strict=True)
        ]

    def recommend(self, history: History, *, k: int, exclude: Ids) -> Ranked:
        """Rank at most k songs for one history."""
        return self.recommend_many([history], k=k, exclude=[exclude])[0]

    def recommend_many(
        self, histories: Sequence[History], *, k: int, exclude: Sequence[Ids]
    ) -> list[Ranked]:
        """Rank for many histories; a song without a true reason gives way to the next."""
        ranked = []
        for (scores, tell), out in zip(self.explained(histories), exclude, strict=True):
            songs = best(scores, k=k + self.spare, exclude=self.vocabulary.known(out))
            reasons = tell(songs) if len(songs) else ()
            told = [place for place, reason in enumerate(reasons) if reason is not None][:k]
            chosen = songs[told]
            ranked.append(
                Ranked(
                    self.vocabulary.ids[chosen],
                    scores[chosen],
                    tuple(reason for reason in reasons if reason is not None)[:k],
                )
            )
        return ranked

    def save(self, directory: Path) -> None:
        """Write the settings as JSON and each array as a file of its own."""
        settings = json.dumps(asdict(self.config), sort_keys=True)  # type: ignore[call-overload]
        (directory / "config.json").write_text(settings, encoding="utf-8")
        save_arrays(directory, {"vocabulary": self.vocabulary.ids, **self.arrays()})

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give what was fitted by name, without the settings and the vocabulary."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in ("config", "vocabulary") and getattr(self, field.name) is not None
        }

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read what `save` wrote, memory-mapped."""
        settings = json.loads((directory / "config.json").read_text(encoding="utf-8"))
        arrays = load_arrays(directory)
        vocabulary = Vocabulary(arrays.pop("vocabulary"))
        return cls(cls.config_type(**settings), vocabulary, **arrays)
