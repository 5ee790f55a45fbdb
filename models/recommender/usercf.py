"""UserCF: the listeners closest to the history, found live, vote. Order-blind."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from models.recommender.fitted import Fitted
from models.recommender.interactions import Vocabulary
from models.recommender.interface import Floats, History, Ids, Indices, Reason, SimilarListeners
from models.recommender.ranking import Evidence, best, weigh
from models.recommender.sparse_rows import rows_of


@dataclass(frozen=True)
class UserCFConfig:
    """Settings of UserCF; models/README.md gives the formula they stand in."""

    neighbours: int = 50
    """Nearest listeners that vote."""
    rarity: float = 2.0
    """g: a common song adds idf^g, so that rare tastes bind more than hits."""
    length_power: float = 0.8
    """l: how much a listener of many songs is held back; 1 is the cosine."""
    sharpness: float = 1.0
    """q: a neighbour votes with similarity^q."""
    popularity_power: float = 0.15
    """p: how much a widely liked song is held back."""
    memory: float = 10.0
    """Songs of the history after which an event weighs 1/e."""


@dataclass(frozen=True, eq=False)
class UserCF(Fitted[UserCFConfig]):
    """Every listener's evidence, by listener and, where liked, by song."""

    name: ClassVar[str] = "usercf"
    serving = frozenset({"neighbours", "sharpness", "memory"})
    ordering = frozenset({"memory"})
    config_type = UserCFConfig

    users: Ids
    """Sorted ids of the fitted listeners."""
    user_indptr: Indices
    """Listener u gave evidence at entries user_indptr[u]:user_indptr[u + 1]."""
    user_items: NDArray[np.int32]
    user_values: Floats
    item_indptr: Indices
    """Song i is liked by item_users[item_indptr[i]:item_indptr[i + 1]]."""
    item_users: NDArray[np.int32]
    rarities: Floats
    """Per song idf^g, idf = ln(1 + all listeners / listeners who like it)."""
    restraints: Floats
    """Per song (listeners who like it)^-p."""
    lengths: Floats
    """Per listener (sum of idf^g over liked songs)^(l / 2)."""

    def score(self, history: History) -> Floats:
        """Let the nearest listeners vote."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        if not evidence.liked:
            return np.zeros(len(self.vocabulary), dtype=np.float32)
        neighbours, similarities = self._neighbours(evidence, history.user)
        entries, row = rows_of(self.user_indptr, neighbours)
        votes = similarities[row] ** self.config.sharpness * self.user_values[entries]
        scores = np.bincount(self.user_items[entries], votes, len(self.vocabulary))
        return (scores * self.restraints).astype(np.float32)

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason]:
        """Count the neighbours that like each song."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        neighbours, _ = self._neighbours(evidence, history.user)
        entries, _ = rows_of(self.user_indptr, neighbours)
        likes = self.user_items[entries[self.user_values[entries] > 0]]
        liked = np.bincount(likes, minlength=len(self.vocabulary))
        return [SimilarListeners(int(liked[song]), len(neighbours)) for song in songs]

    def _neighbours(self, evidence: Evidence, own: int | None) -> tuple[Indices, Floats]:
        """Find the listeners of largest positive similarity, never the asking one."""
        binding = evidence.values * self.rarities[evidence.items]
        entries, row = rows_of(self.item_indptr, evidence.items)
        common = np.bincount(
            self.item_users[entries], weights=binding[row], minlength=len(self.users)
        )
        length = np.sqrt((evidence.values * binding).sum())
        similarities = common / (length * np.maximum(self.lengths, 1e-9))
        asking = Vocabulary(self.users).known(np.array([] if own is None else [own]))
        nearest = best(similarities, k=self.config.neighbours, exclude=asking)
        return nearest, similarities[nearest].astype(np.float32)
