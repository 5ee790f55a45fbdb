"""How well songs stand on the plane, held against known moods or what listeners said."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.features.interface import Floats
from models.mood import plane

SONGS_FILE = "music_info_withname.csv"
SAID_FILES = ("stage2_interactions.csv", "stage3_interactions.csv")
_FIELDS = {
    "tempo": "tempo",
    "loudness": "loudness",
    "centroid": "pcm_fftMag_psySharpness_sma_amean",
    "centroid_spread": "pcm_fftMag_psySharpness_sma_stddev",
}
"""What the plane is told from, and the field of SiTunes that says the same or nearly so."""


class DatasetError(ValueError):
    """A file of a data set is missing or not as expected; the message names it."""


@dataclass(frozen=True)
class Quality:
    """How well places agree with the truth; rank correlations (Spearman) in [-1, 1]."""

    songs: int
    quadrant: float | None
    """Share of songs whose valence and arousal both lie on the right side of 0."""
    valence_rho: float | None
    arousal_rho: float | None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def agreement(told: plane.Places, true: plane.Places) -> Quality:
    """Compare places with true ones, both songs x 2."""
    if not len(told):
        return Quality(0, None, None, None)
    return Quality(
        len(told),
        float(((told > 0) == (true > 0)).all(axis=1).mean()),
        rank_correlation(told[:, 0], true[:, 0]),
        rank_correlation(told[:, 1], true[:, 1]),
    )


def rank_correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float | None:
    """Return Spearman's rho, None where one side says nothing."""
    ranks = [_ranks(side) for side in (one, other)]
    if len(one) < 2 or any(side.std() == 0 for side in ranks):
        return None
    return float(np.corrcoef(ranks[0], ranks[1])[0, 1])


def situnes(folder: Path) -> Quality:
    """Place the songs of SiTunes (Grigorev et al., CHIIR 2024) by the fields it has.

    The truth is the mean of what listeners said to feel after each song in the second and third
    stage; the first has 25 songs only, and its arousal falls with their energy (rho = -.87). The
    data set has no audio: of what the plane is told from only tempo, loudness and sharpness are
    there, so this is less than what recordings tell.

    Raises:
        DatasetError: a file is missing or lacks a column.
    """
    try:
        fields = _songs(folder / SONGS_FILE)
        said: dict[int, list[tuple[float, float]]] = defaultdict(list)
        for row in (row for name in SAID_FILES for row in _rows(folder / name)):
            felt = row["emo_post_valence"], row["emo_post_arousal"]
            if all(felt):
                said[int(row["item_id"])].append((float(felt[0]), float(felt[1])))
    except (OSError, KeyError, ValueError) as error:
        raise DatasetError(f"{folder} is not SiTunes as published: {error}") from error
    songs = [song for song in said if song in fields]
    columns: dict[str, Floats] = {
        name: np.array([fields[song][field] for song in songs], np.float32)
        for name, field in _FIELDS.items()
    }
    columns["tempo"] = np.log2(columns["tempo"])
    usual = {
        name: (float(np.median(values)), max(float(values.std()), 1e-6))
        for name, values in columns.items()
    }
    told = plane.by_sound(columns, plane.Scale(usual))
    true = np.array([np.mean(said[song], axis=0) for song in songs])
    return agreement(told, true)


def _songs(path: Path) -> Mapping[int, dict[str, float]]:
    return {
        int(float(row["i_id_c"])): {field: float(row[field]) for field in _FIELDS.values()}
        for row in _rows(path)
        if all(row[field] for field in ("i_id_c", *_FIELDS.values()))
    }


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ranks, equal values sharing their mean."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    means = np.cumsum(counts) - (counts - 1) / 2
    return np.asarray(means[place], dtype=np.float64)
