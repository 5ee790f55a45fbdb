"""Trials: a split to choose settings on and one to test them on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from models.recommender.interactions import Interactions
from models.recommender.split import (
    Split,
    carve_last,
    carve_sessions,
    carve_share,
    leave_last_out,
    next_split,
    set_split,
)
from models.recommender.tsv import read_tsv

Protocol = Literal["next", "set"]
CASES = 5_000
"""Stretches of held-out sessions that a validation asks about."""


@dataclass(frozen=True, eq=False)
class Trial:
    """Nothing of `test` but its train rows is seen before the one test."""

    validation: Split
    test: Split


def trial_of_files(
    *,
    train: Path,
    test: Path,
    valid: Path | None = None,
    protocol: Protocol,
    keep_seen: bool = False,
    seed: int = 7,
) -> Trial:
    """Read a trial from TSV files, carving the validation out of train when none is given.

    set: 10 % of each listener's songs. next: the last row of each listener, or, where most test
    listeners are new, the last 5 % of sessions. Raises InteractionsError for files that cannot be
    learned from.
    """
    paths = [train, test] if valid is None else [train, test, valid]
    learned, asked, *held = read_tsv(paths)
    if protocol == "set":
        hidden = held[0] if held else None
        return Trial(
            carve_share(learned, seed=seed, keep_seen=keep_seen)
            if hidden is None
            else set_split(learned, hidden, keep_seen=keep_seen),
            set_split(learned, asked, hidden=hidden, keep_seen=keep_seen),
        )
    tested = next_split(learned, asked, keep_seen=keep_seen)
    if held:
        return Trial(next_split(learned, held[0], keep_seen=keep_seen), tested)
    if np.isin(np.unique(asked.users), learned.users).mean() < 0.5:
        return Trial(carve_sessions(learned, seed=seed, keep_seen=keep_seen, cases=CASES), tested)
    return Trial(carve_last(learned, keep_seen=keep_seen), tested)


def trial_of_interactions(interactions: Interactions, *, seed: int = 7) -> Trial:
    """Make a trial by time: the song each listener came to last, and before that the one before."""
    tested = leave_last_out(interactions, seed=seed)
    return Trial(leave_last_out(tested.train, seed=seed), tested)
