"""Train the two towers in Keras. Imports TensorFlow: never import this where one serves."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from models.progress import Progress, silent
from models.recommender.evaluate import evaluate
from models.recommender.interactions import Interactions, InteractionsError, Vocabulary
from models.recommender.interface import Floats
from models.recommender.song_features import SongFeatures, aligned, named_songs
from models.recommender.sparse_rows import indptr_of
from models.recommender.split import carve_share
from models.recommender.two_tower import TwoTower, TwoTowerConfig

LONGEST = 100
"""Songs of a history that are averaged in a step."""
RARE = 0.1
"""The quantile of all biases that songs get which nobody met."""
WATCHED = 2_000
"""Listeners whose held-out songs decide when to stop."""


class Towers(keras.Model):  # type: ignore[misc]
    """A table of what was heard; a song tower over id and features.

    Songs that nobody met (`met` False) have no vector of their own: features alone place them.
    """

    def __init__(
        self, config: TwoTowerConfig, features: Floats, met: NDArray[np.bool_] | None = None
    ) -> None:
        super().__init__()
        shape = (len(features), config.width)
        small = keras.initializers.RandomNormal(stddev=config.width**-0.5)
        self.settings = config
        self.features = tf.constant(features)
        self.heard = self.add_weight(shape=shape, initializer=small, name="heard")
        self.songs = self.add_weight(shape=shape, initializer=small, name="songs")
        self.bias = self.add_weight(shape=shape[:1], initializer="zeros", name="bias")
        self.projection = self.add_weight(
            shape=(features.shape[1], config.width), initializer="zeros", name="projection"
        )
        self.described = tf.constant(features.any(axis=1), tf.float32)
        self.met = np.ones(len(features), dtype=np.bool_) if met is None else met
        if not self.met.all():
            for table in (self.heard, self.songs):
                table.assign(table * self.met[:, None].astype(np.float32))

    def listeners(self, items: Any, evidence: Any) -> Any:
        """Average padded histories [batch, time] by evidence into unit vectors."""
        return tf.math.l2_normalize(
            tf.einsum("bt,btw->bw", evidence, tf.gather(self.heard, items)), -1
        )

    def song_vectors(self, songs: Any, training: bool = False) -> Any:
        """Give unit vectors of songs; in training some are told from their features alone."""
        own = tf.gather(self.songs, songs)
        if training and self.features.shape[1]:
            drawn = tf.random.uniform(tf.shape(songs), seed=1) < self.settings.blind
            left_out = tf.cast(drawn, tf.float32) * tf.gather(self.described, songs)
            own *= (1 - left_out)[:, None]
        described = tf.matmul(tf.gather(self.features, songs), self.projection)
        return tf.math.l2_normalize(own + described, -1)

    def call(self, items: Any, evidence: Any, candidates: Any, training: bool = False) -> Any:
        """Give the logit of every candidate for every listener."""
        cosines = tf.matmul(
            self.listeners(items, evidence),
            self.song_vectors(candidates, training),
            transpose_b=True,
        )
        return cosines / self.settings.temperature + tf.gather(self.bias, candidates)

    def export(self, vocabulary: Vocabulary, config: TwoTowerConfig) -> TwoTower:
        """Compute the song tower once and copy the weights into what serves."""
        songs = self.song_vectors(np.arange(len(vocabulary))).numpy()
        bias = self.bias.numpy()
        # What nobody met is as unlikely as what hardly anybody did.
        bias[~self.met] = np.quantile(bias[self.met], RARE)
        return TwoTower(config, vocabulary, self.heard.numpy(), songs, bias)


def train_two_tower(
    interactions: Interactions,
    config: TwoTowerConfig,
    *,
    features: Sequence[SongFeatures] = (),
    seed: int,
    progress: Progress = silent,
) -> TwoTower:
    """Train over the songs of the interactions and of the features.

    Stops early on the NDCG of a tenth of each listener's songs, held out for that. The result's
    config carries the number of epochs that was best and patience 0: training with it on more
    interactions repeats as many epochs unwatched. Raises InteractionsError when no listener likes
    two songs.
    """
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    vocabulary = Vocabulary.of(np.append(interactions.items, named_songs(features)))
    watched = None
    if config.patience:
        watched = carve_share(interactions, seed=seed).sample(WATCHED, seed=seed)
    batches = Batches(watched.train if watched else interactions, vocabulary, config, seed)
    met = np.isin(vocabulary.ids, interactions.items)
    towers = Towers(config, aligned(features, vocabulary), met)
    step = _step(towers, keras.optimizers.Adam(config.learning_rate))
    best, reached = None, -1.0
    epochs = min(config.epochs, max(1, config.steps // len(batches)))
    for epoch in range(1, epochs + 1):
        for batch in batches:
            step(*map(tf.constant, batch))
        progress("two_tower", epoch, epochs)
        if watched is None:
            continue
        trained = towers.export(vocabulary, replace(config, epochs=epoch, patience=0))
        figure = evaluate(trained, watched).get("ndcg@10", 0.0)
        if figure > reached:
            best, reached = trained, figure
        elif best is not None and epoch - best.config.epochs >= config.patience:
            progress("two_tower", epochs, epochs)
            break
    return best or towers.export(vocabulary, config)


class Batches:
    """Steps of one epoch: each listener's songs halved at random into history and targets."""

    def __init__(
        self, interactions: Interactions, vocabulary: Vocabulary, config: TwoTowerConfig, seed: int
    ) -> None:
        merged = interactions.merged()
        merged = merged.take(merged.values > 0) if (merged.values > 0).any() else merged
        users = Vocabulary.of(merged.users)
        self.indptr = indptr_of(users.indices(merged.users), len(users))
        self.items = vocabulary.indices(merged.items)
        self.values = merged.values
        self.several = np.flatnonzero(np.diff(self.indptr) >= 2)
        if len(self.several) == 0 or not (merged.values > 0).any():
            raise InteractionsError("no listener likes two songs: there is nothing to learn from")
        self.share = np.bincount(self.items, minlength=len(vocabulary)) / len(self.items)
        self.config = config
        self.rng = np.random.default_rng(seed)

    def __len__(self) -> int:
        return -(-len(self.several) // self.config.batch)

    def __iter__(self) -> Iterator[tuple[NDArray[Any], ...]]:
        order = self.rng.permutation(self.several)
        for start in range(0, len(order), self.config.batch):
            yield self._batch(order[start : start + self.config.batch])

    def _batch(self, users: NDArray[np.int64]) -> tuple[NDArray[Any], ...]:
        """Give padded histories and their evidence, candidates, their logQ, and what is asked.

        Asked: listeners x candidates, 1 where the song is a target; liked: 1 where it is liked.
        """
        drawn = [
            self.rng.permutation(np.arange(self.indptr[user], self.indptr[user + 1]))
            for user in users
        ]
        past = [rows[len(rows) // 2 :][:LONGEST] for rows in drawn]
        wanted = [rows[: len(rows) // 2][: self.config.targets] for rows in drawn]
        width = max(map(len, past))
        items = np.zeros((len(users), width), dtype=np.int32)
        evidence = np.zeros((len(users), width), dtype=np.float32)
        for row, rows in enumerate(past):
            items[row, : len(rows)] = self.items[rows]
            evidence[row, : len(rows)] = self.values[rows]
        candidates = np.unique(self.items[np.concatenate(wanted)])
        asked = np.zeros((len(users), len(candidates)), dtype=np.float32)
        liked = np.zeros((len(users), len(candidates)), dtype=np.float32)
        for row, (rows, targets) in enumerate(zip(drawn, wanted, strict=True)):
            asked[row, np.searchsorted(candidates, self.items[targets])] = 1
            liked[row, np.isin(candidates, self.items[rows])] = 1
        expected = asked.sum() * self.share[candidates]
        log_q = np.log(-np.expm1(-expected)).astype(np.float32)
        return items, evidence, candidates.astype(np.int32), log_q, asked, liked


def _step(towers: Towers, optimizer: keras.optimizers.Optimizer) -> Any:
    """Compile one update: each target against the candidates that its listener does not like."""
    optimizer.build(towers.trainable_variables)
    grid = tf.TensorSpec([None, None], tf.float32)

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[
            tf.TensorSpec([None, None], tf.int32),
            grid,
            tf.TensorSpec([None], tf.int32),
            tf.TensorSpec([None], tf.float32),
            grid,
            grid,
        ]
    )
    def step(
        items: Any, evidence: Any, candidates: Any, log_q: Any, asked: Any, liked: Any
    ) -> None:
        with tf.GradientTape() as tape:
            logits = towers(items, evidence, candidates, training=True) - log_q
            others = tf.reduce_logsumexp(logits - 1e9 * liked, axis=1, keepdims=True)
            # softplus(others - own) = -log of own's share among itself and the others.
            losses = tf.math.softplus(others - logits)
            loss = tf.reduce_sum(asked * losses) / tf.reduce_sum(asked)
        gradients = tape.gradient(loss, towers.trainable_variables)
        optimizer.apply_gradients(zip(gradients, towers.trainable_variables, strict=True))

    return step
