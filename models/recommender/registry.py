"""The recommenders by name, and how one comes back from its artifact. Imports numpy only."""

from models.artifacts import Artifact, ArtifactError
from models.recommender.als import Als
from models.recommender.blend import Blend
from models.recommender.interface import Recommender
from models.recommender.itemcf import ItemCF
from models.recommender.multimodal import Multimodal
from models.recommender.popularity import Popularity
from models.recommender.rnn import Rnn
from models.recommender.session_rules import SessionRules
from models.recommender.two_tower import TwoTower
from models.recommender.usercf import UserCF
from models.recommender.vsknn import Vsknn

ALGORITHMS = (
    "popularity",
    "itemcf",
    "usercf",
    "session_rules",
    "vsknn",
    "rnn",
    "two_tower",
    "blend",
)

"""Those that learn from what listeners did alone."""
TRAINED = (*ALGORITHMS, "multimodal")
"""All that can be trained; multimodal needs features of songs."""

FAMILIES = {
    family.name: family
    for family in (
        *(Popularity, ItemCF, UserCF, SessionRules, Vsknn, Als, Rnn, TwoTower, Blend),
        Multimodal,
    )
}


def load(artifact: Artifact) -> Recommender:
    """Load the recommender of a verified artifact, memory-mapped."""
    name = artifact.manifest.name
    if name not in FAMILIES:
        raise ArtifactError(f"{name!r} is no recommender; train one of {', '.join(TRAINED)}.")
    try:
        return FAMILIES[name].load(artifact.path)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ArtifactError(
            f"{artifact.path} was written by another version of {name}. Train {name} again."
        ) from error
