"""ALS: implicit matrix factorisation; the listener's vector is solved from the history. A part of
the blend."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from models.recommender.fitted import Fitted
from models.recommender.interface import Floats, History, Indices, Reason
from models.recommender.ranking import weigh
from models.recommender.song_space import nearest_liked


@dataclass(frozen=True)
class AlsConfig:
    """Settings of ALS, Hu, Koren & Volinsky (ICDM 2008)."""

    width: int = 128
    """Length of a song's vector."""
    confidence: float = 10.0
    """The weight of a liked song beside 1 for every other."""
    regularization: float = 50.0
    iterations: int = 10
    popularity_power: float = 0.3
    """p: a like of a song weighs its listeners^-p beside a typical like."""
    memory: float = 10.0
    """Songs of the history after which an event weighs 1/e."""


@dataclass(frozen=True, eq=False)
class Als(Fitted[AlsConfig]):
    """The songs' vectors."""

    name: ClassVar[str] = "als"
    spare = 20
    serving = frozenset({"memory"})
    ordering = frozenset({"memory"})
    config_type = AlsConfig

    songs: Floats
    """Songs x width."""
    strengths: Floats
    """Per song what a like of it weighs."""
    gram: Floats
    """Width x width: the vectors' products plus the regularization."""

    def score(self, history: History) -> Floats:
        """Solve for the listener who likes the history and has not met the rest."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        if not evidence.liked:
            return np.zeros(len(self.vocabulary), dtype=np.float32)
        known = self.songs[evidence.items]
        weights = np.abs(evidence.values) * self.strengths[evidence.items] * self.config.confidence
        wanted = (weights * (evidence.values > 0)) @ known
        scores: Floats = self.songs @ np.linalg.solve(
            self.gram + (known.T * weights) @ known, wanted
        )
        return scores

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason | None]:
        """Name the liked song nearest in the space of the vectors."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        liked = evidence.items[evidence.values > 0]
        return nearest_liked(self.songs, self.vocabulary, liked, songs)
