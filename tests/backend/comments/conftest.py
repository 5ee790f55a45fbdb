"""Comments with a scorer."""

import pytest

from backend.comments.jobs import load_judge
from backend.comments.scores import Judge
from models.artifacts import ArtifactStore


@pytest.fixture(scope="session")
def judge(sentiment_store: ArtifactStore) -> Judge:
    found = load_judge(sentiment_store)
    assert found is not None
    return found
