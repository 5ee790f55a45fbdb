"""How well the places of songs are known to hold, kept beside what they were told from."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from backend.db.base import utc_now
from models.mood.evaluate_places import Quality

_FILE = "places.json"


@dataclass(frozen=True)
class Measured:
    """Agreement of places with known moods, by what they were told from."""

    measured_at: datetime
    groups: dict[str, Quality]


def keep(folder: Path, groups: Mapping[str, Quality]) -> None:
    """Write what was measured after a run of features."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {name: one.to_json() for name, one in groups.items()}
    draft = folder / f".{_FILE}"
    draft.write_text(
        json.dumps({"measured_at": utc_now().isoformat(), "groups": told}), encoding="utf-8"
    )
    draft.replace(folder / _FILE)


def kept(folder: Path) -> Measured | None:
    """Return what was measured last; None where nothing was, or the file cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        groups = {name: Quality(**one) for name, one in told["groups"].items()}
        return Measured(datetime.fromisoformat(told["measured_at"]), groups)
    return None
