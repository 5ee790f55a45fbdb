from collections.abc import Callable

import pytest

from backend.recommendations import shelf as module
from backend.recommendations.shelf import Shelf
from models.artifacts import ArtifactStore
from models.recommender.registry import load
from tests.backend.recommendations.conftest import TwoTastes

Fit = Callable[[], None]


@pytest.fixture(autouse=True)
def _look_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHECK_EVERY", 0.0)


def test_nothing_trained_gives_nothing(store: ArtifactStore) -> None:
    assert Shelf(store, load).get("itemcf") is None


def test_a_promotion_is_noticed_and_swapped_in(
    store: ArtifactStore, fit: Fit, two_tastes: TwoTastes
) -> None:
    shelf = Shelf(store, load)
    fit()
    first = shelf.get("itemcf")
    fit()
    second = shelf.get("itemcf")
    assert first
    assert second
    assert second.version == store.current_version("itemcf") != first.version


def test_a_damaged_version_is_refused_and_the_one_in_memory_serves_on(
    store: ArtifactStore, fit: Fit, two_tastes: TwoTastes
) -> None:
    shelf = Shelf(store, load)
    fit()
    first = shelf.get("itemcf")
    fit()
    _damage(store)
    assert shelf.get("itemcf") == first


def test_a_fresh_process_passes_over_a_damaged_version(
    store: ArtifactStore, fit: Fit, two_tastes: TwoTastes
) -> None:
    fit()
    good = store.current_version("itemcf")
    fit()
    _damage(store)
    found = Shelf(store, load).get("itemcf")
    assert found
    assert found.version == good


def _damage(store: ArtifactStore) -> None:
    version = store.current_version("itemcf")
    assert version
    file = next((store.root / "itemcf" / version).glob("*.np*"))
    file.write_bytes(file.read_bytes()[:-1] + b"?")
