"""Train the recurrent network in Keras. Imports TensorFlow: never import this where one serves."""

from dataclasses import replace
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from models.progress import Progress, silent
from models.recommender.evaluate import evaluate
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.interface import Floats
from models.recommender.rnn import Rnn, RnnConfig, input_scale
from models.recommender.sequences import IGNORED, Sequences, Windows
from models.recommender.spectral import spectral_table
from models.recommender.split import leave_last_out

CLIP = 5.0
"""Largest norm of a step's gradient."""


class NextSong(keras.Model):  # type: ignore[misc]
    """Songs in, a state per place out; `logits` compares states with songs."""

    def __init__(self, config: RnnConfig, start: Floats) -> None:
        super().__init__()
        self.settings = config
        self.tied = config.network == "gru"
        layer = keras.layers.GRU if self.tied else keras.layers.SimpleRNN
        self.recurrent = layer(config.width, return_sequences=True)
        self.heard_dropout = keras.layers.Dropout(config.embedding_dropout)
        self.state_dropout = keras.layers.Dropout(config.state_dropout)
        self.table = self.add_weight(
            shape=start.shape, initializer=keras.initializers.Constant(start), name="songs"
        )
        self.recurrent.build((None, None, config.width))
        if not self.tied:
            self.outputs_table = self.add_weight(shape=start.shape, name="outputs")
            self.outputs_bias = self.add_weight(
                shape=start.shape[:1], initializer="zeros", name="output_bias"
            )

    def call(self, items: Any, training: bool = False) -> Any:
        """Read padded songs [batch, time] into states [batch, time, width]."""
        vectors = tf.gather(self.table, items)
        if self.tied:
            vectors = tf.math.l2_normalize(vectors, -1) * input_scale(self.settings.width)
        states = self.recurrent(self.heard_dropout(vectors, training=training))
        return self.state_dropout(states, training=training)

    def logits(self, states: Any, candidates: Any) -> Any:
        """Score candidate songs for states [places, width]."""
        if self.tied:
            songs = tf.math.l2_normalize(tf.gather(self.table, candidates), -1)
            cosines = tf.matmul(tf.math.l2_normalize(states, -1), songs, transpose_b=True)
            return cosines * self.settings.scale
        songs = tf.gather(self.outputs_table, candidates)
        bias = tf.gather(self.outputs_bias, candidates)
        return tf.matmul(states, songs, transpose_b=True) + bias

    def export(self, vocabulary: Vocabulary, config: RnnConfig) -> Rnn:
        """Copy the weights into what serves."""
        kernel, recurrent, bias = (weight.numpy() for weight in self.recurrent.weights)
        if self.tied:
            songs = tf.math.l2_normalize(self.table, -1).numpy()
            return Rnn(config, vocabulary, songs, kernel, recurrent, bias)
        outputs = (self.outputs_table.numpy(), self.outputs_bias.numpy())
        return Rnn(config, vocabulary, self.table.numpy(), kernel, recurrent, bias, *outputs)


def train_rnn(
    interactions: Interactions, config: RnnConfig, *, seed: int, progress: Progress = silent
) -> Rnn:
    """Train, stopping early on the MRR of each listener's last song, held out for that.

    The result's config carries the number of epochs that was best and patience 0: training with it
    on more interactions repeats as many epochs unwatched. Raises InteractionsError when no
    listener likes two songs.
    """
    keras.utils.set_random_seed(seed)
    tf.config.experimental.enable_op_determinism()
    rng = np.random.default_rng(seed)
    vocabulary = Vocabulary.of(interactions.items)
    watched = leave_last_out(interactions, seed=seed, listeners=1_000) if config.patience else None
    sequences = Sequences.of(watched.train if watched else interactions, vocabulary)

    def windows() -> Windows:
        return sequences.windows(config.window, learn_repeats=config.learn_repeats, rng=rng)

    start = spectral_table(windows(), len(vocabulary), config.width, rng)
    model = NextSong(config, start)
    step = _step(model, keras.optimizers.Adam(config.learning_rate, global_clipnorm=CLIP))
    candidates = Candidates(sequences, len(vocabulary), config, rng)
    best, best_mrr = None, -1.0
    for epoch in range(1, config.epochs + 1):
        batches = _batches(windows(), config.batch, rng)
        total = config.epochs * len(batches)
        for done, (inputs, targets) in enumerate(batches, start=(epoch - 1) * len(batches) + 1):
            step(inputs, *candidates.of(targets))
            progress("rnn", done, total)
        if watched is None:
            continue
        trained = model.export(vocabulary, replace(config, epochs=epoch, patience=0))
        mrr = evaluate(trained, watched).get("mrr@20", 0.0)
        if mrr > best_mrr:
            best, best_mrr = trained, mrr
        elif best is not None and epoch - best.config.epochs >= config.patience:
            progress("rnn", total, total)
            break
    return best or model.export(vocabulary, config)


class Candidates:
    """The songs that the softmax of a step ranks: all, or the batch's own and drawn ones."""

    def __init__(
        self, sequences: Sequences, size: int, config: RnnConfig, rng: np.random.Generator
    ) -> None:
        counts = np.bincount(sequences.items, minlength=size)
        self.everything = size <= config.full_softmax
        self.frequency = counts / counts.sum()
        self.chance = counts**0.5 / (counts**0.5).sum()
        self.size, self.negatives, self.rng = size, config.negatives, rng

    def of(self, targets: NDArray[np.int32]) -> tuple[Any, Any, Any]:
        """Give targets as places among the candidates, the candidates, and their logQ.

        logQ = ln(1 - exp(-(N p + n q))): how likely a song is among the N targets, drawn with its
        frequency p, or among the n negatives, drawn with q proportional to p^0.5.
        """
        if self.everything:
            songs = np.arange(self.size, dtype=np.int32)
            return tf.constant(targets), tf.constant(songs), tf.zeros(self.size)
        wanted = targets[targets != IGNORED]
        drawn = self.rng.choice(self.size, self.negatives, p=self.chance)
        songs = np.union1d(wanted, drawn)
        expected = len(wanted) * self.frequency[songs] + self.negatives * self.chance[songs]
        places = np.where(targets == IGNORED, IGNORED, np.searchsorted(songs, targets))
        log_q = np.log(-np.expm1(-expected)).astype(np.float32)
        return tf.constant(places, tf.int32), tf.constant(songs, tf.int32), tf.constant(log_q)


def _step(model: NextSong, optimizer: keras.optimizers.Optimizer) -> Any:
    """Compile one update: cross-entropy of the next song at every place that has one."""
    optimizer.build(model.trainable_variables)

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[
            tf.TensorSpec([None, None], tf.int32),
            tf.TensorSpec([None, None], tf.int32),
            tf.TensorSpec([None], tf.int32),
            tf.TensorSpec([None], tf.float32),
        ]
    )
    def step(inputs: Any, targets: Any, candidates: Any, log_q: Any) -> None:
        asked = tf.where(targets != IGNORED)
        with tf.GradientTape() as tape:
            states = tf.gather_nd(model(inputs, training=True), asked)
            logits = model.logits(states, candidates) - log_q
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(tf.gather_nd(targets, asked), logits)
            )
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(gradients, model.trainable_variables, strict=True))

    return step


def _batches(
    windows: Windows, size: int, rng: np.random.Generator
) -> list[tuple[NDArray[np.int32], NDArray[np.int32]]]:
    """Group windows of like length, cut off their common padding and shuffle the groups."""
    asked = windows.targets != IGNORED
    lengths = np.where(asked.any(axis=1), asked.shape[1] - asked[:, ::-1].argmax(axis=1), 0)
    order = rng.permutation(np.flatnonzero(lengths))
    order = order[np.argsort(lengths[order], kind="stable")]
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    return [
        (windows.inputs[rows, : lengths[rows[-1]]], windows.targets[rows, : lengths[rows[-1]]])
        for rows in (groups[place] for place in rng.permutation(len(groups)))
    ]
