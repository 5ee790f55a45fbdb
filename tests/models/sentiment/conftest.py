"""The scorer that serves, fitted once."""

import pytest

from models.sentiment.corpus import Corpus, read_corpus
from models.sentiment.ensemble import Ensemble
from models.sentiment.fit_ensemble import fit


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    return read_corpus()


@pytest.fixture(scope="session")
def ensemble(corpus: Corpus) -> Ensemble:
    return fit(corpus)[0]
