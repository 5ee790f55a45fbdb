"""The recommenders by name, and how one comes back from its artifact. Imports numpy only."""

from models.artifacts import Artifact, ArtifactError
from models.recommender.interface import Recommender
from models.recommender.itemcf import ItemCF
from models.recommender.popularity import Popularity
from models.recommender.rnn import Rnn
from models.recommender.usercf import UserCF

ALGORITHMS = ("popularity", "itemcf", "usercf", "rnn")

FAMILIES = {family.name: family for family in (Popularity, ItemCF, UserCF, Rnn)}


def load(artifact: Artifact) -> Recommender:
    """Load the recommender of a verified artifact, memory-mapped."""
    name = artifact.manifest.name
    if name not in FAMILIES:
        raise ArtifactError(f"{name!r} is no recommender; train one of {', '.join(ALGORITHMS)}.")
    try:
        return FAMILIES[name].load(artifact.path)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ArtifactError(
            f"{artifact.path} was written by another version of {name}. Train {name} again."
        ) from error
