"""Train the recurrent network in Keras. Imports TensorFlow: never import this where one serves."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from models.progress import Progress, silent
from models.recommender.checkpoint import Checkpoint
from models.recommender.evaluate import evaluate
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.interface import Floats
from models.recommender.rnn import Rnn, RnnConfig, input_scale
from models.recommender.rnn_batches import Candidates, batches_of
from models.recommender.sequences import IGNORED, Sequences, Windows
from models.recommender.spectral import spectral_table
from models.recommender.split import Split, leave_last_out

WATCHED = 1_000
"""Listeners whose held-out song decides when to stop."""
CLIP = 5.0
"""Largest norm of a step's gradient."""
Step = tuple[Callable[..., None], list[Any]]
"""An update, and the variables in which its optimizer remembers."""
ACCUMULATED = 1e-8
"""What Adagrad starts its sums of squares from: small, for a song is met in few steps."""


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

    def call(self, items: Any, training: bool = False, table: Any = None) -> Any:
        """Read padded songs [batch, time] into states [batch, time, width].

        `table` stands for the song table where only some of its rows are differentiated.
        """
        vectors = tf.gather(self.table if table is None else table, items)
        if self.tied:
            vectors = tf.math.l2_normalize(vectors, -1) * input_scale(self.settings.width)
        states = self.recurrent(self.heard_dropout(vectors, training=training))
        return self.state_dropout(states, training=training)

    def logits(self, states: Any, candidates: Any, table: Any = None) -> Any:
        """Score candidate songs for states [places, width]."""
        if self.tied:
            rows = tf.gather(self.table if table is None else table, candidates)
            songs = tf.math.l2_normalize(rows, -1)
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
    interactions: Interactions,
    config: RnnConfig,
    *,
    seed: int,
    progress: Progress = silent,
    checkpoints: Path | None = None,
    watched: Split | None = None,
) -> Rnn:
    """Train, stopping early on the MRR of `watched`, else of each listener's last song, held out.

    The result's config carries the number of epochs that was best and patience 0: training with it
    on more interactions repeats as many epochs unwatched. With a directory for checkpoints a
    training that was stopped goes on after its last whole epoch and ends as if it had not been.
    Raises InteractionsError when no listener likes two songs.
    """
    if not config.patience:
        watched = None
    elif watched is None:
        watched = leave_last_out(interactions, seed=seed, listeners=WATCHED)
        interactions = watched.train
    training = _Training(interactions, config, seed)
    checkpoint = checkpoints and Checkpoint(checkpoints, interactions, config, seed=seed)
    if checkpoint and (saved := checkpoint.load()):
        training.restore(*saved)
    while training.epoch < config.epochs and not training.over:
        training.run_epoch(progress)
        if watched:
            training.watch(watched)
        if checkpoint:
            checkpoint.save(*training.state())
    progress("rnn", training.steps, training.steps)
    if checkpoint:
        checkpoint.clear()
    return training.best or training.model.export(training.vocabulary, config)


class _Training:
    """A training between two epochs: all that it takes to go on."""

    def __init__(self, interactions: Interactions, config: RnnConfig, seed: int) -> None:
        keras.utils.set_random_seed(seed)
        tf.config.experimental.enable_op_determinism()
        self.config = config
        self.rng = np.random.default_rng(seed)
        self.vocabulary = Vocabulary.of(interactions.items)
        self.sequences = Sequences.of(interactions, self.vocabulary)
        size = len(self.vocabulary)
        self.candidates = Candidates(self.sequences, size, config, self.rng)
        self.decay = 0.0 if self.candidates.everything else config.decay
        start = spectral_table(self._windows(), size, config.width, self.rng, decay=self.decay)
        self.model = NextSong(config, start)
        sampled = self.model.tied and not self.candidates.everything
        self.step, memory = sampled_step(self.model) if sampled else whole_step(self.model)
        self.size = config.sampled_batch if sampled else config.batch
        self.variables = [*self.model.variables, *memory]
        self.epoch = self.steps = 0
        self.best: Rnn | None = None
        self.best_mrr = -1.0

    @property
    def over(self) -> bool:
        """Whether the best epoch lies as far back as patience allows."""
        best = self.best
        return best is not None and self.epoch - best.config.epochs >= self.config.patience

    def run_epoch(self, progress: Progress) -> None:
        """Read the listening once, what is old by chance."""
        windows = self._windows()
        chance = np.exp(-self.decay * windows.ages)
        read = float(chance @ (windows.targets != IGNORED).sum(axis=1))
        chance *= min(1.0, self.config.events / max(read, 1.0))
        windows = windows.take(self.rng.random(len(chance)) < chance)
        batches = batches_of(windows, self.size, self.rng)
        total = self.steps + (self.config.epochs - self.epoch) * len(batches)
        for inputs, targets in batches:
            self.step(inputs, *self.candidates.of(targets))
            self.steps += 1
            progress("rnn", self.steps, total)
        self.epoch += 1

    def watch(self, watched: Split) -> None:
        """Measure on what is held out and keep the best."""
        settings = replace(self.config, epochs=self.epoch, patience=0)
        trained = self.model.export(self.vocabulary, settings)
        mrr = evaluate(trained, watched).get("mrr@20", 0.0)
        if mrr > self.best_mrr:
            self.best, self.best_mrr = trained, mrr

    def state(self) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
        """Give everything as JSON and arrays."""
        state = {
            "epoch": self.epoch,
            "steps": self.steps,
            "rng": self.rng.bit_generator.state,
            "best_epoch": self.best.config.epochs if self.best else None,
            "best_mrr": self.best_mrr,
        }
        arrays = {str(place): value.numpy() for place, value in enumerate(self.variables)}
        if self.best:
            arrays |= {f"best_{name}": array for name, array in self.best.arrays().items()}
        return state, arrays

    def restore(self, state: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> None:
        """Go back to a state."""
        for place, variable in enumerate(self.variables):
            variable.assign(arrays[str(place)])
        self.epoch, self.steps = state["epoch"], state["steps"]
        self.rng.bit_generator.state = state["rng"]
        self.best_mrr = state["best_mrr"]
        if state["best_epoch"] is not None:
            settings = replace(self.config, epochs=state["best_epoch"], patience=0)
            best = {
                name.removeprefix("best_"): array
                for name, array in arrays.items()
                if name.startswith("best_")
            }
            self.best = Rnn(settings, self.vocabulary, **best)

    def _windows(self) -> Windows:
        return self.sequences.windows(self.config.window, repeats=self.config.repeats, rng=self.rng)


def whole_step(model: NextSong) -> Step:
    """Compile one update: cross-entropy of the next song at every place that has one.

    Gives the update and the variables of its optimizer, Adam.
    """
    optimizer = keras.optimizers.Adam(model.settings.learning_rate, global_clipnorm=CLIP)
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

    return step, optimizer.variables


def sampled_step(model: NextSong) -> Step:
    """Give one update by Adagrad that touches no song outside the step.

    The rows of the songs heard and of the candidates are gathered once, differentiated as a small
    table and scattered back: a dense update of a large table costs more than the network.
    """
    rate = model.settings.sampled_rate
    network = model.recurrent.trainable_variables
    optimizer = keras.optimizers.Adagrad(rate, initial_accumulator_value=ACCUMULATED)
    optimizer.build(network)
    squares = tf.Variable(tf.fill(model.table.shape, ACCUMULATED))
    integers = tf.TensorSpec([None], tf.int32)
    grid = tf.TensorSpec([None, None], tf.int32)

    @tf.function(  # type: ignore[untyped-decorator]
        input_signature=[grid, grid, integers, tf.TensorSpec([None], tf.float32), integers]
    )
    def update(inputs: Any, targets: Any, candidates: Any, log_q: Any, rows: Any) -> None:
        asked = tf.where(targets != IGNORED)
        small = tf.gather(model.table, rows)
        with tf.GradientTape() as tape:
            tape.watch(small)
            states = tf.gather_nd(model(inputs, training=True, table=small), asked)
            logits = model.logits(states, candidates, small) - log_q
            loss = tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(tf.gather_nd(targets, asked), logits)
            )
        gradients = tape.gradient(loss, [small, *network])
        (sparse, *others), _ = tf.clip_by_global_norm(gradients, CLIP)
        songs = tf.convert_to_tensor(sparse)
        optimizer.apply_gradients(zip(others, network, strict=True))
        grown = tf.gather(squares, rows) + tf.square(songs)
        squares.scatter_update(tf.IndexedSlices(grown, rows))
        moved = small - rate * songs * tf.math.rsqrt(grown)
        model.table.value.scatter_update(tf.IndexedSlices(moved, rows))

    def step(inputs: NDArray[np.int32], targets: Any, candidates: Any, log_q: Any) -> None:
        rows = np.union1d(inputs, candidates).astype(np.int32)
        places = (np.searchsorted(rows, songs).astype(np.int32) for songs in (inputs, candidates))
        heard, ranked = places
        update(heard, targets, ranked, log_q, rows)

    return step, [*optimizer.variables, squares]
