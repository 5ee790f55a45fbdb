"""Maximal marginal relevance: a ranking re-ordered so that neighbouring songs differ.

Carbonell & Goldstein (SIGIR 1998). numpy only, so that it can serve.
"""

import numpy as np

from models.recommender.interface import Floats, Indices
from models.recommender.song_space import unit


def cosines_of(vectors: Floats) -> Floats:
    """Give the cosines of songs by their vectors, songs x songs; a zero vector is like nothing."""
    own = unit(np.nan_to_num(np.asarray(vectors, dtype=np.float32)))
    return own @ own.T


def mmr(scores: Floats, similarities: Floats, *, k: int, relevance: float = 0.7) -> Indices:
    """Choose k places of a ranking, best first: next is the largest of
    relevance * score - (1 - relevance) * similarity to the likest song chosen before.

    Scores are stretched to [0, 1] first; similarities, songs x songs, lie in [-1, 1]. relevance 1
    keeps the order of the scores. Ties go to the earlier place. Raises ValueError for shapes that
    do not fit, a value that is not a number, or relevance outside [0, 1].
    """
    scores = np.asarray(scores, dtype=np.float64)
    if similarities.shape != (len(scores), len(scores)):
        raise ValueError("similarities must be songs x songs, as many as there are scores")
    if not (np.isfinite(scores).all() and np.isfinite(similarities).all()):
        raise ValueError("scores and similarities must be finite numbers")
    if not 0 <= relevance <= 1:
        raise ValueError("relevance lies in [0, 1]")
    if not len(scores):
        return np.empty(0, dtype=np.int64)
    span = scores.max() - scores.min()
    worth = relevance * ((scores - scores.min()) / span if span else np.ones(len(scores)))
    likest = np.zeros(len(scores))
    chosen: list[int] = []
    open_places = np.ones(len(scores), dtype=np.bool_)
    for _ in range(min(max(k, 0), len(scores))):
        gains = np.where(open_places, worth - (1 - relevance) * likest, -np.inf)
        place = int(gains.argmax())
        chosen.append(place)
        open_places[place] = False
        likest = np.maximum(likest, similarities[place])
    return np.array(chosen, dtype=np.int64)
