"""A Keras text network behind the scorers' interface. Batch work only: it needs TensorFlow."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.sentiment.text import has_words, normalise

LONGEST = 120
"""Signs of a text that are read."""
MODEL, SIGNS = "network.keras", "signs.json"


def numbers_of(texts: Sequence[str], signs: dict[str, int]) -> NDArray[np.int32]:
    """Return each text's signs as numbers, 0 after its end and 1 for what is not known."""
    table = np.zeros((len(texts), LONGEST), dtype=np.int32)
    for row, text in enumerate(texts):
        known = [signs.get(sign, 1) for sign in normalise(text)[:LONGEST]]
        table[row, : len(known)] = known
    return table


class Neural:
    """Scores with the network of an artifact."""

    name = "neural"

    def __init__(self, network: Any, signs: dict[str, int]) -> None:
        self.network = network
        self.signs = signs

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return P(praise) of each text."""
        table = numbers_of(texts, self.signs)
        said = self.network.predict(table, batch_size=512, verbose=0)[:, 0].astype(float)
        return np.where([has_words(text) for text in texts], said, 0.5)

    @classmethod
    def load(cls, directory: Path) -> "Neural":
        """Load the network."""
        import keras

        signs = json.loads((directory / SIGNS).read_text(encoding="utf-8"))
        return cls(keras.models.load_model(directory / MODEL, compile=False), signs)
