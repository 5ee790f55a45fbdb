"""The scorers by name, and how one comes back from its artifact. What serves needs numpy only."""

from models.artifacts import Artifact, ArtifactError, ArtifactStore
from models.sentiment.ensemble import Ensemble
from models.sentiment.interface import Scorer

DEFAULT = "ensemble"
SCORERS = (DEFAULT, "snownlp", "neural")
TRAINED = (DEFAULT, "neural")


def artifact_name(scorer: str) -> str:
    """Return the name a scorer's artifacts stand under."""
    return f"sentiment_{scorer}"


def load_ensemble(artifact: Artifact) -> Ensemble:
    """Load the scorer that serves from a verified artifact."""
    try:
        return Ensemble.load(artifact.path)
    except (OSError, ValueError, KeyError) as error:
        raise ArtifactError(
            f"{artifact.path} was written by another version. Run `huisheng train sentiment`."
        ) from error


def load(name: str, store: ArtifactStore) -> Scorer:
    """Load a scorer for batch work.

    Raises ArtifactError when it has not been trained.
    """
    if name == "snownlp":
        from models.sentiment.snownlp_scorer import SnowScorer

        return SnowScorer()
    artifact = store.current(artifact_name(name))
    if artifact is None:
        raise ArtifactError(f"{name} has not been trained: run `huisheng train sentiment {name}`.")
    if name == "neural":
        from models.sentiment.neural import Neural

        return Neural.load(artifact.path)
    return load_ensemble(artifact)
