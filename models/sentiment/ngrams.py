"""Runs of one to three signs as numbers, many texts at a time. numpy only."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LONGEST = 3
_BITS = np.uint64(21)
"""Every code point fits into 21 bits, three of them into a key."""


@dataclass(frozen=True)
class Runs:
    """Every run of every text, by length: `key`, `text` it stands in, `start` within all signs."""

    keys: tuple[NDArray[np.uint64], ...]
    texts: tuple[NDArray[np.int64], ...]
    starts: tuple[NDArray[np.int64], ...]


def runs(texts: Sequence[str]) -> Runs:
    """Cut normalised texts into their runs of 1..3 signs; no run crosses two texts."""
    whole = "\0".join(texts)
    codes = np.frombuffer(whole.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    lengths = np.fromiter((len(text) for text in texts), dtype=np.int64, count=len(texts))
    owner = np.repeat(np.arange(len(texts)), lengths + 1)[: len(codes)]
    inside = codes != 0
    key, valid = codes, inside
    keys, owners, starts = [], [], []
    for length in range(1, LONGEST + 1):
        if length > 1:
            rest = codes[length - 1 :]
            key = (key[: len(rest)] << _BITS) | rest
            valid = valid[: len(rest)] & inside[length - 1 :]
        place = np.flatnonzero(valid)
        keys.append(key[place])
        owners.append(owner[place])
        starts.append(place)
    return Runs(tuple(keys), tuple(owners), tuple(starts))
