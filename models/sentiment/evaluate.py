"""How good a scorer is on labelled rows it has not learned from."""

import csv
import gzip
import time
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.sentiment.interface import Scorer
from models.sentiment.text import bare


class RowsError(Exception):
    """A file of labelled rows cannot be read; the message names the cure."""


@dataclass(frozen=True)
class Report:
    """A scorer's figures. `confusion` is [[panned right, panned wrong], [praised wrong, right]]."""

    scorer: str
    n: int
    accuracy: float
    f1: float
    """Of praise."""
    auc: float | None
    """None where all rows have one label."""
    texts_per_cpu_s: float
    leaked: int
    """Rows that stand in the training text; left out."""
    confusion: list[list[int]]

    def to_json(self) -> dict[str, Any]:
        """Return the figures alone."""
        return {name: value for name, value in asdict(self).items() if name != "confusion"}


def read_rows(path: Path) -> tuple[list[str], list[int]]:
    """Read `label,text` rows (0 or 1), gzipped or not.

    Raises RowsError when a row is malformed.
    """
    texts: list[str] = []
    labels: list[int] = []
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            if not {"label", "text"} <= set(reader.fieldnames or ()):
                raise RowsError(f"{path}: the first line must name the columns label,text")
            for row in reader:
                label = (row["label"] or "").strip()
                if label not in ("0", "1") or row["text"] is None:
                    raise RowsError(f"{path}:{reader.line_num}: label must be 0 or 1, with a text")
                texts.append(row["text"])
                labels.append(int(label))
    except (UnicodeDecodeError, csv.Error, gzip.BadGzipFile, EOFError) as error:
        raise RowsError(f"{path} cannot be read as CSV in UTF-8: {error}") from error
    if not texts:
        raise RowsError(f"{path} holds no rows")
    return texts, labels


def evaluate(
    scorer: Scorer, texts: Sequence[str], labels: Sequence[int], *, learned: Collection[str]
) -> Report:
    """Measure a scorer on rows, less those whose letters stand in a text it `learned`."""
    known = {bare(text) for text in learned} - {""}
    kept = [i for i, text in enumerate(texts) if bare(text) not in known]
    if not kept:
        raise RowsError("every row stands in the training text: nothing is left to measure on")
    rows = [texts[i] for i in kept]
    truth = np.array([labels[i] for i in kept])
    scorer.probabilities(rows[:3])  # what loads at first use is no part of the speed
    began = time.process_time()
    probabilities = scorer.probabilities(rows)
    spent = max(time.process_time() - began, 1e-9)
    said = (probabilities >= 0.5).astype(int)
    confusion = [[int(((truth == t) & (said == s)).sum()) for s in (0, 1)] for t in (0, 1)]
    right = confusion[1][1]
    wrong = confusion[0][1] + confusion[1][0]
    return Report(
        scorer=scorer.name,
        n=len(rows),
        accuracy=float((said == truth).mean()),
        f1=2 * right / (2 * right + wrong) if right + wrong else 0.0,
        auc=auc(probabilities, truth),
        texts_per_cpu_s=len(rows) / spent,
        leaked=len(texts) - len(rows),
        confusion=confusion,
    )


def auc(scores: NDArray[np.float64], labels: NDArray[np.int64]) -> float | None:
    """Return the chance that a praising row scores above a panning one; ties count half."""
    positives = int(labels.sum())
    negatives = len(labels) - positives
    if not positives or not negatives:
        return None
    _, which, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[which]
    above = ranks[labels == 1].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))
