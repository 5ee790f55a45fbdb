"""Multimodal: songs that sound, speak and look like what the history likes, whoever hears them.

Serves songs that nobody has met: its vocabulary is that of the features, not of the interactions.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from models.recommender.fitted import Fitted
from models.recommender.interface import Alike, Floats, History, Indices, Reason
from models.recommender.ranking import Evidence, weigh
from models.recommender.song_space import unit


@dataclass(frozen=True)
class ModalityConfig:
    """One modality's part in the vectors."""

    weight: float
    """Its share of the cosine of two songs that have every modality; shares add up to 1."""
    ridge: float | None
    """How strongly its projection was held back when learned; None: no projection, as encoded."""
    width: int
    """Columns of its block."""


@dataclass(frozen=True)
class MultimodalConfig:
    """Settings of the vectors; models/README.md gives the formula they stand in."""

    modalities: Mapping[str, ModalityConfig] = field(default_factory=dict)
    """By name, in the order of their blocks. Empty: chosen when fitted."""
    chosen_on: Literal["", "validation", "stated"] = ""
    """validation: weights and projections ranked held-out songs best. stated: there was too little
    to learn from, every modality weighs the same as it was encoded."""
    memory: float = 100.0
    """Songs of the history after which an event weighs 1/e."""

    def __post_init__(self) -> None:
        """Make settings of what was read from JSON."""
        parts: dict[str, Any] = {
            name: part if isinstance(part, ModalityConfig) else ModalityConfig(**part)
            for name, part in self.modalities.items()
        }
        object.__setattr__(self, "modalities", parts)


@dataclass(frozen=True, eq=False)
class Multimodal(Fitted[MultimodalConfig]):
    """What is known of every song as one vector, a block per modality."""

    name: ClassVar[str] = "multimodal"
    spare = 20
    serving = frozenset({"memory"})
    ordering = frozenset({"memory"})
    config_type = MultimodalConfig

    songs: Floats
    """Songs x all widths, of unit length; a masked block is 0 and the others share its weight."""

    def score_many(self, histories: Sequence[History]) -> Floats:
        """Give the cosine of listener and song."""
        listeners = np.stack([self._listener(history) for history in histories])
        scores: Floats = listeners @ self.songs.T
        return scores

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason | None]:
        """Name the liked song that adds most to the score, and what each modality adds there."""
        evidence = self._weighed(history)
        positive = evidence.values > 0
        liked, values = evidence.items[positive], evidence.values[positive]
        terms = (self.songs[songs] @ self.songs[liked].T) * values
        terms[songs[:, None] == liked] = 0
        largest = terms.argmax(axis=1)
        return [
            self._alike(int(song), int(liked[place])) if row[place] > 0 else None
            for song, place, row in zip(songs, largest, terms, strict=True)
        ]

    def _alike(self, song: int, other: int) -> Alike:
        parts = []
        for name, block in self.blocks():
            one, two = self.songs[song, block], self.songs[other, block]
            if one.any() and two.any():
                parts.append((name, float(one @ two)))
        return Alike(int(self.vocabulary.ids[other]), tuple(parts))

    def blocks(self) -> Iterator[tuple[str, slice]]:
        """Tell which columns are whose."""
        start = 0
        for name, part in self.config.modalities.items():
            yield name, slice(start, start + part.width)
            start += part.width

    def _listener(self, history: History) -> NDArray[np.float32]:
        """Average the history by evidence, to unit length; zero when nothing is liked."""
        evidence = self._weighed(history)
        if not evidence.liked:
            return np.zeros(self.songs.shape[1], dtype=np.float32)
        return unit(evidence.values @ self.songs[evidence.items])

    def _weighed(self, history: History) -> Evidence:
        return weigh(history, self.vocabulary, memory=self.config.memory)
