"""Popularity: the baseline that every recommender must beat, and the labelled fallback."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from models.recommender.fitted import Fitted
from models.recommender.interface import Floats, History, Indices, Popular, Reason


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

    def score_many(self, histories: Sequence[History]) -> Floats:
        """Score songs by their listeners, the same for everyone."""
        return np.broadcast_to(self.weights, (len(histories), len(self.weights)))

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason]:
        """Count the listeners of the window, or of all time where it has none."""
        return [
            Popular(int(self.recent[song]), self.config.window_days)
            if self.recent[song]
            else Popular(int(self.ever[song]), None)
            for song in songs
        ]
