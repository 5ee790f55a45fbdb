"""Two towers: the mean of the history's vectors against precomputed song vectors.

Trained in Keras (train_two_tower.py), served here by numpy alone, searched exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from models.recommender.fitted import Fitted
from models.recommender.interface import Floats, History, Indices, Reason
from models.recommender.ranking import weigh
from models.recommender.song_space import nearest_liked, unit


@dataclass(frozen=True)
class TwoTowerConfig:
    """Settings of the towers and of their training."""

    width: int = 128
    """Length of a vector."""
    temperature: float = 0.1
    """The cosine of listener and song is divided by this before the softmax."""
    learning_rate: float = 0.003
    batch: int = 256
    """Listeners in a training step."""
    targets: int = 8
    """Songs that a listener is asked for in a step."""
    epochs: int = 80
    """At most this many; after early stopping, as many as were best."""
    steps: int = 6_000
    """No epoch begins after this many steps, so that a large catalogue ends in minutes."""
    patience: int = 5
    """Epochs without a better validation NDCG before stopping; 0 trains all epochs unwatched."""
    blind: float = 0.3
    """Share of described songs whose own vector is left out in a step, so that features learn to
    stand alone for songs that nobody has met. Without features it means nothing."""
    memory: float = 30.0
    """Songs of the history after which an event weighs 1/e."""


@dataclass(frozen=True, eq=False)
class TwoTower(Fitted[TwoTowerConfig]):
    """What the towers make of every song."""

    name: ClassVar[str] = "two_tower"
    spare = 20
    serving = frozenset({"memory"})
    ordering = frozenset({"memory"})
    config_type = TwoTowerConfig

    heard: Floats
    """Songs x width: what a song adds to the listener who heard it."""
    songs: Floats
    """Songs x width, of unit length: the song tower, computed beforehand."""
    bias: Floats
    """Per song what is added to every logit."""

    def score_many(self, histories: Sequence[History]) -> Floats:
        """Give the probability of a song being the one that is liked."""
        listeners = np.stack([self._listener(history) for history in histories])
        logits = listeners @ self.songs.T / np.float32(self.config.temperature) + self.bias
        likelihood: Floats = np.exp(logits - logits.max(axis=1, keepdims=True))
        likelihood /= likelihood.sum(axis=1, keepdims=True)
        likelihood[~listeners.any(axis=1)] = 0
        return likelihood

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason | None]:
        """Name the liked song nearest in the space of the song tower."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        liked = evidence.items[evidence.values > 0]
        return nearest_liked(self.songs, self.vocabulary, liked, songs)

    def _listener(self, history: History) -> Floats:
        """Average the history by evidence, to unit length; zero when nothing is liked."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        if not evidence.liked:
            return np.zeros(self.heard.shape[1], dtype=np.float32)
        return unit(evidence.values @ self.heard[evidence.items])
