"""听感相近 on the site: cold songs, true reasons, avoid lists, no row without features."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from sqlalchemy.orm import Session

from backend.care import service as care
from backend.recommendations import retraining
from backend.recommendations.snapshot import read_interactions
from backend.recommendations.tables import ModelVersion
from backend.settings import Settings
from backend.songs.tables import Song
from models.artifacts import ArtifactStore
from models.features.interface import Modality
from models.features.store import FeatureManifest, FeatureStore, Stored
from models.progress import silent
from models.recommender.song_features import stored_features
from models.recommender.train import train
from tests.backend.conftest import Person
from tests.backend.recommendations.conftest import TwoTastes
from tests.factories.library import NOON, Library

Persons = Callable[[str], Person]
Fit = Callable[[], None]
ROW = "/api/recommendations/multimodal"


class Made:
    """An encoder whose vectors the tests make up."""

    modality: Modality
    name, version, dimension = "made up", "1", 4

    def __init__(self, modality: Modality) -> None:
        self.modality = modality

    def encode(self, items: Any) -> Any:
        raise NotImplementedError


def describe(settings: Settings, modality: Modality, songs: list[Song], matrix: Any) -> None:
    """Put vectors into the feature store."""
    store = FeatureStore(settings.features_dir, modality)
    store.open(Made(modality))
    ids = np.array([song.id for song in songs], dtype=np.int64)
    store.add(Stored(ids, ids, np.ones(len(ids), dtype=bool), np.asarray(matrix, np.float32)))


@pytest.fixture
def newcomers(library: Library, two_tastes: TwoTastes) -> list[Song]:
    """Folk songs that nobody has met."""
    made = [
        library.song(f"新民谣{i}", artists=(library.artist(f"新手{i}"),), genres=("民谣",))
        for i in range(6)
    ]
    library.refresh()
    return made


@pytest.fixture
def described(settings: Settings, two_tastes: TwoTastes, newcomers: list[Song]) -> None:
    """Sound tells folk from rock, words tell nothing."""
    songs = [*two_tastes.folk, *two_tastes.rock, *newcomers]
    side = [1.0] * 10 + [-1.0] * 10 + [1.0] * 6
    rng = np.random.default_rng(2)
    sound = rng.standard_normal((len(songs), 4)) * 0.05
    sound[:, 0] += side
    describe(settings, "audio", songs, sound)
    describe(settings, "text", songs, rng.standard_normal((len(songs), 4)))


@pytest.fixture
def learned(session: Session, store: ArtifactStore, settings: Settings, described: None) -> None:
    interactions = read_interactions(session, progress=silent)
    features = stored_features(settings.features_dir)
    until = NOON + timedelta(days=9)
    train("multimodal", interactions, store, features=features, force=True, data_until=until)


@pytest.fixture
def fan(person: Persons, two_tastes: TwoTastes) -> Person:
    me = person("listener")
    for song in two_tastes.folk[:3]:
        assert me.put(f"/api/songs/{song.id}/heart").status_code == 200
    return me


def own(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for item in row["items"] if not item["fallback"]]


def test_songs_nobody_has_met_come_with_the_liked_song_they_are_like(
    fan: Person, learned: None, two_tastes: TwoTastes, newcomers: list[Song]
) -> None:
    row = fan.get(f"{ROW}?limit=20").json
    shown = {item["song"]["id"] for item in own(row)}
    assert shown & {song.id for song in newcomers}
    liked = {song.id: song.title for song in two_tastes.folk[:3]}
    assert not shown & set(liked)
    for item in own(row):
        reason = item["reason"]
        assert reason["kind"] == "alike"
        assert liked[reason["song"]["id"]] == reason["song"]["title"]
        parts = {part["modality"]: part["similarity"] for part in reason["parts"]}
        assert set(parts) == {"audio", "text"}
        assert sum(parts.values()) == pytest.approx(reason["similarity"], abs=2e-4)
        assert reason["modality"] == max(parts, key=lambda name: parts[name])


def test_home_has_the_row_once_there_is_a_model_and_its_other_rows_stay_as_they_were(
    fan: Person,
    fit: Fit,
    session: Session,
    store: ArtifactStore,
    settings: Settings,
    described: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("backend.recommendations.shelf.CHECK_EVERY", 0.0)
    fit()
    before = fan.get("/api/recommendations").json["rows"]
    assert [row["algorithm"] for row in before] == ["rnn", "usercf", "itemcf", "two_tower"]
    assert fan.get(ROW).json["state"] == "missing"
    features = stored_features(settings.features_dir)
    interactions = read_interactions(session, progress=silent)
    until = NOON + timedelta(days=9)
    train("multimodal", interactions, store, features=features, force=True, data_until=until)
    rows = fan.get("/api/recommendations").json["rows"]
    assert [row["algorithm"] for row in rows][-1] == "multimodal"
    for was, now in zip(before, rows, strict=False):
        assert [i["song"]["id"] for i in own(was)] == [i["song"]["id"] for i in own(now)]
    assert len(rows[-1]["items"]) == 4


@pytest.mark.parametrize("seed", range(6))
def test_avoid_always_wins_in_every_row(
    fan: Person,
    fit: Fit,
    learned: None,
    library: Library,
    session: Session,
    two_tastes: TwoTastes,
    newcomers: list[Song],
    seed: int,
) -> None:
    """Random wishes and hidden songs, against all that is proposed."""
    fit()
    rng = np.random.default_rng(seed)
    songs = [*two_tastes.folk, *two_tastes.rock, *newcomers]
    artists = [library.artist(f"{kind}手{i}") for kind in ("民谣", "摇滚", "新") for i in range(5)]
    for _ in range(5):
        kind: Any = ("song", "artist")[int(rng.integers(2))]
        found: list[Any] = songs if kind == "song" else artists
        care.set_wish(
            session, user_id=fan.id, author_id=fan.id, kind=kind,
            target_id=found[int(rng.integers(len(found)))].id, avoid=True,
        )  # fmt: skip
    session.commit()
    fan.put(f"/api/songs/{newcomers[int(rng.integers(6))].id}/hidden")
    avoided = care.avoided_songs(session, user_id=fan.id)
    assert avoided
    rows = [*fan.get("/api/recommendations").json["rows"], fan.get(f"{ROW}?limit=50").json]
    rows.append(fan.get(f"/api/songs/{newcomers[0].id}/similar?limit=24").json)
    assert {"itemcf", "usercf", "multimodal"} <= {row["algorithm"] for row in rows}
    proposed = {item["song"]["id"] for row in rows for item in row["items"]}
    assert proposed
    assert not proposed & avoided


def test_a_song_nobody_has_met_has_similar_songs(
    visitor: Person, fit: Fit, learned: None, two_tastes: TwoTastes, newcomers: list[Song]
) -> None:
    fit()
    row = visitor.get(f"/api/songs/{newcomers[0].id}/similar").json
    assert row["algorithm"] == "multimodal"
    folk = {song.id for song in (*two_tastes.folk, *newcomers)}
    assert {item["song"]["id"] for item in row["items"][:3]} <= folk


def test_new_features_are_learned_from_once_nobody_encodes(
    session: Session, settings: Settings, described: None, two_tastes: TwoTastes
) -> None:
    root = settings.features_dir
    assert not retraining.features_changed(session, root)  # never trained: a person begins
    session.add(
        ModelVersion(name="itemcf", version="1", rows=1, seed=1, metrics={}, created_at=NOON)
    )
    session.flush()
    assert retraining.features_changed(session, root)
    retraining.remember_features(root)()
    assert not retraining.features_changed(session, root)
    describe(settings, "text", two_tastes.folk[:1], np.ones((1, 4)))
    assert retraining.features_changed(session, root)
    retraining.remember_features(root)()
    assert isinstance(FeatureStore(root, "text").manifest(), FeatureManifest)
