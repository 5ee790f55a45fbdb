"""How well the crisis rules tell labelled rows apart."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from models.mood.crisis import is_crisis


@dataclass(frozen=True)
class CrisisReport:
    """Shares in [0, 1], None where no row has the label; and the rows that went wrong."""

    recall: float | None
    """Of the rows labelled 1, the share that raised the card."""
    false_alarm: float | None
    """Of the rows labelled 0, the share that raised it too."""
    missed: list[str]
    alarmed: list[str]

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def evaluate_crisis(texts: Sequence[str], labels: Sequence[int]) -> CrisisReport:
    """Run the rules over texts; label 1 means a crisis."""
    said = [is_crisis(text) for text in texts]
    missed = [t for t, label, yes in zip(texts, labels, said, strict=True) if label and not yes]
    alarmed = [t for t, label, yes in zip(texts, labels, said, strict=True) if yes and not label]
    crises = sum(labels)
    others = len(labels) - crises
    return CrisisReport(
        recall=1 - len(missed) / crises if crises else None,
        false_alarm=len(alarmed) / others if others else None,
        missed=missed,
        alarmed=alarmed,
    )
