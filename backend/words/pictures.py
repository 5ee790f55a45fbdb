"""Pictures of clouds: drawn by a process of its own, kept in the data directory."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from backend.errors import NotFound, Unavailable
from backend.words.service import Counted
from models.words import SHAPES

FOLDER = "clouds"
WITHIN_S = 30
KEPT = 500
"""Pictures; the oldest go first."""


class NoWords(NotFound):
    def __init__(self) -> None:
        super().__init__("No words are counted here yet.")


class NotDrawn(Unavailable):
    def __init__(self) -> None:
        super().__init__("The picture could not be drawn. Try again.")


def picture(data_dir: Path, words: Sequence[Counted], shape: str) -> bytes:
    """Return the PNG of a cloud, from the folder when the same one was drawn before.

    Raises:
        NoWords: there is nothing to draw.
        NotDrawn: the drawing process failed.
    """
    assert shape in SHAPES
    if not words:
        raise NoWords
    asked = json.dumps({"shape": shape, "words": [vars(one) for one in words]}).encode()
    folder = data_dir / FOLDER
    path = folder / f"{hashlib.sha256(asked).hexdigest()[:32]}.png"
    if path.exists():
        return path.read_bytes()
    try:
        drawn = subprocess.run(
            [sys.executable, "-m", "models.words.cloud"],
            input=asked,
            capture_output=True,
            check=True,
            timeout=WITHIN_S,
        ).stdout
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotDrawn from error
    folder.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_bytes(drawn)
    draft.replace(path)
    _remove_old(folder)
    return drawn


def _remove_old(folder: Path) -> None:
    kept = sorted(folder.glob("*.png"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[KEPT:]:
        path.unlink(missing_ok=True)
