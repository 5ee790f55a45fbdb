"""Draw a word cloud as PNG, in a process of its own: `python -m models.words.cloud < words.json`.

The drawing library brings matplotlib, which no web worker should hold.
"""

import json
import sys
from io import BytesIO
from typing import Any

import numpy as np
import pylopdf_fonts_zh_cn
from numpy.typing import NDArray
from wordcloud import WordCloud

from models.words.silhouettes import silhouette

WIDTH, HEIGHT = 960, 600
PAPER = "#fffdf9"
WARM, COOL, MID = "#a84f08", "#2f5c9c", "#595248"
EVEN = 0.2
"""Words that lean less are drawn in ink."""


def draw(words: list[dict[str, Any]], shape: str = "plain", *, seed: int = 7) -> bytes:
    """Return a PNG of words given as {word, count, sentiment}: warm praises, cool pans.

    `shape` is one of SHAPES."""
    leans = {one["word"]: float(one["sentiment"]) for one in words}

    def colour(word: str, **_: object) -> str:
        lean = leans[word]
        return WARM if lean > EVEN else COOL if lean < -EVEN else MID

    cloud = WordCloud(
        font_path=str(pylopdf_fonts_zh_cn.sans_path()),
        width=WIDTH,
        height=HEIGHT,
        mask=_mask(shape),
        background_color=PAPER,
        color_func=colour,
        prefer_horizontal=1.0,
        random_state=seed,
    ).generate_from_frequencies({one["word"]: float(one["count"]) for one in words})
    file = BytesIO()
    cloud.to_image().save(file, "PNG")
    return file.getvalue()


def _mask(shape: str) -> NDArray[np.uint8] | None:
    if shape == "plain":
        return None
    return record() if shape == "record" else silhouette(shape)


def record(size: int = 760) -> NDArray[np.uint8]:
    """Return the mask of a cover's record: words go where it is 0, not into the hole."""
    y, x = np.ogrid[:size, :size]
    far = np.hypot(x - size / 2, y - size / 2) / (size / 2)
    return np.where((far < 0.97) & (far > 0.09), 0, 255).astype(np.uint8)


def main() -> None:
    """Read words and shape from standard input, write the picture to standard output."""
    asked = json.load(sys.stdin)
    sys.stdout.buffer.write(draw(asked["words"], asked["shape"]))


if __name__ == "__main__":
    main()
