"""What a chart is: one question to the library, and how its answer is drawn."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from sqlalchemy.orm import Session

Group = Literal["overview", "releases", "songs", "heat", "rights", "listening", "words", "mine"]
Row = Mapping[str, Any]
Option = dict[str, Any]
Asked = TypeVar("Asked")
"""Whom the numbers speak of: songs of a filter, or one listener."""


@dataclass(frozen=True)
class Finding:
    """What the numbers say, as a kind and its parameters; the front end words it."""

    kind: str
    values: Mapping[str, str | int | float | None]


@dataclass(frozen=True)
class Numbers:
    """Every number of a chart, complete.

    `rows` have a `label` (None: unknown) and a `count`, and what else the chart shows. A long
    series stands once in `columns`, beside shorter rows of the same.
    """

    rows: Sequence[Row]
    columns: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    finding: Finding | None = None


@dataclass(frozen=True)
class Chart(Generic[Asked]):
    """A chart by its name."""

    name: str
    group: Group
    read: Callable[[Session, Asked], Numbers]
    option: Callable[[], Option]
    """ECharts structure without data: series encode the columns of a dataset by name."""


def total(rows: Sequence[Row]) -> int:
    """Add up the counts."""
    return sum(int(row["count"]) for row in rows)


def leading(kind: str, rows: Sequence[Row]) -> Finding | None:
    """Tell the known label of most, and its share of all."""
    known = [row for row in rows if row["label"] is not None and row["count"]]
    if not known:
        return None
    first = max(known, key=lambda row: row["count"])
    share = first["count"] / total(rows)
    return Finding(kind, {"label": first["label"], "count": first["count"], "share": share})
