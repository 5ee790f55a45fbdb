"""What simulated listeners do: play in sessions, star what they know, write under it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.random import Generator

from backend.demo.catalogue import Catalogue, Floats, Ints
from backend.demo.people import LOCAL, People, feeling, liking, moments, released_at
from backend.demo.vocabulary import GENRES

SUCCESSOR_SHARE = 0.35
"""How often a play is followed by the song's fixed successor, within a session."""

_SESSION, _LONGEST = 7.0, 40  # plays: mean and most
_STARS = np.cumsum([0.04, 0.09, 0.2, 0.33])  # shares of one to four stars; the rest are hearts
_TONES = np.cumsum([0.13, 0.2])  # shares of cold and plain comments; the rest are warm


@dataclass(frozen=True)
class Deeds:
    """What was done, as parallel arrays; `at` is in seconds since 1970."""

    listener: Ints
    song: Ints
    at: Ints
    mark: Ints
    """Plays: 1 where the song is the successor of the one before. Ratings: stars.
    Comments: the tone, 0 warm, 1 plain, 2 cold."""

    def __len__(self) -> int:
        return len(self.song)

    def rows(self) -> Iterator[tuple[int, int, int, int]]:
        """Yield (listener, song, at, mark)."""
        arrays = (self.listener, self.song, self.at, self.mark)
        return zip(*(array.tolist() for array in arrays), strict=True)


def successors(catalogue: Catalogue) -> Ints:
    """Return the song that follows each: a ring through each genre, by about equal popularity."""
    rng = np.random.default_rng([catalogue.seed, 4])
    following = np.zeros(len(catalogue), np.int64)
    near = np.log(catalogue.popularity) + rng.normal(0, 0.5, len(catalogue))
    for genre in range(len(GENRES)):
        ring = np.flatnonzero(catalogue.genre == genre)
        ring = ring[np.argsort(near[ring], kind="stable")]
        following[ring] = np.roll(ring, -1)
    return following


def play(
    rng: Generator, catalogue: Catalogue, people: People, count: int, first: date, last: datetime
) -> tuple[Deeds, list[list[int]]]:
    """Return the plays by listener and time, and the songs each listener knows best first.

    Nobody plays a song before it is out.
    """
    following = successors(catalogue).tolist()
    released = catalogue.released.tolist()
    base = catalogue.popularity**0.8
    sizes = rng.multinomial(count, people.activity)
    done: list[tuple[int, int, int, int]] = []
    known = []
    for one, size in enumerate(sizes.tolist()):
        shelf = _shelf(rng, base * liking(catalogue, people, one), size)
        known.append(shelf.tolist())
        oldest = int(shelf[np.argmin(catalogue.released[shelf])])
        habit = np.arange(1, len(shelf) + 1, dtype=np.float64) ** -0.7
        draws = iter(shelf[rng.choice(len(shelf), size, p=habit / habit.sum())].tolist())
        follows = iter((rng.random(size) < SUCCESSOR_SHARE).tolist())
        gaps = iter(rng.integers(150, 330, size).tolist())
        lengths = _lengths(rng, size)
        starts = np.sort(moments(rng, len(lengths), first, last, int(people.joined[one])))
        for second, length in zip(starts.tolist(), lengths, strict=True):
            day = datetime.fromtimestamp(second, LOCAL).toordinal()
            before = -1
            for _ in range(length):
                song, led = next(draws), next(follows)
                led = led and before >= 0 and released[following[before]] <= day
                if led:
                    song = following[before]
                elif released[song] > day:
                    song = oldest
                done.append((one, song, second, int(led)))
                before = song
                second += next(gaps)
    return _deeds(done), known


def rate(
    rng: Generator,
    catalogue: Catalogue,
    people: People,
    plays: Deeds,
    known: list[list[int]],
    quality: Floats,
    count: int,
) -> Deeds:
    """Return stars for songs that listeners know, mostly ones they played, once each.

    There are fewer than `count` when the listeners do not know enough songs.
    """
    heard: list[dict[int, int]] = [{} for _ in known]
    for listener, song, at, _ in plays.rows():
        heard[listener].setdefault(song, at)
    candidates = [list(mine | dict.fromkeys(best)) for mine, best in zip(heard, known, strict=True)]
    room = np.array([len(songs) for songs in candidates])
    count = min(count, int(room.sum()))
    share = np.sqrt(people.activity)
    sizes = np.zeros(len(room), np.int64)
    while (left := count - int(sizes.sum())) > 0:
        free = share * (sizes < room)
        sizes = np.minimum(sizes + rng.multinomial(left, free / free.sum()), room)
    last = int(plays.at.max())
    done = []
    for one, size in enumerate(sizes.tolist()):
        songs = candidates[one]
        # First heard, first loved: earlier songs of a listener are rated more often.
        keys = rng.random(len(songs)) * np.linspace(1, 0.6, len(songs))
        for place in np.sort(np.argsort(-keys, kind="stable")[:size]).tolist():
            at = heard[one].get(songs[place], last - int(rng.integers(0, 40 * 86_400)))
            done.append((one, songs[place], min(at + 200, last), 0))
    deeds = _deeds(done)
    after = np.maximum(deeds.at, released_at(catalogue, deeds.song))
    felt = feeling(rng, catalogue, people, deeds.listener, deeds.song, quality)
    stars = 1 + np.searchsorted(np.quantile(felt, _STARS), felt, side="right")
    return Deeds(deeds.listener, deeds.song, after, stars)


def comment(
    rng: Generator,
    catalogue: Catalogue,
    people: People,
    quality: Floats,
    count: int,
    first: date,
    last: datetime,
) -> Deeds:
    """Return who wrote under which song, and how; most under what is most played."""
    song = rng.choice(len(catalogue), count, p=catalogue.popularity)
    who = np.zeros(count, np.int64)
    for genre in range(len(GENRES)):
        mine = np.flatnonzero(catalogue.genre[song] == genre)
        lean = np.sqrt(people.activity) * (0.02 + people.genres[:, genre])
        who[mine] = rng.choice(len(lean), len(mine), p=lean / lean.sum())
    at, out = moments(rng, count, first, last, 0), released_at(catalogue, song)
    since = out + ((int(last.timestamp()) - out) * rng.random(count)).astype(np.int64)
    felt = feeling(rng, catalogue, people, who, song, quality)
    tone = 2 - np.searchsorted(np.quantile(felt, _TONES), felt, side="right")
    return Deeds(who, song, np.where(at < out, since, at), tone)


def _shelf(rng: Generator, weights: Floats, plays: int) -> Ints:
    """Return the songs a listener returns to, dearest first: drawn by weight, each once."""
    size = min(max(12, int(plays * 0.45)), 260, len(weights))
    keys = np.log(weights) + rng.gumbel(size=len(weights))
    chosen: Ints = np.argpartition(-keys, size - 1)[:size]
    shelf: Ints = chosen[np.argsort(-keys[chosen], kind="stable")]
    return shelf


def _lengths(rng: Generator, plays: int) -> list[int]:
    """Return the lengths of sessions that hold so many plays together."""
    lengths = []
    while plays > 0:
        lengths.append(min(plays, _LONGEST, int(rng.geometric(1 / _SESSION))))
        plays -= lengths[-1]
    return lengths


def _deeds(done: list[tuple[int, int, int, int]]) -> Deeds:
    listener, song, at, mark = np.array(done, np.int64).reshape(-1, 4).T
    return Deeds(listener, song, at, mark)
