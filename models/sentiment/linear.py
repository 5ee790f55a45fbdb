"""A linear model of sign runs: a weight for each, and every text's logit is their sum."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.sentiment.ngrams import LONGEST, runs

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Vocabulary:
    """The known runs, sorted, with ln((1 + texts) / (1 + texts that hold it)) + 1."""

    keys: NDArray[np.uint64]
    idf: NDArray[np.float32]

    @classmethod
    def fit(cls, texts: Sequence[str], *, least: int = 2) -> "Vocabulary":
        """Take every run that stands in at least `least` normalised texts."""
        cut = runs(texts)
        owners = np.concatenate(cut.texts)
        keys, which = np.unique(np.concatenate(cut.keys), return_inverse=True)
        pairs = np.unique(owners * len(keys) + which) % max(len(keys), 1)
        held = np.bincount(pairs, minlength=len(keys))
        kept = held >= least
        idf = np.log((1 + len(texts)) / (1 + held[kept])) + 1
        return cls(keys[kept], idf.astype(np.float32))

    def weigh(self, texts: Sequence[str]) -> tuple[_Ints, _Ints, _Floats]:
        """Return (text, run, value): (1 + ln count) · idf, each text of length 1 (TF-IDF)."""
        owner, run, _, _ = self.places(texts)
        cells, counts = np.unique(owner * len(self.keys) + run, return_counts=True)
        text, run = np.divmod(cells, max(len(self.keys), 1))
        value = (1 + np.log(counts)) * self.idf[run]
        norms = np.sqrt(np.bincount(text, weights=value**2, minlength=len(texts)))
        return text, run, value / norms[text]

    def places(self, texts: Sequence[str]) -> tuple[_Ints, _Ints, _Ints, _Ints]:
        """Return (text, run, start, length) of every known run where it stands."""
        cut = runs(texts)
        key = np.concatenate(cut.keys)
        at = np.minimum(np.searchsorted(self.keys, key), max(len(self.keys) - 1, 0))
        known = self.keys[at] == key if len(self.keys) else np.zeros(len(key), bool)
        length = np.repeat(np.arange(1, len(cut.keys) + 1), [len(part) for part in cut.keys])
        owner, start = np.concatenate(cut.texts), np.concatenate(cut.starts)
        return owner[known], at[known].astype(np.int64), start[known], length[known]


@dataclass(frozen=True)
class Linear:
    """A vocabulary with a weight for each run; no intercept, so what is unknown says nothing."""

    vocabulary: Vocabulary
    weights: NDArray[np.float32]

    def logits(self, texts: Sequence[str]) -> _Floats:
        """Return each normalised text's logit."""
        text, run, value = self.vocabulary.weigh(texts)
        sums = np.bincount(text, weights=value * self.weights[run], minlength=len(texts))
        return sums.astype(np.float64)

    def contributions(self, text: str) -> _Floats:
        """Return what each sign of a normalised text adds to its logit; their sum is the logit.

        A run's share is split evenly over the places it stands at, and there over its signs.
        """
        _, run, value = self.vocabulary.weigh([text])
        _, places, starts, lengths = self.vocabulary.places([text])
        # `run` is sorted, so each place finds its run's value there.
        at = np.searchsorted(run, places)
        share = (value * self.weights[run] / np.bincount(at, minlength=len(run)))[at] / lengths
        signs = np.zeros(len(text))
        for length in range(1, LONGEST + 1):
            mine = lengths == length
            for step in range(length):
                signs += np.bincount(starts[mine] + step, weights=share[mine], minlength=len(text))[
                    : len(text)
                ]
        return signs
