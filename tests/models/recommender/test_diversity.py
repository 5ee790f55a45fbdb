"""MMR by hand: the next song is good and unlike what stands before it."""

import numpy as np
import pytest

from models.recommender.diversity import cosines_of, mmr

SCORES = np.array([4.0, 3.5, 2.0, 0.0])
# The second song is nearly the first; the third is like neither.
VECTORS = np.array([[1, 0], [1, 0.1], [0, 2], [0, 0]], dtype=np.float32)


def test_a_near_copy_gives_way_to_a_song_that_differs() -> None:
    # Stretched scores 1, .875, .5, 0. After the first: .5 x .875 - .5 x .995 < .5 x .5 - 0.
    chosen = mmr(SCORES, cosines_of(VECTORS), k=3, relevance=0.5)
    assert chosen.tolist() == [0, 2, 3]


def test_relevance_alone_keeps_the_order_of_the_scores() -> None:
    assert mmr(SCORES, cosines_of(VECTORS), k=9, relevance=1.0).tolist() == [0, 1, 2, 3]


def test_equal_scores_keep_their_places_and_nothing_asked_gives_nothing() -> None:
    alike = np.eye(3)
    assert mmr(np.ones(3), alike, k=3).tolist() == [0, 1, 2]
    assert mmr(np.ones(3), alike, k=0).tolist() == []
    assert mmr(np.empty(0), np.empty((0, 0)), k=3).tolist() == []


def test_cosines_of_vectors_know_unknown_and_empty_ones() -> None:
    cosines = cosines_of(np.array([[3, 4], [4, 3], [0, 0], [np.nan, 0]], dtype=np.float32))
    assert cosines[0, :2] == pytest.approx([1, 0.96])
    assert not cosines[2:].any()


@pytest.mark.parametrize(
    ("scores", "similarities", "relevance"),
    [
        ([1.0, 2.0], np.eye(3), 0.5),
        ([1.0, np.nan], np.eye(2), 0.5),
        ([1.0, 2.0], np.eye(2), 1.5),
    ],
)
def test_what_cannot_be_weighed_is_refused(
    scores: list[float], similarities: np.ndarray, relevance: float
) -> None:
    with pytest.raises(ValueError, match=r"songs x songs|finite|\[0, 1\]"):
        mmr(np.array(scores), similarities, k=1, relevance=relevance)
