"""A small demo library, made once."""

from datetime import UTC, datetime

import pytest

from backend.demo import corpus
from backend.demo.catalogue import Catalogue, build
from backend.demo.listeners import Simulation, Size, simulate

UNTIL = datetime(2026, 6, 1, 4, tzinfo=UTC)
SMALL = Size(listeners=60, plays=6_000, ratings=1_200, comments=1_500)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return build(corpus.own(), songs=400, seed=3, until=UNTIL.date())


@pytest.fixture(scope="session")
def simulation(catalogue: Catalogue) -> Simulation:
    return simulate(catalogue, SMALL, seed=3, until=UNTIL)
