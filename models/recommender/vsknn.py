"""V-SKNN: the listening most like the end of the history votes. Order-aware.

Ludewig & Jannach (2018); the signed form follows STAN, Garg et al. (SIGIR 2019).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from models.recommender.fitted import Fitted
from models.recommender.interactions import Vocabulary
from models.recommender.interface import Continues, Floats, History, Ids, Indices, Reason
from models.recommender.ranking import Evidence, best, weigh
from models.recommender.sparse_rows import rows_of


@dataclass(frozen=True)
class VsknnConfig:
    """Settings of V-SKNN; models/README.md gives the formula they stand in."""

    form: Literal["plain", "signed"] = "plain"
    """signed: a neighbour's songs count by how far after or before the common song they stand."""
    neighbours: int = 300
    """Nearest listeners that vote."""
    decay: float = 2.0
    """The oldest listening weighs exp(-decay), the newest 1."""
    length_power: float = 0.5
    """How much long listening is held back."""
    sharpness: float = 1.5
    """A neighbour votes with similarity^sharpness."""
    fading: float = 2.0
    """signed: steps from the common song after which a vote weighs 1/e."""
    backward: float = 0.4
    """signed: how much a song before the common one counts beside one after it."""
    memory: float = 2.0
    """Songs of the history after which an event weighs 1/e."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """The neighbours of a history and what they heard, entry by entry in their order."""

    songs: NDArray[np.int32]
    row: Indices
    """The neighbour of each entry."""
    votes: Floats
    weights: Floats
    """Per song of the catalogue its weight in the history, 0 elsewhere."""


@dataclass(frozen=True, eq=False)
class Vsknn(Fitted[VsknnConfig]):
    """Every listener's songs in order, and each song's listeners."""

    name: ClassVar[str] = "vsknn"
    spare = 20
    serving = frozenset({"form", "neighbours", "sharpness", "fading", "backward", "memory"})
    ordering = frozenset({"form", "decay", "fading", "backward", "memory"})
    config_type = VsknnConfig

    users: Ids
    """Sorted ids of the fitted listeners."""
    indptr: Indices
    """Listener u heard items[indptr[u]:indptr[u + 1]], oldest first."""
    items: NDArray[np.int32]
    item_indptr: Indices
    """Song i was heard by listeners[item_indptr[i]:item_indptr[i + 1]], each named once."""
    listeners: NDArray[np.int32]
    factors: Floats
    """Per listener length^-power times recency."""

    def score(self, history: History) -> Floats:
        """Let the nearest listeners vote for what they heard."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        if not evidence.liked:
            return np.zeros(len(self.vocabulary), dtype=np.float32)
        nearest = self._nearest(evidence, history.user)
        scores = np.bincount(nearest.songs, nearest.votes, len(self.vocabulary))
        return scores.astype(np.float32)

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason | None]:
        """Name the history song that brought in most of the neighbours voting for a song."""
        evidence = weigh(history, self.vocabulary, memory=self.config.memory)
        nearest = self._nearest(evidence, history.user)
        size, count = len(self.vocabulary), int(nearest.row.max(initial=-1)) + 1
        known = evidence.items[evidence.values > 0]
        place = np.full(size, -1)
        place[known] = np.arange(len(known))
        brought = np.zeros((count, len(known)))
        held = place[nearest.songs] >= 0
        brought[nearest.row[held], place[nearest.songs[held]]] = nearest.weights[
            nearest.songs[held]
        ]
        slot = np.full(size, -1)
        slot[songs] = np.arange(len(songs))
        voted = slot[nearest.songs] >= 0
        votes = np.zeros((count, len(songs)))
        np.add.at(votes, (nearest.row[voted], slot[nearest.songs[voted]]), nearest.votes[voted])
        brought /= np.maximum(brought.sum(axis=1, keepdims=True), 1e-9)
        share = brought.T @ votes
        share[known[:, None] == songs] = 0
        ids = self.vocabulary.ids[known]
        return [
            Continues((int(ids[source]),)) if share[source, song] > 0 else None
            for song, source in enumerate(share.argmax(axis=0))
        ]

    def _nearest(self, evidence: Evidence, own: int | None) -> Nearest:
        """Find the listeners most like the history, never the asking one, and their votes."""
        total = len(self.users)
        heard_by = np.diff(self.item_indptr)
        rarity = np.log(1 + total / np.maximum(heard_by[evidence.items], 1))
        binding = evidence.values * rarity
        entries, row = rows_of(self.item_indptr, evidence.items)
        common = np.bincount(self.listeners[entries], binding[row], total) * self.factors
        asking = Vocabulary(self.users).known(np.array([] if own is None else [own]))
        chosen = best(common, k=self.config.neighbours, exclude=asking)
        entries, row = rows_of(self.indptr, chosen)
        songs = self.items[entries]
        weights = np.zeros(len(self.vocabulary), dtype=np.float32)
        weights[evidence.items] = np.maximum(binding, 0)
        votes = (common[chosen] ** self.config.sharpness)[row]
        if self.config.form == "signed":
            votes = votes * self._by_distance(songs, row, weights)
        votes = votes * np.log(1 + total / heard_by[songs])
        return Nearest(songs, row, votes.astype(np.float32), weights)

    def _by_distance(self, songs: NDArray[np.int32], row: Indices, weights: Floats) -> Floats:
        """Weigh a neighbour's songs by signed distance from its weightiest common song."""
        order = np.lexsort((np.arange(len(row)), weights[songs], row))
        last = np.append(row[1:] != row[:-1], True) if len(row) else np.empty(0, dtype=np.bool_)
        match = order[last]
        distance = np.arange(len(row)) - match[row]
        votes: Floats = np.exp(-(np.abs(distance) - 1) / self.config.fading).astype(np.float32)
        votes[distance < 0] *= self.config.backward
        votes[distance == 0] = self.config.backward
        return votes
