"""Listeners who go by what songs sound like, songs that nobody has met among them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.recommender.interactions import Interactions
from models.recommender.song_features import SongFeatures, condensed

TASTES = 8


@dataclass(frozen=True)
class Tastes:
    """Songs whose number modulo TASTES is their taste; those from `met` on nobody has met."""

    interactions: Interactions
    features: list[SongFeatures]
    met: int

    def of_taste(self, taste: int, *, met: bool) -> NDArray[np.int64]:
        """Return the songs of a taste, met or not."""
        songs = self.features[0].songs
        return songs[(songs % TASTES == taste) & ((songs < self.met) == met)]


def tastes_by_sound(*, listeners: int = 240, songs: int = 480, met: int = 400) -> Tastes:
    """Make a library: sound tells the taste well, words tell it a little, covers not at all."""
    rng = np.random.default_rng(9)
    ids = np.arange(songs)
    taste = np.eye(TASTES)[ids % TASTES]
    noises = {"audio": 0.2, "text": 1.2, "cover": 1e3}
    features = [
        condensed(
            SongFeatures(
                ids,
                np.hstack([taste, np.zeros((songs, 4))]).astype(np.float32)
                + rng.standard_normal((songs, TASTES + 4)).astype(np.float32) * noise,
                name,
            )
        )
        for name, noise in noises.items()
    ]
    # Some songs are met more often than others, in every taste.
    fame = (np.arange(met) // TASTES + 2.0) ** -0.7
    rows = []
    for listener in range(listeners):
        chance = fame * np.where(ids[:met] % TASTES == listener % TASTES, 1.0, 0.05)
        heard = rng.choice(met, 14, replace=False, p=chance / chance.sum())
        rows += [(listener, song, 1.0, 1e9 + 60.0 * place) for place, song in enumerate(heard)]
    users, items, values, times = (np.array(column) for column in zip(*rows, strict=True))
    return Tastes(Interactions(users, items, values, times), features, met)
