"""Any scorer by name, for batch work: what serves loads only the ensemble (`registry`)."""

from models.artifacts import ArtifactError, ArtifactStore
from models.sentiment.interface import Scorer
from models.sentiment.neural import Neural
from models.sentiment.registry import artifact_name, load_ensemble
from models.sentiment.snownlp_scorer import SnowScorer


def load(name: str, store: ArtifactStore) -> Scorer:
    """Load a scorer for batch work.

    Raises ArtifactError when it has not been trained.
    """
    if name == "snownlp":
        return SnowScorer()
    artifact = store.current(artifact_name(name))
    if artifact is None:
        raise ArtifactError(f"{name} has not been trained: run `huisheng train sentiment {name}`.")
    if name == "neural":
        return Neural.load(artifact.path)
    return load_ensemble(artifact)
