"""What the recurrent network reads in a step: windows of listening, and the songs to tell apart."""

import numpy as np
from numpy.typing import NDArray

from models.recommender.interface import Floats
from models.recommender.rnn import RnnConfig
from models.recommender.sequences import IGNORED, Sequences, Windows

CHUNK = 40
"""Batches whose windows are sorted by length together; chunks go from old to new."""

Numbers = NDArray[np.int32]


class Candidates:
    """The songs that the softmax of a step ranks: all, or the batch's own and drawn ones."""

    def __init__(
        self, sequences: Sequences, size: int, config: RnnConfig, rng: np.random.Generator
    ) -> None:
        counts = np.bincount(sequences.items, minlength=size)
        self.everything = size <= config.full_softmax
        self.frequency = counts / counts.sum()
        self.chance = counts**0.5 / (counts**0.5).sum()
        self.size, self.negatives, self.rng = size, config.negatives, rng

    def of(self, targets: Numbers) -> tuple[Numbers, Numbers, Floats]:
        """Give targets as places among the candidates, the candidates, and their logQ.

        logQ = ln(1 - exp(-(N p + n q))): how likely a song is among the N targets, drawn with its
        frequency p, or among the n negatives, drawn with q proportional to p^0.5.
        """
        if self.everything:
            songs = np.arange(self.size, dtype=np.int32)
            return targets, songs, np.zeros(self.size, dtype=np.float32)
        wanted = targets[targets != IGNORED]
        drawn = self.rng.choice(self.size, self.negatives, p=self.chance)
        songs = np.union1d(wanted, drawn)
        expected = len(wanted) * self.frequency[songs] + self.negatives * self.chance[songs]
        places = np.where(targets == IGNORED, IGNORED, np.searchsorted(songs, targets))
        log_q = np.log(-np.expm1(-expected)).astype(np.float32)
        return places.astype(np.int32), songs.astype(np.int32), log_q


def batches_of(
    windows: Windows, size: int, rng: np.random.Generator
) -> list[tuple[Numbers, Numbers]]:
    """Group windows of like length and age, cut off their common padding, old ones first."""
    asked = windows.targets != IGNORED
    lengths = np.where(asked.any(axis=1), asked.shape[1] - asked[:, ::-1].argmax(axis=1), 0)
    order = rng.permutation(np.flatnonzero(lengths))
    order = order[np.argsort(-windows.ages[order], kind="stable")]
    groups = []
    for start in range(0, len(order), size * CHUNK):
        chunk = order[start : start + size * CHUNK]
        chunk = chunk[np.argsort(lengths[chunk], kind="stable")]
        cut = [chunk[at : at + size] for at in range(0, len(chunk), size)]
        groups += [cut[place] for place in rng.permutation(len(cut))]
    return [
        (windows.inputs[rows, : lengths[rows].max()], windows.targets[rows, : lengths[rows].max()])
        for rows in groups
    ]
