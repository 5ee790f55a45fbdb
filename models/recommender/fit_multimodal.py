"""Fit the vectors of songs from their features, led by who likes what."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.interface import Floats
from models.recommender.multimodal import ModalityConfig, Multimodal, MultimodalConfig
from models.recommender.similarity import likes_matrix
from models.recommender.song_features import FeaturesMissing, SongFeatures
from models.recommender.song_space import unit

WIDTH = 32
"""Columns of a block, at most: serving multiplies them with every song."""


def fit_multimodal(
    interactions: Interactions, config: MultimodalConfig, *, features: Sequence[SongFeatures]
) -> Multimodal:
    """Fit with the given settings (see `choose_multimodal`).

    Features must be condensed, each under the name of its modality; one without settings takes no
    part. Raises FeaturesMissing when no song has any.
    """
    blocks = {
        feature.name: (
            feature.songs,
            projected(interactions, feature, config.modalities[feature.name].ridge),
        )
        for feature in features
        if len(feature.songs) and feature.name in config.modalities
    }
    if not blocks:
        raise FeaturesMissing("multimodal")
    return assembled(config, blocks)


Block = tuple[NDArray[np.int64], Floats]
"""Songs, and a row of unit length for each."""


def assembled(config: MultimodalConfig, blocks: Mapping[str, Block]) -> Multimodal:
    """Put blocks side by side: cosines of whole vectors are weighed means of the blocks' own."""
    vocabulary = Vocabulary.of(np.concatenate([songs for songs, _ in blocks.values()]))
    columns = []
    parts: dict[str, ModalityConfig] = {}
    for name, (songs, rows) in blocks.items():
        part = config.modalities[name]
        block = np.zeros((len(vocabulary), rows.shape[1]), dtype=np.float32)
        block[vocabulary.indices(songs)] = rows * np.sqrt(part.weight, dtype=np.float32)
        columns.append(block)
        parts[name] = replace(part, width=rows.shape[1])
    vectors = unit(np.concatenate(columns, axis=1)).astype(np.float32)
    return Multimodal(replace(config, modalities=parts), vocabulary, vectors)


def projected(interactions: Interactions, features: SongFeatures, ridge: float | None) -> Floats:
    """Project a modality so that songs liked by the same people lie near; rows of unit length.

    With X the condensed features of the songs that anybody likes and B the likes, each song's row
    of length 1: R = (X'X + ridge * mean eigenvalue)^-1 X'B tells each listener's likes from
    features; the projection keeps the WIDTH leading directions of R, as long as they are strong.
    """
    if ridge is None:
        return unit(features.matrix[:, :WIDTH])
    heard = features.within(interactions.items)
    order = np.argsort(heard.songs)
    songs, known = heard.songs[order], heard.matrix[order].astype(np.float64)
    rows = interactions.take(np.isin(interactions.items, songs))
    likes = sparse.csr_matrix(likes_matrix(rows, Vocabulary(songs)).T)
    lengths = np.sqrt(np.maximum(np.diff(likes.indptr), 1))
    told = (known / lengths[:, None]).T @ likes
    gram = known.T @ known
    held = ridge * np.trace(gram) / len(gram) * np.eye(len(gram))
    tastes = np.linalg.solve(gram + held, told)
    strengths, directions = np.linalg.eigh(tastes @ tastes.T)
    leading = directions[:, ::-1][:, :WIDTH] * np.sqrt(np.maximum(strengths[::-1][:WIDTH], 0))
    return unit(features.matrix @ leading.astype(np.float32)).astype(np.float32)
