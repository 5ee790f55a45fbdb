"""Scores as sums of terms: every history song speaks for others with stored weights."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from models.recommender.fitted import Fitted
from models.recommender.interface import Floats, History, Indices
from models.recommender.ranking import largest_terms, weigh
from models.recommender.sparse_rows import rows_of


class Remembering(Protocol):
    """Settings of a recommender that lets the history fade."""

    @property
    def memory(self) -> float:
        """Songs of the history after which an event weighs 1/e."""
        ...


ConfigT = TypeVar("ConfigT", bound=Remembering)


@dataclass(frozen=True, eq=False)
class SongTerms(Fitted[ConfigT]):
    """Weights as a sparse matrix with a row per history song."""

    serving = frozenset({"memory"})
    ordering = frozenset({"memory"})

    indptr: Indices
    """Row i spans entries indptr[i]:indptr[i + 1]."""
    targets: NDArray[np.int32]
    """The song that an entry speaks for."""
    weights: Floats
    """How much one unit of evidence on the row's song adds to the target's score."""

    def score(self, history: History) -> Floats:
        """Sum evidence times weight over the history."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        if not evidence.liked:
            return np.zeros(len(self.vocabulary), dtype=np.float32)
        entries, row = rows_of(self.indptr, evidence.items)
        terms = evidence.values[row] * self.weights[entries]
        scores = np.bincount(self.targets[entries], terms, len(self.vocabulary))
        return scores.astype(np.float32)

    def largest(self, history: History, songs: Indices) -> tuple[Sequence[int], Indices]:
        """Give for each song the id of the history song of its largest term, and that entry."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        entries, row = rows_of(self.indptr, evidence.items)
        terms = evidence.values[row] * self.weights[entries]
        top = largest_terms(songs, self.targets[entries], terms, evidence.items[row])
        return self.vocabulary.ids[evidence.items[row[top]]].tolist(), entries[top]
