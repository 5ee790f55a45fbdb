"""The plane: sources averaged by what they can tell, scales of one's own recordings."""

import numpy as np
import pytest

from models.features.sound_columns import COLUMN, NAMES
from models.features.text import UniversalEncoder
from models.mood import plane
from models.mood.lyrics import LyricPlacer

NONE = [np.nan, np.nan]


def test_what_is_known_from_more_sources_is_placed_further_from_the_middle() -> None:
    both = plane.together({"audio": np.array([[0.8, 0.5]]), "lyrics": np.array([[0.8, 0.5]])})
    one = plane.together({"audio": np.array([NONE]), "lyrics": np.array([[0.8, 0.5]])})
    assert 0 < one[0, 0] < both[0, 0] < 0.8


def test_comments_speak_of_valence_alone() -> None:
    placed = plane.together({"audio": np.array([NONE]), "comments": np.array([[0.6, np.nan]])})
    assert placed[0, 0] > 0
    assert placed[0, 1] == 0


def test_a_song_of_which_nothing_is_known_has_no_place() -> None:
    assert np.isnan(plane.together({"audio": np.array([NONE]), "lyrics": np.array([NONE])})).all()


def test_ones_own_recordings_get_centres_of_their_own() -> None:
    rng = np.random.default_rng(1)
    vectors = rng.normal(0, 1, (200, len(NAMES))).astype(np.float32)
    vectors[:, COLUMN["tempo"]] = np.log2(100)
    vectors[:, COLUMN["onset_rate"]] = 2
    # Mixed brighter than any generated tune.
    vectors[:, COLUMN["centroid"]] += 12
    columns = plane.columns_of(vectors, COLUMN)
    assert np.abs(np.median(plane.by_sound(columns, plane.Scale.of(columns)))) < 0.3
    few = {name: values[:10] for name, values in columns.items()}
    assert plane.Scale.of(few).usual == plane.USUAL
    assert plane.Scale.of({}).usual == plane.USUAL


def test_faster_and_denser_sound_stirs_more() -> None:
    vectors = np.tile([plane.USUAL.get(name, (0, 0))[0] for name in NAMES], (2, 1))
    vectors[:, COLUMN["tempo"]] = np.log2([70, 150])
    vectors[:, COLUMN["onset_rate"]] = [1, 5]
    slow, fast = plane.by_sound(plane.columns_of(vectors.astype(np.float32), COLUMN))
    assert fast[1] > slow[1] + 0.2


@pytest.mark.parametrize(
    ("higher", "lower", "side"),
    [
        ("阳光正好，我们笑着跳舞，春暖花香", "泪流不止，孤独的夜，离别的恨", 0),
        ("热血沸腾，战鼓声声，冲啊", "静静睡去，轻轻的梦，闲云", 1),
        ("we laugh and dance in the sun", "I cry alone, my heart is broken", 0),
    ],
)
def test_lyrics_are_placed_by_what_they_say(higher: str, lower: str, side: int) -> None:
    encoder = UniversalEncoder()
    texts = [higher, lower]
    placed = LyricPlacer(encoder).place(texts, encoder.encode(texts))
    assert placed[0, side] > placed[1, side] + 0.2
    assert (np.abs(placed) <= 1).all()
