"""Fit ALS with the library implicit."""

import numpy as np
from implicit.als import AlternatingLeastSquares  # type: ignore[import-untyped]
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from models.recommender.als import Als, AlsConfig
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.similarity import likes_matrix


def fit_als(interactions: Interactions, config: AlsConfig, *, seed: int) -> Als:
    """Factorise who likes what."""
    vocabulary = Vocabulary.of(interactions.items)
    likes = likes_matrix(interactions, vocabulary)
    listeners = np.maximum(np.bincount(likes.indices, minlength=len(vocabulary)), 1)
    typical = np.median(listeners[likes.indices]) if likes.nnz else 1.0
    strengths = (listeners / typical) ** -config.popularity_power
    likes.data *= strengths[likes.indices]
    with threadpool_limits(1, "blas"):  # implicit runs threads of its own
        model = AlternatingLeastSquares(
            factors=config.width,
            regularization=config.regularization,
            alpha=config.confidence,
            iterations=config.iterations,
            random_state=seed,
            num_threads=1,
        )
        model.fit(likes, show_progress=False)
    songs = np.asarray(model.item_factors, dtype=np.float32)
    gram = songs.T @ songs + np.float32(config.regularization) * np.eye(
        config.width, dtype=np.float32
    )
    return Als(config, vocabulary, songs, strengths.astype(np.float32), gram)
