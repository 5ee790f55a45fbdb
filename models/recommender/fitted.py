"""What every fitted recommender has: settings, a vocabulary, arrays, and their storage."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, ClassVar, Generic, Self, TypeVar

from models.arrays import load_arrays, save_arrays
from models.recommender.interactions import Vocabulary
from models.recommender.interface import History, Ids, Ranked

ConfigT = TypeVar("ConfigT")


@dataclass(frozen=True, eq=False)
class Fitted(Generic[ConfigT]):
    """A recommender whose further fields are all arrays, or None where it does without."""

    name: ClassVar[str]
    config_type: ClassVar[type[Any]]

    config: ConfigT
    vocabulary: Vocabulary

    def recommend(self, history: History, *, k: int, exclude: Ids) -> Ranked:
        """Rank at most k songs for one history."""
        raise NotImplementedError

    def recommend_many(
        self, histories: Sequence[History], *, k: int, exclude: Sequence[Ids]
    ) -> list[Ranked]:
        """Rank for many histories, one after another."""
        return [
            self.recommend(history, k=k, exclude=out)
            for history, out in zip(histories, exclude, strict=True)
        ]

    def save(self, directory: Path) -> None:
        """Write the settings as JSON and each array as a file of its own."""
        settings = json.dumps(asdict(self.config), sort_keys=True)  # type: ignore[call-overload]
        (directory / "config.json").write_text(settings, encoding="utf-8")
        arrays = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name not in ("config", "vocabulary") and getattr(self, field.name) is not None
        }
        save_arrays(directory, {"vocabulary": self.vocabulary.ids, **arrays})

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read what `save` wrote, memory-mapped."""
        settings = json.loads((directory / "config.json").read_text(encoding="utf-8"))
        arrays = load_arrays(directory)
        vocabulary = Vocabulary(arrays.pop("vocabulary"))
        return cls(cls.config_type(**settings), vocabulary, **arrays)
