"""SnowNLP's own classifier behind the same interface. Batch work only: it is slow and heavy."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from models.sentiment.text import has_words


class SnowScorer:
    """Scores as SnowNLP's package does, as it comes."""

    name = "snownlp"

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return P(praise) of each text; SnowNLP raises on empty text, which gets .5 here."""
        from snownlp import SnowNLP

        return np.array([SnowNLP(text).sentiments if has_words(text) else 0.5 for text in texts])
