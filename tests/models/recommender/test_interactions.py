"""Interactions: what is accepted, how rows merge, what each event is worth."""

from pathlib import Path

import numpy as np
import pytest

from models.recommender.interactions import (
    HIDDEN_VALUE,
    Interactions,
    InteractionsError,
    Vocabulary,
    implicit_scores,
    recency,
    star_value,
)

NAN = float("nan")


def interactions(*rows: tuple[int, int, float, float]) -> Interactions:
    users, items, values, timestamps = (np.array(column) for column in zip(*rows, strict=True))
    return Interactions(users, items, values, timestamps)


def test_vocabulary_maps_known_ids_and_marks_unknown_ones() -> None:
    vocabulary = Vocabulary.of(np.array([70, 10, 70, 30]))
    assert vocabulary.ids.tolist() == [10, 30, 70]
    assert vocabulary.indices(np.array([70, 11, 10, 99])).tolist() == [2, -1, 0, -1]
    assert vocabulary.known(np.array([99, 30])).tolist() == [1]
    assert Vocabulary.of(np.array([], dtype=int)).indices(np.array([4])).tolist() == [-1]


def test_merging_adds_values_within_bounds_and_keeps_the_latest_time() -> None:
    merged = interactions(
        (2, 5, 0.6, 10), (1, 5, 0.7, 30), (1, 5, 0.7, 20), (1, 4, 0.5, NAN), (1, 4, -1, 5)
    ).merged()
    assert merged.users.tolist() == [1, 1, 2]
    assert merged.items.tolist() == [4, 5, 5]
    assert merged.values == pytest.approx([-0.5, 1.0, 0.6])
    assert merged.timestamps.tolist() == [5, 30, 10]


def test_merging_keeps_an_unknown_time_unknown() -> None:
    assert np.isnan(interactions((1, 4, 0.5, NAN)).merged().timestamps).all()


def test_empty_interactions_name_the_cure() -> None:
    none = np.array([])
    with pytest.raises(InteractionsError, match="import or rate some songs first"):
        Interactions(none, none, none, none)


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(InteractionsError, match=r"differ in length: \[1, 2\]"):
        Interactions(np.array([1]), np.array([1, 2]), np.array([1.0]), np.array([1.0]))


@pytest.mark.parametrize("value", [NAN, 1.5, -1.01, float("inf")])
def test_a_value_out_of_range_is_refused(value: float) -> None:
    with pytest.raises(InteractionsError, match=r"number in \[-1, 1\]"):
        interactions((1, 1, value, 0))


def test_an_infinite_time_is_refused() -> None:
    with pytest.raises(InteractionsError, match="infinite"):
        interactions((1, 1, 1, float("inf")))


def test_a_snapshot_comes_back_with_the_same_hash(tmp_path: Path) -> None:
    original = interactions((1, 4, 0.5, NAN), (2, 5, -1, 7))
    original.save(tmp_path / "snapshot.npz")
    loaded = Interactions.load(tmp_path / "snapshot.npz")
    assert loaded.digest() == original.digest()
    assert loaded.values.tolist() == [0.5, -1]
    assert loaded.digest() != interactions((1, 4, 0.5, NAN), (2, 5, -1, 8)).digest()


def test_a_snapshot_without_a_column_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / "half.npz", users=np.array([1]), items=np.array([1]))
    with pytest.raises(InteractionsError, match="no column values, timestamps"):
        Interactions.load(tmp_path / "half.npz")


def test_stars_are_centred_and_zero_says_nothing() -> None:
    values = [star_value(stars) for stars in range(6)]
    assert values == [None, pytest.approx(-0.6), pytest.approx(-0.2), 0.2, 0.6, 1.0]
    assert HIDDEN_VALUE < -0.6
    with pytest.raises(ValueError, match="not 6"):
        star_value(6)


def test_implicit_scores_match_the_given_vector() -> None:
    # Six collected weigh 3, two commented 1, two played 1 x ln(1 + count); the largest sum is
    # song 1's, 3 + 1 + ln 10 = 6.302585.
    scores = implicit_scores({1, 2, 3, 4, 5, 6}, {1, 7}, {1: 9, 8: 99})
    assert scores == {
        1: 1.0,
        **{song: pytest.approx(0.475995, abs=1e-6) for song in range(2, 7)},
        7: pytest.approx(0.158665, abs=1e-6),
        8: pytest.approx(0.730680, abs=1e-6),
    }


def test_implicit_scores_switch_weights_at_their_thresholds() -> None:
    # Five collected weigh 2, four commented 2: song 1 has both, 4, the others half.
    scores = implicit_scores([1, 2, 3, 4, 5], [1, 7, 8, 9], {})
    assert scores == {1: 1.0, 2: 0.5, 3: 0.5, 4: 0.5, 5: 0.5, 7: 0.5, 8: 0.5, 9: 0.5}
    # Fifty played weigh 0.5 each: ln 2 / 2 beside the one collected song's 2.
    many = implicit_scores({99}, set(), dict.fromkeys(range(50), 1))
    assert many[0] == pytest.approx(0.5 * np.log(2) / 2)


def test_implicit_scores_of_nothing_and_of_empty_plays() -> None:
    assert implicit_scores(set(), set(), {}) == {}
    assert implicit_scores(set(), set(), {3: 0, 4: 0}) == {3: 0.0, 4: 0.0}


def test_recency_halves_and_takes_unknown_times_as_the_oldest() -> None:
    weights = recency(np.array([100.0, 90.0, NAN, 80.0]), half_life=10)
    assert weights.tolist() == [1, 0.5, 0.25, 0.25]
    assert recency(np.array([NAN, NAN]), half_life=10).tolist() == [1, 1]
