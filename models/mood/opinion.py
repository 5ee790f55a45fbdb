"""A second opinion on a crisis: how much a text sounds like those in `sentences/`, seen or not.

Rules know wordings; this knows company: pieces of text (1 to 4 signs, hashed) and which ideas of
`wordings/ideas.txt` stand together (a farewell, a key and tonight). Ridge regression, fitted from
the texts beside it at first use, in seconds, numpy alone. A server keeps what was fitted under a
name made from all that it comes from: never old, and made again where it is missing.
"""

import logging
import re
import tempfile
import threading
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s
from inspect import getfile
from itertools import combinations
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from models.mood import wordings
from models.sentiment.evaluate import read_rows
from models.sentiment.text import normalise

logger = logging.getLogger(__name__)
FOLDER = Path(__file__).parent / "sentences"
IDEAS = wordings.FOLDER / "ideas.txt"
LONGEST_PIECE = 4
PIECES = 1 << 18
"""Cells that pieces are hashed into."""
TOGETHER = 0.7
"""Length of the part of ideas, beside 1 for pieces."""
HOLD = 0.1
"""The penalty of a text whose side is half of all."""
CLOSE = 1e-3
"""Where the steps end: what is left, as a part of the right side's length."""
MOST_STEPS = 500

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Opinion:
    """One weight for each piece and idea."""

    weights: Floats

    def score(self, text: str) -> float:
        """Tell how a text of any length sounds: about 1 like a crisis, about -1 like none."""
        cells, values = features(text)
        return float(self.weights[cells] @ values)


def features(text: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
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
    values = np.full(len(pieces) + len(ideas), 1 / np.sqrt(len(pieces)), np.float32)
    values[len(pieces) :] = TOGETHER / np.sqrt(max(1, len(ideas)))
    return np.array([*pieces, *ideas], np.int32), values


def fit(texts: Sequence[str], labels: Sequence[int]) -> Opinion:
    """Fit on labelled texts (1: a crisis), both sides counting alike; the same each time.

    Solves (X X' + R) a = s for the texts' own weights a; s is 1 or -1, R the penalty by side.
    """
    held, far, lengths = array("i"), array("f"), []
    for text in texts:
        found, values = features(text)
        held.frombytes(found.tobytes())
        far.frombytes(values.tobytes())
        lengths.append(len(found))
    cells, values = np.frombuffer(held, np.int32), np.frombuffer(far, np.float32)
    starts, row = np.cumsum([0, *lengths[:-1]]), np.repeat(np.arange(len(texts)), lengths)
    size = PIECES + len(_ideas()) * (1 + len(_ideas()))
    side = np.array(labels)
    hold = HOLD * 2 * np.where(side == 1, side.mean(), 1 - side.mean())

    def weights(own: Floats) -> Floats:
        return np.bincount(cells, values * own[row], minlength=size).astype(np.float64)

    def through(own: Floats) -> Floats:
        met: Floats = np.add.reduceat(weights(own)[cells] * values, starts) + hold * own
        return met

    return Opinion(weights(_solve(through, np.where(side == 1, 1.0, -1.0))))


def _solve(through: Callable[[Floats], Floats], right: Floats) -> Floats:
    """Return x with through(x) = right by conjugate gradients (Hestenes and Stiefel, 1952)."""
    found = np.zeros_like(right)
    left = right.copy()
    way, length = left, left @ left
    for _ in range(MOST_STEPS):
        met = through(way)
        step = length / (way @ met)
        found, left = found + step * way, left - step * met
        before, length = length, left @ left
        if length <= CLOSE**2 * (right @ right):
            break
        way = left + length / before * way
    return found


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
_there: list[Opinion] = []
_warming: list[threading.Thread] = []


def opinion(folder: Path | None = None) -> Opinion:
    """Return the opinion fitted on the own texts; who comes first waits for it.

    `folder`: where it is kept from one start to the next.
    """
    with _lock:
        if not _there:
            _there.append(kept(folder) if folder else fit(*own_texts()))
        return _there[0]


def warm(folder: Path) -> None:
    """Make it ready beside whatever else this process does."""
    _warming.append(threading.Thread(target=opinion, args=(folder,), daemon=True))
    _warming[-1].start()


def at_hand() -> Opinion | None:
    """Return the opinion, or None while it is being warmed: nobody waits for that."""
    return None if any(thread.is_alive() for thread in _warming) else opinion()


def kept(folder: Path) -> Opinion:
    """Map the opinion kept in a folder into memory; fit and keep it where there is none."""
    path = folder / f"{_origin()}.npy"
    try:
        return Opinion(np.load(path, mmap_mode="r", allow_pickle=False))
    except (OSError, ValueError):
        made = fit(*own_texts())
    try:
        _keep(made.weights, path)
    except OSError:
        logger.warning("the opinion on crises cannot be kept in %s", folder, exc_info=True)
    return made


def _keep(weights: Floats, path: Path) -> None:
    """Put a whole file in the place of those of other origins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob("*.npy"):
        old.unlink(missing_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        np.save(draft, weights, allow_pickle=False)
    Path(draft.name).replace(path)


def _origin() -> str:
    """Name all that the weights come from: the texts, the ideas, and how both are read."""
    digest = blake2s(digest_size=8)
    for path in (*sorted(FOLDER.iterdir()), IDEAS, Path(__file__), Path(getfile(normalise))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def _ideas() -> tuple[re.Pattern[str], ...]:
    return tuple(wordings.read(IDEAS.stem).values())
