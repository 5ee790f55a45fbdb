"""Short texts as vectors without a word list: hashed characters and pairs of characters."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray


def hashed_characters(texts: Sequence[str], *, width: int = 256) -> NDArray[np.float32]:
    """Count characters and pairs into `width` hashed columns, rows of unit length.

    A text without letters or digits gives a zero row. Case does not matter.
    """
    counts = np.zeros((len(texts), width), dtype=np.float32)
    for row, text in zip(counts, texts, strict=True):
        kept = "".join(letter for letter in text.casefold() if letter.isalnum())
        for size in (1, 2):
            for start in range(len(kept) - size + 1):
                row[crc32(kept[start : start + size].encode()) % width] += 1
    lengths = np.linalg.norm(counts, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = counts / np.maximum(lengths, np.float32(1e-9))
    return scaled
