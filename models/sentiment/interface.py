"""The contract of a scorer: texts in, the probability that each praises out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

_PARTICLES = frozenset("的了是着过得地吗呢吧啊我你他这那就都也在")
_SEEN = re.compile(r"[^\W_]|[^\w\s!-/:-@\[-`{-~，。！？；：、“”‘’（）《》…—~·]")
"""A letter, a digit, or a sign that is no punctuation: an emoji."""
Label = Literal["positive", "neutral", "negative"]
NEUTRAL = (0.4, 0.6)
"""Between these a probability says neither; accuracy does not use the band."""


def label_of(probability: float) -> Label:
    """Return the word that stands for a probability."""
    low, high = NEUTRAL
    return "positive" if probability > high else "negative" if probability < low else "neutral"


@dataclass(frozen=True)
class WordWeight:
    """A word at its place and what it adds to the logit; all words together make the logit."""

    start: int
    end: int
    text: str
    weight: float


@dataclass(frozen=True)
class Analysis:
    """A text's probability and why."""

    probability: float
    logit: float
    words: tuple[WordWeight, ...]
    """In the text's order, without gaps."""
    rules: tuple[str, ...]
    """Names of the rules that fired: double_negation, contrast, sad_praise, …"""

    @property
    def label(self) -> Label:
        return label_of(self.probability)

    def deciding(self, limit: int = 7) -> list[WordWeight]:
        """Return the words of largest weight, at least 0.1, each word once."""
        best: dict[str, WordWeight] = {}
        for word in self.words:
            if word.text in _PARTICLES or not _SEEN.search(word.text):
                continue
            if abs(word.weight) >= 0.1 and (
                word.text not in best or abs(word.weight) > abs(best[word.text].weight)
            ):
                best[word.text] = word
        return sorted(best.values(), key=lambda word: -abs(word.weight))[:limit]


class Scorer(Protocol):
    """What every sentiment model can do."""

    name: str

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return P(praise) of each text, 0..1; a text without words gets .5."""
        ...
