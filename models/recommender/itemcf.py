"""ItemCF: songs whose listeners are the listeners of what the history likes. Order-blind."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from models.recommender.fitted import Fitted
from models.recommender.interface import Floats, History, Ids, Indices, Ranked, SimilarTo
from models.recommender.ranking import Evidence, best, weigh
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

    def recommend(self, history: History, *, k: int, exclude: Ids) -> Ranked:
        """Rank the songs with the largest sum of evidence times weight."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        if not evidence.liked:
            return Ranked()
        entries, row = rows_of(self.indptr, evidence.items)
        targets = self.targets[entries]
        terms = evidence.values[row] * self.weights[entries]
        scores = np.bincount(targets, weights=terms, minlength=len(self.vocabulary))
        chosen = best(scores, k=k, exclude=self.vocabulary.known(exclude))
        return Ranked(
            self.vocabulary.ids[chosen],
            scores[chosen].astype(np.float32),
            self._reasons(chosen, evidence, entries, row, targets, terms),
        )

    def _reasons(
        self,
        chosen: Indices,
        evidence: Evidence,
        entries: Indices,
        row: Indices,
        targets: NDArray[np.int32],
        terms: Floats,
    ) -> tuple[SimilarTo, ...]:
        """Name for each chosen song the history song of its largest term, ties by id."""
        slot = np.full(len(self.vocabulary), -1)
        slot[chosen] = np.arange(len(chosen))
        shown = np.flatnonzero(slot[targets] >= 0)
        slots, songs = slot[targets[shown]], evidence.items[row[shown]]
        order = np.lexsort((songs, -terms[shown], slots))
        first = order[np.searchsorted(slots[order], np.arange(len(chosen)))]
        return tuple(
            SimilarTo(int(self.vocabulary.ids[song]), float(cosine))
            for song, cosine in zip(songs[first], self.cosines[entries[shown[first]]], strict=True)
        )
