"""The scorer that serves: linear model and lexicon in one sum of weights. numpy only.

logit = (linear · a + lexicon · b(length)) · t. The lexicon decides short texts, the linear model
long ones; what neither knows is .5.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import rjieba
from numpy.typing import NDArray

from models.arrays import load_arrays, save_arrays
from models.sentiment.interface import Analysis, WordWeight
from models.sentiment.lexicon import FILES, FOLDER, Lexicon
from models.sentiment.linear import Linear, Vocabulary
from models.sentiment.rules import Reading, read
from models.sentiment.text import normalise

SHORT, LONG = 12, 40
"""Signs: the lexicon's weight falls between them."""
AT_SHORT, AT_LONG = 1.5, 0.4
_BATCH = 2_000
_LATIN = re.compile("[a-z]+")


class Ensemble:
    """Scores texts and says why."""

    name = "ensemble"

    def __init__(self, linear: Linear, lexicon: Lexicon, *, temperature: float) -> None:
        self.linear = linear
        self.lexicon = lexicon
        self.temperature = temperature

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return P(praise) of each text."""
        parts = [
            self._logits([normalise(text) for text in texts[at : at + _BATCH]])
            for at in range(0, len(texts), _BATCH)
        ]
        logits = np.concatenate(parts) if parts else np.zeros(0)
        return 1 / (1 + np.exp(-np.clip(logits, -30, 30)))

    def explain(self, text: str) -> Analysis:
        """Return a text's probability with the exact share of every word."""
        plain = normalise(text)
        reading = read(self.lexicon, plain)
        signs = self.linear.contributions(plain) + _spread(reading, plain)
        signs *= self.temperature if _says_something(plain, reading) else 0.0
        logit = float(signs.sum())
        words = tuple(
            WordWeight(start, end, text[start:end], float(signs[start:end].sum()))
            for start, end in _words(plain, reading)
        )
        probability = 1 / (1 + np.exp(-np.clip(logit, -30, 30)))
        return Analysis(float(probability), logit, words, tuple(reading.rules))

    def _logits(self, plain: Sequence[str]) -> NDArray[np.float64]:
        readings = [read(self.lexicon, text) for text in plain]
        totals = np.array([reading.total for reading in readings])
        lengths = np.array([_length(text) for text in plain])
        says = np.array([_says_something(*pair) for pair in zip(plain, readings, strict=True)])
        logits = self.linear.logits(plain) + totals * lexicon_share(lengths)
        return np.where(says, logits, 0.0) * self.temperature

    def save(self, directory: Path) -> None:
        """Write everything that decides, the word lists included."""
        save_arrays(
            directory,
            {
                "keys": self.linear.vocabulary.keys,
                "idf": self.linear.vocabulary.idf,
                "weights": self.linear.weights,
                "temperature": np.array([self.temperature]),
            },
        )
        for name in FILES:
            (directory / name).write_bytes((FOLDER / name).read_bytes())

    @classmethod
    def load(cls, directory: Path) -> "Ensemble":
        """Map the arrays and read the word lists."""
        arrays = load_arrays(directory)
        linear = Linear(Vocabulary(arrays["keys"], arrays["idf"]), arrays["weights"])
        return cls(linear, Lexicon.load(directory), temperature=float(arrays["temperature"][0]))


def lexicon_share(lengths: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return b(length): how much the lexicon counts in a text of so many signs."""
    return np.interp(lengths, [SHORT, LONG], [AT_SHORT, AT_LONG])


def _says_something(plain: str, reading: Reading) -> bool:
    """Tell whether there is more than marks: faces made of marks count."""
    return bool(reading.spans) or any(sign.isalnum() for sign in plain)


def _length(plain: str) -> float:
    """Count signs; a Latin word is one, as it says no more than a Chinese sign."""
    return float(len(_LATIN.sub("a", plain)))


def _spread(reading: Reading, plain: str) -> NDArray[np.float64]:
    signs = np.zeros(len(plain))
    share = float(lexicon_share(np.array([_length(plain)]))[0])
    for start, end, weight in reading.spans:
        signs[start:end] += weight * share / (end - start)
    return signs


def _words(plain: str, reading: Reading) -> list[tuple[int, int]]:
    """Cut a text into words; a span the lexicon weighed stays whole."""
    taken = sorted({(start, end) for start, end, _ in reading.spans})
    cuts = {0, len(plain)}
    at = 0
    for word in rjieba.cut(plain):
        cuts.add(at)
        at += len(word)
    reached = 0
    for start, end in taken:
        if start >= reached:
            cuts = {cut for cut in cuts if not start < cut < end} | {start, end}
            reached = end
    ordered = sorted(cuts)
    return list(pairwise(ordered))
