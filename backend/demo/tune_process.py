"""Makes one tune, in a process that ends with it: facts on standard input, MP3 in a file."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import soundfile

from backend.demo.composition import tune_of
from backend.demo.synthesis import RATE, render

COMPRESSION = 0.75
"""0..1 of what MP3 can; 160 to 210 KiB a tune."""


def write(facts: dict[str, Any], path: Path) -> None:
    """Write the tune; nobody ever sees half of it."""
    source_id = facts.pop("source_id")
    draft = path.with_suffix(f".{os.getpid()}.draft")
    try:
        soundfile.write(
            draft,
            render(tune_of(source_id, **facts)),
            RATE,
            format="MP3",
            compression_level=COMPRESSION,
            bitrate_mode="VARIABLE",
        )
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


if __name__ == "__main__":
    write(json.load(sys.stdin), Path(sys.argv[1]))
