"""A directory of named arrays, one .npy file each, so that processes can map and share them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def save_arrays(directory: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write each array as `<name>.npy`, uncompressed and without pickle."""
    for name, array in arrays.items():
        np.save(directory / f"{name}.npy", array, allow_pickle=False)


def load_arrays(directory: Path) -> dict[str, NDArray[Any]]:
    """Map every array of a directory into memory, read-only; workers share the pages."""
    return {
        path.stem: np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
        for path in sorted(directory.glob("*.npy"))
    }
