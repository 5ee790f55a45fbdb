"""A measured figure beside its target, and how the table of them is printed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One row of the table; `limit` is the largest value that meets the target, None for none."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def is_met(self) -> bool:
        return self.limit is None or self.value <= self.limit


def show(figures: Iterable[Figure]) -> None:
    """Print the table, and which targets are met."""
    rows = list(figures)
    print(f"\n{'':<44}{'measured':>14}  {'target':<12}")
    for row in rows:
        target = "" if row.limit is None else f"<= {row.limit:g} {row.unit}"
        mark = "" if row.limit is None else "met" if row.is_met else "MISSED"
        print(f"{row.name:<44}{row.value:>10.2f} {row.unit:<3}  {target:<12}{mark:<8}{row.note}")
    aimed = [row for row in rows if row.limit is not None]
    missed = [row.name for row in aimed if not row.is_met]
    print(f"\n{len(aimed) - len(missed)} of {len(aimed)} targets met.")
    if missed:
        print("Missed: " + "; ".join(missed))
