"""What a listener or a clinician wants is ranked higher; avoiding is seen to before any ranking."""

from collections.abc import Collection

import numpy as np

from models.recommender.interface import Ranked

WANTED = 0.3
"""What a wanted song's score is raised by, as a share of it: stated, there is nothing to learn it
from. Enough to pass songs of like score, not to turn a ranking over."""
WINDOW = 40
"""Songs re-ordered among themselves, so that any page of a ranking stays as it was."""


def raised(ranked: Ranked, wanted: Collection[int]) -> Ranked:
    """Raise the scores of wanted songs and re-order each window by them."""
    if not wanted or not len(ranked):
        return ranked
    is_wanted = np.isin(ranked.items, np.fromiter(wanted, dtype=np.int64))
    scores = ranked.scores * np.where(is_wanted, 1 + WANTED, 1).astype(np.float32)
    windows = np.arange(len(ranked)) // WINDOW
    order = np.lexsort((-scores, windows))
    return Ranked(
        ranked.items[order], scores[order], tuple(ranked.reasons[place] for place in order)
    )
