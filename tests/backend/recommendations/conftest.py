"""A library whose listeners have two tastes, and recommenders trained on it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from backend.recommendations.snapshot import read_interactions
from backend.settings import Settings
from backend.songs.tables import Song
from models.artifacts import ArtifactStore
from models.progress import silent
from models.recommender.train import train
from tests.conftest import QUICK
from tests.factories.library import NOON, Library


@dataclass
class TwoTastes:
    """Ten folk and ten rock songs, each by its own artist; twelve listeners of each kind."""

    folk: list[Song]
    rock: list[Song]


@pytest.fixture
def two_tastes(library: Library) -> TwoTastes:
    kinds = {
        kind: [
            library.song(
                f"{kind}{i}",
                artists=(library.artist(f"{kind}手{i}"),),
                genres=(kind,),
                heat=50.0 - i,
            )
            for i in range(10)
        ]
        for kind in ("民谣", "摇滚")
    }
    for songs in kinds.values():
        for number in range(12):
            listener = library.listener()
            for place in range(8):
                song = songs[(number + place) % len(songs)]
                library.rate(listener, song, 5 if place % 3 else 4, NOON + timedelta(days=place))
    library.refresh()
    return TwoTastes(kinds["民谣"], kinds["摇滚"])


@pytest.fixture
def store(settings: Settings) -> ArtifactStore:
    return ArtifactStore(settings.artifacts_dir)


@pytest.fixture
def fit(session: Session, store: ArtifactStore) -> Callable[[], None]:
    """Trains and promotes the quick recommenders on what the database holds now."""

    def run() -> None:
        interactions = read_interactions(session, progress=silent)
        for name in QUICK:
            train(name, interactions, store, force=True, data_until=NOON + timedelta(days=9))

    return run
