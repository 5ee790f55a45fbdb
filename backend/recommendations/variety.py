"""Variety in 为你推荐: songs too much like those before them make way."""

import numpy as np

from models.recommender.diversity import cosines_of, mmr
from models.recommender.interface import Ranked, Recommender
from models.recommender.two_tower import TwoTower

WINDOW = 40
"""Songs re-ordered among themselves. A place further down never moves one further up, so that
any page of a ranking stays as it was while the next one is read."""


def varied(ranked: Ranked, space: Recommender | None) -> Ranked:
    """Re-order each window of a ranking by maximal marginal relevance.

    Likeness is the cosine in the two-tower's song space. Without that space the ranking stays as
    it is; a song unknown to it is like nothing.
    """
    if not isinstance(space, TwoTower) or not len(ranked):
        return ranked
    places = space.vocabulary.indices(ranked.items)
    vectors = np.where(places[:, None] >= 0, space.songs[np.maximum(places, 0)], 0)
    order = np.concatenate(
        [
            start
            + mmr(
                ranked.scores[start : start + WINDOW],
                cosines_of(vectors[start : start + WINDOW]),
                k=WINDOW,
            )
            for start in range(0, len(ranked), WINDOW)
        ]
    )
    return Ranked(
        ranked.items[order], ranked.scores[order], tuple(ranked.reasons[place] for place in order)
    )
