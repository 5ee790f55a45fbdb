"""Fictional singers and bands, and the albums they made."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator

from backend.demo.vocabulary import (
    ALBUM_OF,
    ALBUM_THING,
    BAND_PLACES,
    BAND_THINGS,
    COMPANIES,
    GENRES,
    GIVEN_FIRST,
    GIVEN_SECOND,
    LANGUAGES,
    STAGE_NAMES,
    SURNAMES,
)
from backend.ingest.records import Precision

FIRST_YEAR = 1985
_MOST = 20_000  # singers; their names stay distinct up to here
_BAND_SHARE, _STAGE_SHARE = 0.3, 0.15
_FRESH_DAYS = (0, 0, 1, 1, 2, 3, 4, 5, 6, 8, 9, 11, 12, 14)
"""How long before the last day the newest singles came out, each by another singer."""
_SIZES = (1, 1, 2, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Singer:
    """A singer or band. `weight` is the power-law popularity, 1 for the most heard."""

    name: str
    genre: str
    language: str
    weight: float
    songs: int
    debut: date
    fresh: int | None
    """Days before the last day of a new single, if there is one."""


@dataclass(frozen=True)
class Album:
    """A record; `released` is exact, `precision` says how much of it the library tells."""

    singer: int
    title: str
    songs: int
    company: str | None
    released: date
    precision: Precision | None

    @property
    def kind(self) -> str:
        """What a record of this size is called."""
        return "single" if self.songs <= 2 else "ep" if self.songs <= 5 else "album"

    @property
    def told(self) -> date | None:
        """The release date as far as it is known."""
        if self.precision == "day":
            return self.released
        if self.precision == "month":
            return self.released.replace(day=1)
        return self.released.replace(month=1, day=1) if self.precision else None


def make_singers(rng: Generator, *, songs: int, until: date) -> list[Singer]:
    """Return the singers of a library of that many songs, most of them little known."""
    count = min(max(songs // 10, 1), _MOST)
    names = _names(rng, count)
    weights = rng.permutation(np.arange(1, count + 1, dtype=np.float64) ** -0.7)
    share = weights**0.5
    least = min(4, songs // count)
    sizes = least + rng.multinomial(songs - least * count, share / share.sum())
    genres = rng.choice(list(GENRES), count, p=[style.weight for style in GENRES.values()])
    languages = rng.choice(list(LANGUAGES), count, p=list(LANGUAGES.values()))
    span = (until - date(FIRST_YEAR, 1, 1)).days
    # Later years made more music: the power pulls debuts toward the present.
    debuts = (span * 0.97 * rng.random(count) ** 0.7).astype(int)
    able = np.flatnonzero(sizes > 1)
    fresh = dict(zip(rng.permutation(able).tolist(), _FRESH_DAYS, strict=False))
    return [
        Singer(
            name=names[i],
            genre=str(genres[i]),
            language="普通话" if genres[i] == "古风" else str(languages[i]),
            weight=float(weights[i]),
            songs=int(sizes[i]),
            debut=date(FIRST_YEAR, 1, 1) + timedelta(int(debuts[i])),
            fresh=fresh.get(i),
        )
        for i in range(count)
    ]


def make_albums(rng: Generator, singers: list[Singer], *, until: date) -> list[Album]:
    """Return the albums of all singers, by singer and date; together they hold every song."""
    albums = []
    for index, singer in enumerate(singers):
        sizes = [1] if singer.fresh is not None else []
        while (left := singer.songs - sum(sizes)) > 0:
            sizes.append(min(left, int(rng.choice(_SIZES))))
        days = np.sort(rng.integers(0, max((until - singer.debut).days, 1), len(sizes)))
        dates = [singer.debut + timedelta(int(day)) for day in days]
        company = str(rng.choice(COMPANIES)) if rng.random() < 0.8 else None
        taken: set[str] = set()
        for place, size in enumerate(reversed(sizes)):
            newest = singer.fresh is not None and place == len(sizes) - 1
            released = until - timedelta(singer.fresh or 0) if newest else dates[place]
            precision = "day" if newest else _precision(rng, released.year)
            title = _album_title(rng, taken)
            taken.add(title)
            albums.append(Album(index, title, size, company, released, precision))
    return albums


def _names(rng: Generator, count: int) -> list[str]:
    bands = [place + thing for place in BAND_PLACES for thing in BAND_THINGS]
    people = [s + a + b for s in SURNAMES for a in GIVEN_FIRST for b in GIVEN_SECOND]
    names = [
        *rng.permutation(STAGE_NAMES)[: int(count * _STAGE_SHARE)],
        *rng.permutation(bands)[: int(count * _BAND_SHARE)],
    ]
    names += list(rng.permutation(people)[: count - len(names)])
    return [str(name) for name in rng.permutation(names)]


def _album_title(rng: Generator, taken: set[str]) -> str:
    while True:
        of, thing = int(rng.integers(len(ALBUM_OF))), int(rng.integers(len(ALBUM_THING)))
        title = ALBUM_OF[of] + ALBUM_THING[thing]
        if title not in taken:
            return title


def _precision(rng: Generator, year: int) -> Precision | None:
    """Return how exactly a date is known: old records are known less exactly."""
    draw = rng.random() * (1 if year < 2000 else 4)
    if draw < 0.06:
        return None
    if draw < 0.22:
        return "year"
    return "month" if draw < 0.34 else "day"
