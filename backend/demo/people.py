"""Simulated listeners: their tastes, how much and when they listen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

import numpy as np
from numpy.random import Generator

from backend.demo.catalogue import Catalogue, Floats, Ints
from backend.demo.vocabulary import GENRES, MOODS

DAYS = 548
"""How far back the simulated listening goes: about 18 months."""
LOCAL = timezone(timedelta(hours=8))
"""The listeners live by Beijing time."""

_HOURS = np.array(
    [4, 2, 1, 0.6, 0.5, 0.8, 2, 5, 6, 5, 4.5, 5, 6.5, 6, 4.5, 4.5, 5, 6, 7, 8, 9.5, 11, 11, 8]
)
_WEEKDAYS = np.array([1, 0.95, 1, 1, 1.15, 1.35, 1.25])
_SPARE = 14_400  # seconds: a session that starts this early is over in time


@dataclass(frozen=True)
class People:
    """Tastes (each row sums to 1) and habits, one row per listener."""

    genres: Floats
    moods: Floats
    favourites: Sequence[list[int]]
    """Singers each loves."""
    activity: Floats
    """Share of all plays, by a power law."""
    joined: Ints
    """Days after the first day of the simulated time."""

    def __len__(self) -> int:
        return len(self.activity)


def make_people(rng: Generator, catalogue: Catalogue, count: int) -> People:
    """Return listeners who lean to a few genres, moods and singers each."""
    common = np.array([style.weight for style in GENRES.values()])
    genres = rng.dirichlet(common * 4, count)
    weight = np.array([one.weight for one in catalogue.singers])
    kinds = list(GENRES)
    genre_of = np.array([kinds.index(one.genre) for one in catalogue.singers])
    favourites = []
    for taste in genres:
        love = weight * (0.01 + taste[genre_of])
        size = min(int(rng.integers(3, 9)), len(weight))
        favourites.append(rng.choice(len(weight), size, False, love / love.sum()).tolist())
    activity = rng.permutation(np.arange(1, count + 1, dtype=np.float64) ** -0.6)
    return People(
        genres=genres,
        moods=rng.dirichlet(np.full(len(MOODS), 0.4), count),
        favourites=favourites,
        activity=activity / activity.sum(),
        joined=(DAYS * 0.8 * rng.random(count) ** 1.5).astype(np.int64),
    )


def liking(catalogue: Catalogue, people: People, one: int) -> Floats:
    """Return how much a listener leans to each song, as a factor on its popularity."""
    loved = np.ones(len(catalogue.singers))
    loved[people.favourites[one]] = 7.0
    factor: Floats = (0.01 + people.genres[one])[catalogue.genre]
    factor *= (0.06 + people.moods[one])[catalogue.mood]
    factor *= loved[catalogue.singer]
    return factor


def feeling(
    rng: Generator, catalogue: Catalogue, people: People, who: Ints, song: Ints, quality: Floats
) -> Floats:
    """Return how well each listener feels about each song; only the order has a meaning.

    `who` and `song` are parallel; `quality` holds what all agree on, one entry per song.
    """
    loved = np.zeros((len(people), len(catalogue.singers)), np.bool_)
    for one, singers in enumerate(people.favourites):
        loved[one, singers] = True
    generous = rng.normal(0, 0.4, len(people))
    felt: Floats = 1.6 * np.sqrt(people.genres[who, catalogue.genre[song]])
    felt += np.sqrt(people.moods[who, catalogue.mood[song]])
    felt += 0.8 * loved[who, catalogue.singer[song]]
    return felt + quality[song] + generous[who] + rng.normal(0, 0.6, len(song))


def moments(rng: Generator, count: int, first: date, last: datetime, joined: int) -> Ints:
    """Return moments (seconds since 1970) at human hours, from `joined` days after `first`.

    None comes after `last`, with room for a session to end.
    """
    days = np.arange(joined, DAYS)
    weekday = (first.weekday() + days) % 7
    shares = _WEEKDAYS[weekday] * np.linspace(0.7, 1.3, len(days))
    day = rng.choice(days, count, p=shares / shares.sum())
    hour = rng.choice(24, count, p=_HOURS / _HOURS.sum())
    origin = int(datetime.combine(first, datetime.min.time(), LOCAL).timestamp())
    at: Ints = origin + day * 86_400 + hour * 3_600 + rng.integers(0, 3_600, count)
    return np.minimum(at, int(last.timestamp()) - _SPARE)


def released_at(catalogue: Catalogue, song: Ints) -> Ints:
    """Return when each song came out, in seconds since 1970."""
    days: Ints = catalogue.released[song] - date(1970, 1, 1).toordinal()
    return days * 86_400 - int(LOCAL.utcoffset(None).total_seconds())
