"""ItemCF: songs whose listeners are the listeners of what the history likes. Order-blind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from models.recommender.interface import History, Indices, Reason, SimilarTo
from models.recommender.song_terms import SongTerms


@dataclass(frozen=True)
class ItemCFConfig:
    """Settings of ItemCF; models/README.md gives the formula they stand in."""

    method: Literal["cosine", "ease"] = "cosine"
    """cosine: generalised cosine of listener sets. ease: closed-form regression on all songs."""
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
    longest: float = 0.99
    """Listeners of more songs than this quantile of them has are read in part, as long."""
    sharpness: float = 0.6
    """q: the power of the similarity."""
    ridge: float = 150.0
    """ease: how much every weight is held back."""
    dropout: float = 0.8
    """ease: the share of likes imagined missing, 0..1, which holds back widely heard songs."""
    popularity_power: float = 0.3
    """ease: p, how much a widely heard recommended song is held back."""
    memory: float = 10.0
    """Songs of the history after which an event weighs 1/e."""


@dataclass(frozen=True, eq=False)
class ItemCF(SongTerms[ItemCFConfig]):
    """The best neighbours of every song."""

    name: ClassVar[str] = "itemcf"
    config_type = ItemCFConfig

    item_indptr: Indices
    """Song i is liked by item_users[item_indptr[i]:item_indptr[i + 1]]."""
    item_users: NDArray[np.int32]

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason]:
        """Name the history song of the largest term, with the cosine of the two listener sets."""
        sources, _ = self.largest(history, songs)
        highest = self.item_users[self.item_indptr[songs + 1] - 1].max(initial=-1)
        told: list[Reason] = [SimilarTo(source, 0.0) for source in sources]
        known = self.vocabulary.indices(np.array(sources, dtype=np.int64))
        for source in np.unique(known):
            own = self._listeners(source)
            marked = np.zeros(max(int(own[-1]), int(highest)) + 1, dtype=np.bool_)
            marked[own] = True
            for place in np.flatnonzero(known == source).tolist():
                others = self._listeners(songs[place])
                common = np.count_nonzero(marked[others])
                told[place] = SimilarTo(
                    sources[place], float(common / np.sqrt(len(own) * len(others)))
                )
        return told

    def _listeners(self, song: np.int64) -> NDArray[np.int32]:
        """Give who likes a song."""
        return self.item_users[self.item_indptr[song] : self.item_indptr[song + 1]]
