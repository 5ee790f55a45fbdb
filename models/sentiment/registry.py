"""The scorers by name, and how one comes back from its artifact. What serves needs numpy only."""

from models.artifacts import Artifact, ArtifactError
from models.sentiment.ensemble import Ensemble

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
