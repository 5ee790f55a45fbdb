"""A second opinion on a crisis: how much a text sounds like those in `sentences/`, seen or not.

Rules know wordings; this knows company: pieces of text (1 to 4 signs, hashed) and which ideas of
`wordings/ideas.txt` stand together (a farewell, a key and tonight). Logistic regression, fitted in
memory from the texts beside it at first use, in a second or two, numpy alone: there is no artifact
that could be missing or old.
"""

import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from models.mood.wordings import read
from models.sentiment.evaluate import read_rows
from models.sentiment.text import normalise

FOLDER = Path(__file__).parent / "sentences"
LONGEST_PIECE = 4
PIECES = 1 << 16
"""Cells that pieces are hashed into."""
TOGETHER = 0.7
"""Length of the part of ideas, beside 1 for pieces."""
HOLD = 40.0
"""How far the weights may go: the inverse of the penalty."""
ROUNDS = 400

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Opinion:
    """One weight for each piece and idea, and one for nothing at all."""

    weights: Floats
    bias: float

    def probability(self, text: str) -> float:
        """Tell how likely a text of any length speaks of its writer's crisis, 0..1."""
        cells, values = features(text)
        return float(_sigmoid(self.weights[cells] @ values + self.bias))


def features(text: str) -> tuple[Ints, Floats]:
    """Return the cells a text fills and how far: two vectors of length 1 and TOGETHER."""
    plain = f" {normalise(text)} "
    pieces = {
        crc32(plain[at : at + size].encode()) % PIECES
        for size in range(1, LONGEST_PIECE + 1)
        for at in range(len(plain) - size + 1)
    }
    told = [at for at, idea in enumerate(_ideas()) if idea.search(plain)]
    count = len(_ideas())
    ideas = [PIECES + at for at in told]
    ideas += [PIECES + count * (1 + one) + other for one, other in combinations(told, 2)]
    values = np.full(len(pieces) + len(ideas), 1 / np.sqrt(len(pieces)))
    values[len(pieces) :] = TOGETHER / np.sqrt(max(1, len(ideas)))
    return np.array([*pieces, *ideas], np.int64), values


def fit(texts: Sequence[str], labels: Sequence[int], *, rounds: int = ROUNDS) -> Opinion:
    """Fit on labelled texts (1: a crisis), both sides counting alike; the same each time."""
    filled = [features(text) for text in texts]
    cells = np.concatenate([one for one, _ in filled])
    values = np.concatenate([one for _, one in filled])
    row = np.repeat(np.arange(len(filled)), [len(one) for one, _ in filled])
    starts = np.cumsum([0, *(len(one) for one, _ in filled)])[:-1]
    said = np.array(labels, np.float64)
    share = said.mean()
    weight = np.where(said == 1, 0.5 / share, 0.5 / (1 - share))
    size = PIECES + len(_ideas()) * (1 + len(_ideas()))
    # Nesterov's steps on the mean loss: a row is at most 1 + TOGETHER² + 1 long.
    step = 1 / (0.25 * weight.max() * (2 + TOGETHER**2) + 1 / (HOLD * len(said)))
    theta, before = np.zeros(size + 1), np.zeros(size + 1)
    for turn in range(rounds):
        ahead = theta + turn / (turn + 3) * (theta - before)
        off = weight * (_sigmoid(np.add.reduceat(ahead[cells] * values, starts) + ahead[-1]) - said)
        slope = np.bincount(cells, weights=values * off[row], minlength=size + 1) / len(said)
        slope[-1] = off.mean()
        slope[:-1] += ahead[:-1] / (HOLD * len(said))
        theta, before = ahead - step * slope, theta
    return Opinion(theta[:-1], float(theta[-1]))


def own_texts() -> tuple[list[str], list[int]]:
    """Return the texts it is fitted on, each once, and their sides."""
    texts, labels = read_rows(FOLDER / "crisis_phrases.csv")
    sides = dict(zip(texts, labels, strict=True))
    for name, label in (("crisis", 1), ("calm", 0)):
        for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("# "):
                sides.setdefault(line, label)
    return list(sides), list(sides.values())


_lock = threading.Lock()
_warming: list[threading.Thread] = []


def opinion() -> Opinion:
    """Return the opinion fitted on the own texts; who comes first waits for it."""
    with _lock:
        return _fitted()


def warm() -> None:
    """Fit beside whatever else this process does."""
    _warming.append(threading.Thread(target=opinion, daemon=True))
    _warming[-1].start()


def at_hand() -> Opinion | None:
    """Return the opinion, or None while it is being warmed: nobody waits for that."""
    return None if any(thread.is_alive() for thread in _warming) else opinion()


@cache
def _fitted() -> Opinion:
    return fit(*own_texts())


@cache
def _ideas() -> tuple[re.Pattern[str], ...]:
    return tuple(read("ideas").values())


def _sigmoid(values: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-values)))
