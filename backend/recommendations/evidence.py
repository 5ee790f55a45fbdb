"""What each thing a listener did is worth to the recommenders.

One rule for a single history and for the training snapshot, so that serving sees what training
saw. Stars speak for themselves; plays count as the owner's implicit score
(`models.recommender.interactions.implicit_scores`), shared out over the play events; a song
rated two stars or less counts by its stars alone; hiding is the strongest refusal.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from models.recommender.interactions import HIDDEN_VALUE, star_value

Ids = NDArray[np.int64]
Floats = NDArray[np.float64]

_STAR_VALUES = np.array([np.nan, *(star_value(stars) for stars in range(1, 6))])
_HEART = 5


@dataclass(frozen=True)
class Rated:
    """Ratings as equal columns; `times` are Unix seconds, NaN unknown."""

    users: Ids
    songs: Ids
    stars: Ids
    times: Floats


@dataclass(frozen=True)
class Played:
    """Play events as equal columns; one event may stand for `counts` plays."""

    users: Ids
    songs: Ids
    counts: Ids
    times: Floats


@dataclass(frozen=True)
class Hidden:
    users: Ids
    songs: Ids
    times: Floats


@dataclass(frozen=True)
class Events:
    """Evidence in [-1, 1] as equal columns."""

    users: Ids
    songs: Ids
    values: Floats
    times: Floats


def weigh(rated: Rated, played: Played, hidden: Hidden) -> Events:
    """Turn what was done into evidence."""
    values = _play_values(rated, played)
    kept = ~np.isnan(values)
    return Events(
        np.concatenate([rated.users, played.users[kept], hidden.users]),
        np.concatenate([rated.songs, played.songs[kept], hidden.songs]),
        np.concatenate(
            [
                _STAR_VALUES[rated.stars],
                values[kept],
                np.full(len(hidden.users), HIDDEN_VALUE),
            ]
        ),
        np.concatenate([rated.times, played.times[kept], hidden.times]),
    )


def _play_values(rated: Rated, played: Played) -> Floats:
    """Return each play event's value; NaN where the song's stars speak against it."""
    if not len(played.users):
        return np.empty(0)
    pairs, event_pair = np.unique(
        np.stack([played.users, played.songs]), axis=1, return_inverse=True
    )
    event_pair = event_pair.reshape(-1)
    pair_counts = np.bincount(event_pair, weights=played.counts)
    pair_events = np.bincount(event_pair)

    users, pair_user = np.unique(pairs[0], return_inverse=True)
    songs_played = np.bincount(pair_user)
    weight = np.where(songs_played < 50, 1.0, 0.5)
    hearts = rated.stars == _HEART
    hearts_of = np.bincount(
        np.searchsorted(users, rated.users[hearts])[np.isin(rated.users[hearts], users)],
        minlength=len(users),
    )
    heart_weight = np.where(hearts_of > 5, 3.0, 2.0)

    stars = _stars_of(pairs, rated)
    score = weight[pair_user] * np.log1p(pair_counts)
    with_heart = score + np.where(stars == _HEART, heart_weight[pair_user], 0.0)
    largest = np.where(hearts_of > 0, heart_weight, 0.0)
    np.maximum.at(largest, pair_user, with_heart)
    value = np.where(stars > 0, score, with_heart) / largest[pair_user] / pair_events
    return np.where((stars == 1) | (stars == 2), np.nan, value)[event_pair]


def _stars_of(pairs: NDArray[np.int64], rated: Rated) -> Ids:
    """Return the stars of each (user, song) column of `pairs`, 0 where it was not rated."""
    width = np.int64(max(pairs[1].max(), rated.songs.max(initial=0)) + 1)
    known = rated.users * width + rated.songs
    order = np.argsort(known)
    wanted = pairs[0] * width + pairs[1]
    if not len(known):
        return np.zeros(len(wanted), dtype=np.int64)
    place = np.minimum(np.searchsorted(known, wanted, sorter=order), len(known) - 1)
    found = known[order[place]] == wanted
    return np.where(found, rated.stars[order[place]], 0)
