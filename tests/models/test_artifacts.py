"""Artifacts: written whole or not at all, verified when opened, promoted atomically."""

import errno
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from models.arrays import load_arrays, save_arrays
from models.artifacts import Artifact, ArtifactError, ArtifactStore, Manifest


def write_numbers(directory: Path) -> None:
    save_arrays(directory, {"numbers": np.arange(5)})


def create(store: ArtifactStore, write: Callable[[Path], None] = write_numbers) -> Artifact:
    return store.create(
        "itemcf",
        write=write,
        data_until=datetime(2026, 3, 1, 8, tzinfo=UTC),
        code_revision="abc",
        config={"neighbours": 3},
        snapshot_hash="f00d",
        rows=12,
        seed=7,
        metrics={"own": {"ndcg@10": 0.5}, "popularity": {"ndcg@10": 0.25}},
        libraries={"numpy": "2.4"},
    )


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path / "artifacts")


def test_a_created_artifact_opens_with_its_arrays_and_manifest(store: ArtifactStore) -> None:
    created = create(store)
    opened = store.open("itemcf", created.manifest.version)
    assert opened == created
    assert load_arrays(opened.path)["numbers"].tolist() == [0, 1, 2, 3, 4]
    assert opened.manifest.data_until == "2026-03-01T08:00:00+00:00"
    assert opened.manifest.metrics["popularity"] == {"ndcg@10": 0.25}
    assert set(opened.manifest.files) == {"numbers.npy"}


def test_loaded_arrays_are_mapped_not_read(store: ArtifactStore) -> None:
    numbers = load_arrays(create(store).path)["numbers"]
    assert isinstance(numbers.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        numbers[0] = 1


def test_a_manifest_survives_json(store: ArtifactStore) -> None:
    manifest = create(store).manifest
    assert Manifest.from_json(manifest.to_json()) == manifest


def test_versions_sort_by_time_and_only_promotion_makes_one_current(store: ArtifactStore) -> None:
    assert store.current("itemcf") is None
    assert store.current_version("itemcf") is None
    assert store.versions("itemcf") == []
    first, second = create(store), create(store)
    assert store.current("itemcf") is None
    assert [manifest.version for manifest in store.versions("itemcf")] == [
        first.manifest.version,
        second.manifest.version,
    ]
    store.promote("itemcf", second.manifest.version)
    store.promote("itemcf", first.manifest.version)
    assert store.current_version("itemcf") == first.manifest.version
    assert store.current("itemcf") == first


@pytest.mark.parametrize("damage", [b"", b"other bytes"])
def test_a_damaged_file_is_refused_and_the_cure_is_named(
    store: ArtifactStore, damage: bytes
) -> None:
    artifact = create(store)
    store.promote("itemcf", artifact.manifest.version)
    (artifact.path / "numbers.npy").write_bytes(damage)
    with pytest.raises(ArtifactError, match=r"numbers\.npy.*Train itemcf again"):
        store.current("itemcf")


def test_a_missing_file_and_a_damaged_manifest_are_refused(store: ArtifactStore) -> None:
    artifact = create(store)
    (artifact.path / "numbers.npy").unlink()
    with pytest.raises(ArtifactError, match="missing"):
        store.open("itemcf", artifact.manifest.version)
    (artifact.path / "manifest.json").write_text("{}")
    with pytest.raises(ArtifactError, match="cannot be read"):
        store.open("itemcf", artifact.manifest.version)
    assert store.versions("itemcf") == []


@pytest.mark.parametrize("version", ["never", "../itemcf", "", "."])
def test_an_unknown_version_is_refused_and_not_promoted(store: ArtifactStore, version: str) -> None:
    create(store)
    with pytest.raises(ArtifactError, match="no version"):
        store.promote("itemcf", version)
    assert store.current_version("itemcf") is None


def test_a_failing_writer_leaves_nothing(store: ArtifactStore) -> None:
    def write(directory: Path) -> None:
        write_numbers(directory)
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        create(store, write)
    assert list((store.root / "itemcf").iterdir()) == []


def test_a_full_disk_leaves_nothing_and_names_the_cure(store: ArtifactStore) -> None:
    kept = create(store)

    def write(directory: Path) -> None:
        write_numbers(directory)
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(ArtifactError, match=r"No space left on device.*Free disk space"):
        create(store, write)
    assert list((store.root / "itemcf").iterdir()) == [kept.path]


def test_files_in_directories_are_hashed_and_verified_too(store: ArtifactStore) -> None:
    def write_parts(directory: Path) -> None:
        (directory / "part").mkdir()
        write_numbers(directory / "part")

    created = create(store, write_parts)
    assert set(created.manifest.files) == {"part/numbers.npy"}
    (created.path / "part" / "numbers.npy").write_bytes(b"damaged")
    with pytest.raises(ArtifactError, match="differs from its hash"):
        store.open("itemcf", created.manifest.version)
