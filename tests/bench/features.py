"""What a song costs to hear, read and see, warm, and the memory of the process that does it."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from tests import live
from tests.bench.figures import Figure

CLIPS = 40
TEXT = "春风得意，笑看花开，与君同醉\n明月几时有，把酒问青天\n" * 4


def in_child(*, clips: int) -> list[Figure]:
    """Measure in a process of its own, so that its memory is that of this work."""
    ended = subprocess.run(
        live.python("-m", "tests.bench.features", str(clips)),
        stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    return [Figure(**row) for row in json.loads(ended.stdout)]


def measure(*, clips: int) -> list[Figure]:
    """Return CPU milliseconds a song and the peak of memory."""
    figures = []
    before = _peak()
    for name, encode, items in (_text(clips), _cover(clips), _sound(clips)):
        began = time.process_time()
        encode(items[:1])
        first = time.process_time() - began
        began = time.process_time()
        for item in items[1:]:
            encode([item])
        each = (time.process_time() - began) / (len(items) - 1) * 1e3
        figures.append(Figure(f"features, {name}, a song", each, "ms", note="CPU, warm"))
        figures.append(Figure(f"features, {name}, the first", first, "s", note="CPU"))
    figures.append(Figure("features, peak memory", _peak(), "MB", note=f"{before:.0f} before"))
    return figures


def _text(clips: int) -> tuple[str, Callable[[Sequence[Any]], Any], list[Any]]:
    from models.features.text import UniversalEncoder

    return "words", UniversalEncoder().encode, [f"{number}{TEXT}" for number in range(clips)]


def _cover(clips: int) -> tuple[str, Callable[[Sequence[Any]], Any], list[Any]]:
    from backend.songs.cover_art import picture
    from models.features.cover import ThinResnetEncoder

    drawn = [np.asarray(picture(n % 10, n % 9), dtype=np.uint8) for n in range(clips)]
    return "cover", ThinResnetEncoder().encode, drawn


def _sound(clips: int) -> tuple[str, Callable[[Sequence[Any]], Any], list[Any]]:
    from backend.audio.service import TuneFacts
    from backend.features.recordings import samples
    from models.features.audio import AudioEncoder

    tunes = [samples(TuneFacts(f"b{n}", 80.0 + 2 * n, "平静", ("流行",))) for n in range(clips)]
    return "25 s of sound", AudioEncoder().encode, tunes


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps([vars(figure) for figure in measure(clips=int(sys.argv[1]))]))
