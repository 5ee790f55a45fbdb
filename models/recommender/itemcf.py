"""ItemCF: songs whose listeners are the listeners of what the history likes. Order-blind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from models.recommender.interface import Floats, History, Indices, Reason, SimilarTo
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

    cosines: Floats
    """Per entry the cosine of the two songs' listener sets, 0..1: what the reason shows."""

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason]:
        """Name the history song of the largest term."""
        sources, entries = self.largest(history, songs)
        return [
            SimilarTo(source, float(cosine))
            for source, cosine in zip(sources, self.cosines[entries], strict=True)
        ]
