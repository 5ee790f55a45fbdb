"""Splits for honest measuring: what is learned from lies before what is asked for."""

from dataclasses import dataclass

import numpy as np

from models.recommender.interactions import Interactions, InteractionsError
from models.recommender.interface import History, Ids, Indices


@dataclass(frozen=True, eq=False)
class Split:
    """Interactions to fit on, and per tested listener a history and the songs it should find."""

    train: Interactions
    histories: list[History]
    targets: list[Ids]
    seen: list[Ids]
    """Songs of each history, left out of its ranking."""

    @property
    def keeps_seen(self) -> bool:
        """Whether songs of a history may be recommended again."""
        pairs = zip(self.histories, self.seen, strict=True)
        return any(len(past) and not len(seen) for past, seen in pairs)

    def sample(self, cases: int, *, seed: int) -> "Split":
        """Ask at most so many drawn listeners."""
        if len(self.histories) <= cases:
            return self
        drawn = np.sort(np.random.default_rng(seed).choice(len(self.histories), cases, False))
        asked = (
            [column[row] for row in drawn] for column in (self.histories, self.targets, self.seen)
        )
        return Split(self.train, *asked)


def leave_last_out(interactions: Interactions, *, seed: int, listeners: int = 5_000) -> Split:
    """Hold out the song each listener came to last, with all that this listener did after.

    A target is a song of positive merged evidence. Where a listener's times are unknown or all
    equal a random one is drawn. Listeners of fewer than two liked songs are only learned from; at
    most `listeners` are tested.
    """
    rng = np.random.default_rng(seed)
    merged = interactions.merged()
    liked = merged.values > 0
    users, songs = np.unique(merged.users[liked], return_counts=True)
    tested = users[songs >= 2]
    if len(tested) > listeners:
        tested = np.sort(rng.choice(tested, listeners, replace=False))

    ordered = interactions.take(_by_user_and_time(interactions))
    events = [np.searchsorted(ordered.users, tested, side=side) for side in ("left", "right")]
    pairs = [np.searchsorted(merged.users, tested, side=side) for side in ("left", "right")]
    learned = np.ones(len(ordered), dtype=np.bool_)
    histories, targets, seen = [], [], []
    for user, start, end, low, high in zip(tested, *events, *pairs, strict=True):
        items, times = ordered.items[start:end], ordered.timestamps[start:end]
        candidates = merged.items[low:high][liked[low:high]]
        if len(np.unique(times)) == 1:
            target = rng.choice(candidates)
            kept = items != target
        else:
            songs, firsts = np.unique(items, return_index=True)
            firsts = firsts[np.isin(songs, candidates)]
            target = items[firsts.max()]
            kept = np.arange(len(items)) < firsts.max()
        learned[start:end] = kept
        values = ordered.values[start:end][kept]
        histories.append(History(items[kept], values, times[kept], user=int(user)))
        targets.append(np.array([target]))
        seen.append(np.unique(items[kept]))
    return Split(ordered.take(learned), histories, targets, seen)


def next_split(train: Interactions, test: Interactions, *, keep_seen: bool = False) -> Split:
    """Ask for the last test row of each listener, after their train rows and earlier test rows."""
    asked = test.take(_by_user_and_time(test))
    last = np.append(asked.users[1:] != asked.users[:-1], True)
    known = _Histories(_joined(train, asked.take(~last)) if not last.all() else train)
    histories = [known.of(user) for user in asked.users[last]]
    targets = [asked.items[row : row + 1] for row in np.flatnonzero(last)]
    return Split(train, histories, targets, [_seen(past, keep_seen) for past in histories])


def set_split(
    train: Interactions,
    test: Interactions,
    *,
    hidden: Interactions | None = None,
    keep_seen: bool = False,
) -> Split:
    """Ask for all test songs of each listener, knowing their train rows; `hidden` is not ranked."""
    known, masked = _Histories(train), _Histories(hidden) if hidden else None
    asked = test.merged()
    users, starts = np.unique(asked.users, return_index=True)
    histories = [known.of(user) for user in users]
    seen = [_seen(past, keep_seen) for past in histories]
    if masked:
        seen = [
            np.union1d(own, masked.of(user).items) for own, user in zip(seen, users, strict=True)
        ]
    return Split(train, histories, np.split(asked.items, starts[1:]), seen)


def carve_last(train: Interactions, *, keep_seen: bool = False) -> Split:
    """Hold out the last row of each listener who has two."""
    ordered = train.take(_by_user_and_time(train))
    last = np.append(ordered.users[1:] != ordered.users[:-1], True)
    last[1:] &= ordered.users[1:] == ordered.users[:-1]
    last[0] = False
    if not last.any():
        raise InteractionsError("no listener has two interactions: nothing can be held out")
    return next_split(ordered.take(~last), ordered.take(last), keep_seen=keep_seen)


def carve_sessions(
    train: Interactions, *, share: float = 0.05, seed: int, keep_seen: bool = False, cases: int
) -> Split:
    """Hold out the last listeners to begin; every stretch of theirs from the start asks for the
    next song. At most `cases` drawn ones are asked."""
    ordered = train.take(_by_user_and_time(train))
    users, starts, counts = np.unique(ordered.users, return_index=True, return_counts=True)
    begun = np.argsort(ordered.timestamps[starts], kind="stable")
    late = begun[len(users) - max(1, round(share * len(users))) :]
    held = np.isin(ordered.users, users[late])
    if held.all():
        raise InteractionsError("one listener alone: nobody is left to learn from")
    ends = [(starts[row], starts[row] + size) for row in late for size in range(1, counts[row])]
    if len(ends) > cases:
        drawn = np.random.default_rng(seed).choice(len(ends), cases, replace=False)
        ends = [ends[row] for row in np.sort(drawn)]
    histories = [
        History(ordered.items[start:end], ordered.values[start:end], ordered.timestamps[start:end])
        for start, end in ends
    ]
    targets = [ordered.items[end : end + 1] for _, end in ends]
    seen = [_seen(past, keep_seen) for past in histories]
    return Split(ordered.take(~held), histories, targets, seen)


def carve_share(
    train: Interactions, *, share: float = 0.1, seed: int, keep_seen: bool = False
) -> Split:
    """Hold out a random share of each listener's songs, of those who have several."""
    merged = train.merged()
    rng = np.random.default_rng(seed)
    order = np.lexsort((rng.random(len(merged)), merged.users))
    _, starts, counts = np.unique(merged.users, return_index=True, return_counts=True)
    wanted = np.where(counts > 1, np.maximum(1, np.round(share * counts)), 0)
    place = np.arange(len(merged)) - np.repeat(starts, counts)
    held = np.zeros(len(merged), dtype=np.bool_)
    held[order] = place < np.repeat(wanted, counts)
    if not held.any():
        raise InteractionsError("no listener has two interactions: nothing can be held out")
    kept = merged.take(~held)
    return set_split(kept, merged.take(held), keep_seen=keep_seen)


@dataclass(frozen=True, eq=False)
class ColdSplit:
    """Songs held out from every listener, to be ranked among themselves."""

    asked: Split
    """`seen` holds every other song, so that only the held-out ones are ranked."""
    held: Ids


def cold_split(
    interactions: Interactions, songs: Ids, *, share: float = 0.2, seed: int, cases: int
) -> ColdSplit:
    """Hold out a random share of `songs` with all that anybody did with them.

    Asked: at most `cases` drawn listeners who like a held-out song and one that is learned from.
    Raises InteractionsError when nothing is left to learn from.
    """
    met = np.intersect1d(interactions.items, songs)
    rng = np.random.default_rng(seed)
    held = np.sort(rng.choice(met, round(share * len(met)), replace=False))
    cold = np.isin(interactions.items, held)
    if cold.all():
        raise InteractionsError("no song is left to learn from")
    learned = interactions.take(~cold)
    everything = interactions.merged()
    liked = everything.take(everything.values > 0) if (everything.values > 0).any() else everything
    is_held = np.isin(liked.items, held)
    users = np.intersect1d(liked.users[is_held], liked.users[~is_held])
    if len(users) > cases:
        users = np.sort(rng.choice(users, cases, replace=False))
    known = _Histories(learned)
    others = np.setdiff1d(np.append(interactions.items, songs), held)
    wanted = liked.take(is_held) if is_held.any() else liked
    split = Split(
        learned,
        [known.of(user) for user in users],
        [wanted.items[wanted.users == user] for user in users],
        [others] * len(users),
    )
    return ColdSplit(split, held)


class _Histories:
    """The rows of interactions as a history per listener."""

    def __init__(self, interactions: Interactions) -> None:
        self.rows = interactions.take(_by_user_and_time(interactions))

    def of(self, user: int) -> History:
        """Give a listener's history, empty for an unknown one."""
        start, end = (
            np.searchsorted(self.rows.users, user, side=side) for side in ("left", "right")
        )
        own = slice(start, end)
        rows = self.rows
        return History(rows.items[own], rows.values[own], rows.timestamps[own], user=int(user))


def _joined(one: Interactions, other: Interactions) -> Interactions:
    """Put the rows of two together."""
    return Interactions(
        np.append(one.users, other.users),
        np.append(one.items, other.items),
        np.append(one.values, other.values),
        np.append(one.timestamps, other.timestamps),
    )


def _seen(history: History, keep_seen: bool) -> Ids:
    """Give the songs that a history keeps out of its ranking."""
    return history.items[:0] if keep_seen else np.unique(history.items)


def _by_user_and_time(interactions: Interactions) -> Indices:
    """Order rows by user, then time, unknown times first, else as given."""
    times = np.nan_to_num(interactions.timestamps, nan=-np.inf)
    return np.lexsort((times, interactions.users))
