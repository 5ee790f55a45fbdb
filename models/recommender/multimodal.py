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
    """How strongly its projection was held back when learned; None: no projection, its main
    directions as they are."""
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
        others = liked[largest]
        shares = self._shares(songs, others)
        return [
            Alike(int(self.vocabulary.ids[other]), parts) if row[place] > 0 else None
            for other, parts, row, place in zip(others, shares, terms, largest, strict=True)
        ]

    def _shares(self, songs: Indices, others: Indices) -> list[tuple[tuple[str, float], ...]]:
        """Tell what each modality that both songs of a pair have adds to their cosine."""
        shares: list[list[tuple[str, float]]] = [[] for _ in songs]
        for name, block in self.blocks():
            one, two = self.songs[songs, block], self.songs[others, block]
            added = np.einsum("ij,ij->i", one, two).tolist()
            both = one.any(axis=1) & two.any(axis=1)
            for place in np.flatnonzero(both).tolist():
                shares[place].append((name, added[place]))
        return [tuple(parts) for parts in shares]

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
