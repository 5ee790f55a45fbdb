"""ItemCF: songs whose listeners are the listeners of what the history likes. Order-blind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from models.recommender.fitted import Fitted
from models.recommender.interface import Floats, History, Indices, Reason, SimilarTo
from models.recommender.ranking import largest_terms, weigh
from models.recommender.sparse_rows import rows_of


@dataclass(frozen=True)
class ItemCFConfig:
    """Settings of ItemCF; models/README.md gives the formula they stand in."""

    neighbours: int = 400
    """Neighbours kept per song."""
    source_power: float = 0.7
    """a: how much a widely heard history song is held back."""
    target_power: float = 0.7
    """b: how much a widely heard recommended song is held back."""
    listener_power: float = 1.0
    """c: how much a listener of many songs is held back (inverse user frequency)."""
    shrinkage: float = 20.0
    """h: how much songs of few listeners are held back."""
    sharpness: float = 0.6
    """q: the power of the similarity."""
    memory: float = 10.0
    """Songs of the history after which an event weighs 1/e."""


@dataclass(frozen=True, eq=False)
class ItemCF(Fitted[ItemCFConfig]):
    """The best neighbours of every song as a sparse matrix with a row per history song."""

    name: ClassVar[str] = "itemcf"
    config_type = ItemCFConfig

    indptr: Indices
    """Row i spans entries indptr[i]:indptr[i + 1]."""
    targets: NDArray[np.int32]
    """The song that an entry speaks for."""
    weights: Floats
    """How much one unit of evidence on the row's song adds to the target's score."""
    cosines: Floats
    """Cosine of the two songs' listener sets, 0..1: what the reason shows."""

    def score(self, history: History) -> Floats:
        """Sum evidence times weight over the history."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        if not evidence.liked:
            return np.zeros(len(self.vocabulary), dtype=np.float32)
        entries, row = rows_of(self.indptr, evidence.items)
        terms = evidence.values[row] * self.weights[entries]
        scores = np.bincount(self.targets[entries], terms, len(self.vocabulary))
        return scores.astype(np.float32)

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason]:
        """Name the history song of the largest term."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        entries, row = rows_of(self.indptr, evidence.items)
        terms = evidence.values[row] * self.weights[entries]
        top = largest_terms(songs, self.targets[entries], terms, evidence.items[row])
        return [
            SimilarTo(int(self.vocabulary.ids[source]), float(cosine))
            for source, cosine in zip(
                evidence.items[row[top]], self.cosines[entries[top]], strict=True
            )
        ]
