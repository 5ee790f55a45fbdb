"""A cover's motif as the shape of a cloud."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from models.words import MOTIFS
from models.words.cloud import PAPER, draw
from models.words.silhouettes import SIZE, silhouette


def test_every_motif_is_a_shape_of_its_own_with_room_for_words() -> None:
    masks = [silhouette(motif) for motif in MOTIFS]
    assert {mask.shape for mask in masks} == {(SIZE, SIZE)}
    assert all(0.25 < (mask == 0).mean() < 0.9 for mask in masks)
    assert len({mask.tobytes() for mask in masks}) == len(MOTIFS)


@pytest.mark.parametrize("motif", ["umbrella", "equaliser"])
def test_words_stay_within_the_shape(motif: str) -> None:
    words = [
        {"word": word, "count": 30 - at, "sentiment": 0.5}
        for at, word in enumerate(("明月", "春风", "旧梦", "故人", "灯火", "归舟", "旋律", "前奏"))
    ]
    picture = np.asarray(Image.open(BytesIO(draw(words, motif))).convert("RGB")).astype(int)
    paper = np.array([int(PAPER[at : at + 2], 16) for at in (1, 3, 5)])
    inked = np.abs(picture - paper).sum(axis=2) > 60
    assert inked.any()
    assert not (inked & (silhouette(motif) != 0)).any()
