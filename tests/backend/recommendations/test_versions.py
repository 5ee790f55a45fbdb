"""The table of 如何推荐 and the metric history, over HTTP."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.recommendations.jobs import record
from backend.recommendations.snapshot import read_interactions
from models.artifacts import ArtifactStore
from models.progress import silent
from models.recommender.train import train
from tests.backend.conftest import Person
from tests.backend.recommendations.conftest import TwoTastes


@pytest.fixture
def trained(session: Session, store: ArtifactStore, two_tastes: TwoTastes) -> list[str]:
    """A popularity and two versions of itemcf, the second one serving."""
    interactions = read_interactions(session, progress=silent)
    versions = []
    for name in ("popularity", "itemcf", "itemcf"):
        artifact = train(name, interactions, store, force=True, data_until=utc_now())
        record(session, artifact.manifest)
        session.commit()  # a savepoint's: a refused request must not undo it
        versions.append(artifact.manifest.version)
    return versions


def test_anybody_sees_what_the_serving_versions_measured(
    visitor: Person, trained: list[str], store: ArtifactStore
) -> None:
    items = visitor.get("/api/recommendations/figures").json["items"]
    assert [(one["algorithm"], one["version"]) for one in items] == [
        ("popularity", trained[0]),
        ("itemcf", trained[2]),
    ]
    manifest = store.open("itemcf", trained[2]).manifest
    own = items[1]["own"]
    assert own["ndcg_10"] == manifest.metrics["own"]["ndcg@10"]
    assert 0 < own["coverage_10"] <= 1
    assert items[1]["popularity"]["hr_10"] == items[0]["own"]["hr_10"]
    assert items[1]["random"]["recall_20"] is not None
    assert items[1]["rows"] == manifest.rows


def test_before_any_training_the_table_is_empty(visitor: Person) -> None:
    assert visitor.get("/api/recommendations/figures").json == {"items": []}


def test_the_history_keeps_older_versions(admin: Person, trained: list[str]) -> None:
    page = admin.get("/api/models?per_page=2").json
    assert page["total"] == 3
    assert [one["version"] for one in page["items"]] == trained[:0:-1]
    assert [one["serving"] for one in page["items"]] == [True, False]
    rest = admin.get("/api/models?per_page=2&page=2").json["items"]
    assert [one["version"] for one in rest] == trained[:1]


def test_a_version_rolled_back_serves_again(admin: Person, trained: list[str]) -> None:
    answer = admin.put("/api/models/itemcf/serving", {"version": trained[1]})
    assert answer.status_code == 204
    items = admin.get("/api/models").json["items"]
    assert [one["version"] for one in items if one["serving"]] == [trained[1], trained[0]]


def test_what_was_never_trained_or_is_damaged_does_not_serve(
    admin: Person, trained: list[str], store: ArtifactStore
) -> None:
    unknown = admin.put("/api/models/itemcf/serving", {"version": trained[0]})
    assert (unknown.status_code, unknown.json["type"]) == (404, "/problems/version-not-found")
    manifest = store.root / "itemcf" / trained[1] / "manifest.json"
    manifest.write_text("{}")
    damaged = admin.put("/api/models/itemcf/serving", {"version": trained[1]})
    assert (damaged.status_code, damaged.json["type"]) == (409, "/problems/version-damaged")
    assert store.current_version("itemcf") == trained[2]


def test_the_history_is_for_admins(person: Callable[[str], Person], visitor: Person) -> None:
    assert visitor.get("/api/models").status_code == 401
    assert person("listener").get("/api/models").status_code == 403


def test_figures_that_an_older_version_did_not_measure_are_null(
    visitor: Person, session: Session, trained: list[str], store: ArtifactStore
) -> None:
    manifest = store.open("itemcf", trained[2]).manifest
    old = {who: {"hr@10": 0.5} for who in manifest.metrics}
    early = replace(manifest, version=trained[2] + "-old", metrics=old)
    record(session, early)
    (store.root / "itemcf" / "current").write_text(early.version)
    own = visitor.get("/api/recommendations/figures").json["items"][1]["own"]
    assert (own["hr_10"], own["coverage_10"]) == (0.5, None)
