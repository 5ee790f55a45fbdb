"""Vectors on disk: whole parts, the newest row of a song, another encoder starts anew."""

from pathlib import Path

import numpy as np
import pytest

from models.features.interface import Floats
from models.features.store import MANY, FeatureStore, Stored


class Twos:
    modality = "text"
    name = "twos"
    version = "1"
    dimension = 2

    def encode(self, items: object) -> Floats:
        raise NotImplementedError


@pytest.fixture
def store(tmp_path: Path) -> FeatureStore:
    store = FeatureStore(tmp_path, "text")
    store.open(Twos())
    return store


def rows(songs: list[int], value: float, *, known: bool = True) -> Stored:
    return Stored(
        np.array(songs),
        np.array(songs) * 10,
        np.full(len(songs), known),
        np.full((len(songs), 2), value, np.float32),
    )


def test_what_was_added_is_read_back_by_song(store: FeatureStore) -> None:
    store.add(rows([5, 3], 1))
    store.add(rows([4], 0, known=False))
    found = store.read()
    assert found.songs.tolist() == [3, 4, 5]
    assert store.fingerprints() == {3: 30, 4: 40, 5: 50}
    assert found.present()[0].tolist() == [3, 5]


def test_the_newest_row_of_a_song_counts(store: FeatureStore) -> None:
    store.add(rows([1, 2], 1))
    store.add(rows([2], 7))
    assert store.read().matrix.tolist() == [[1, 1], [7, 7]]


def test_many_parts_are_put_together_and_nothing_is_lost(store: FeatureStore) -> None:
    for song in range(3 * MANY):
        store.add(rows([song, song + 1], song))
    assert len(list(store.folder.glob("*.npz"))) <= MANY
    found = store.read()
    assert found.songs.tolist() == list(range(3 * MANY + 1))
    assert found.matrix[:, 0].tolist() == [*range(3 * MANY), 3 * MANY - 1]


def test_half_a_part_is_never_read(store: FeatureStore) -> None:
    store.add(rows([1], 1))
    (store.folder / ".99.npz").write_bytes(b"half")
    assert store.read().songs.tolist() == [1]


def test_another_version_of_the_encoder_starts_anew(store: FeatureStore) -> None:
    store.add(rows([1], 1))
    store.open(Twos())
    assert store.fingerprints() == {1: 10}
    newer = Twos()
    newer.version = "2"
    store.open(newer)
    assert store.fingerprints() == {}
    found = store.manifest()
    assert found is not None
    assert (found.name, found.version, found.dimension) == ("twos", "2", 2)


def test_nothing_made_yet_is_no_error(tmp_path: Path) -> None:
    empty = FeatureStore(tmp_path, "cover")
    assert empty.manifest() is None
    assert empty.read().songs.tolist() == []
