"""Popularity: the baseline that every recommender must beat, and the labelled fallback."""

from dataclasses import dataclass
from typing import ClassVar

from models.recommender.fitted import Fitted
from models.recommender.interface import Floats, History, Ids, Indices, Popular, Ranked
from models.recommender.ranking import best


@dataclass(frozen=True)
class PopularityConfig:
    """Settings of popularity."""

    half_life_days: float = 30.0
    """A listener counts half after this many days without another event."""
    window_days: int = 30
    """The days that the reason speaks of."""


@dataclass(frozen=True, eq=False)
class Popularity(Fitted[PopularityConfig]):
    """Songs by listeners weighed by recency. The history plays no part."""

    name: ClassVar[str] = "popularity"
    config_type = PopularityConfig

    weights: Floats
    """Per song, the sum of its listeners' recency weights."""
    recent: Indices
    """Per song, listeners in the window before the snapshot."""
    ever: Indices
    """Per song, listeners ever."""

    def recommend(self, history: History, *, k: int, exclude: Ids) -> Ranked:
        """Rank the songs with the most listeners."""
        chosen = best(self.weights, k=k, exclude=self.vocabulary.known(exclude))
        return Ranked(
            self.vocabulary.ids[chosen],
            self.weights[chosen],
            tuple(
                Popular(int(self.recent[song]), self.config.window_days)
                if self.recent[song]
                else Popular(int(self.ever[song]), None)
                for song in chosen
            ),
        )
