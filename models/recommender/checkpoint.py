"""Checkpoints: where a long training was, so that it can go on after a stop."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.recommender.interactions import Interactions


class Checkpoint:
    """One training's file in a directory, named by what is trained on what."""

    def __init__(
        self, directory: Path, interactions: Interactions, config: Any, *, seed: int
    ) -> None:
        told = json.dumps([interactions.digest(), asdict(config), seed], sort_keys=True)
        self.path = directory / f"{hashlib.sha256(told.encode()).hexdigest()[:16]}.npz"

    def save(self, state: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
        """Replace the file by this state (JSON) and these arrays, whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        draft = self.path.with_suffix(".draft")
        with draft.open("wb") as file:
            np.savez(file, allow_pickle=False, state=np.array(json.dumps(state)), **arrays)
        draft.replace(self.path)

    def load(self) -> tuple[dict[str, Any], dict[str, NDArray[Any]]] | None:
        """Read what was saved, None where nothing readable is there."""
        try:
            with np.load(self.path, allow_pickle=False) as file:
                arrays = {name: file[name] for name in file.files}
        except (OSError, ValueError, EOFError):
            return None
        return json.loads(str(arrays.pop("state"))), arrays

    def clear(self) -> None:
        """Remove the file: the training has ended."""
        self.path.unlink(missing_ok=True)
