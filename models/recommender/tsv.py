"""Interactions from tab-separated files: `user_id  item_id  value  timestamp`, gzipped or not."""

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

import numpy as np

from models.recommender.interactions import Interactions, InteractionsError

HEADER = ("user_id", "item_id", "value", "timestamp")


@dataclass(frozen=True, eq=False)
class _Rows:
    users: list[str]
    items: list[str]
    times: list[float]


def read_tsv(paths: Sequence[Path]) -> list[Interactions]:
    """Read files that share their ids; ids of any text are numbered in their sorted order.

    Every row says that the listener took the song: its value is checked, then counts 1. Rows
    repeated exactly count once. An empty timestamp is unknown; when all rows of the first file
    have the same one, there is no order and the times of all files are unknown. Raises
    InteractionsError naming file and line.
    """
    files = [_read(path) for path in paths]
    users, items, times = (
        np.concatenate([np.array(getattr(file, column)) for file in files])
        for column in ("users", "items", "times")
    )
    learned = times[: len(files[0].times)]
    if not np.fmin.reduce(learned) < np.fmax.reduce(learned):
        times = np.full(len(times), np.nan)
    numbers = [np.unique(column, return_inverse=True)[1] for column in (users, items)]
    ends = np.cumsum([len(file.users) for file in files])
    ones = np.ones(len(times), dtype=np.float32)
    return [
        Interactions(numbers[0][rows], numbers[1][rows], ones[rows], times[rows])
        for rows in map(slice, [0, *ends[:-1]], ends)
    ]


def _read(path: Path) -> _Rows:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as file:
            rows = _rows(path, file)
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InteractionsError(f"{path} cannot be read: {error}") from error
    if not rows.users:
        raise InteractionsError(f"{path} holds no interactions")
    return rows


def _rows(path: Path, lines: Iterator[str]) -> _Rows:
    """Check the header and collect the rows, each of them once."""
    if tuple(next(lines, "").rstrip("\r\n").split("\t")) != HEADER:
        raise InteractionsError(f"{path}: the first line must be {' <tab> '.join(HEADER)}")
    rows = _Rows([], [], [])
    seen: set[str] = set()
    for number, line in enumerate(lines, start=2):
        if line in seen or not line.strip():
            continue
        seen.add(line)
        user, item, time = _fields(line, f"{path}, line {number}")
        rows.users.append(user)
        rows.items.append(item)
        rows.times.append(time)
    return rows


def _fields(line: str, place: str) -> tuple[str, str, float]:
    """Check one line and give its user, item and time."""
    fields = line.rstrip("\r\n").split("\t")
    if len(fields) != len(HEADER) or not fields[0] or not fields[1]:
        raise InteractionsError(f"{place}: four fields are needed, the ids not empty")
    try:
        value, time = float(fields[2]), float(fields[3]) if fields[3] else float("nan")
    except ValueError:
        raise InteractionsError(f"{place}: value and timestamp must be numbers") from None
    if not isfinite(value) or (fields[3] and not isfinite(time)):
        raise InteractionsError(f"{place}: value and timestamp must be finite")
    return fields[0], fields[1], time
