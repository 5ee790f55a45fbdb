"""RNN: a recurrent network that reads the history in order and names the next song.

Trained in Keras (train_rnn.py), served here by numpy alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import numpy as np

from models.recommender.fitted import Fitted
from models.recommender.interface import Continues, Floats, History, Indices, Reason
from models.recommender.ranking import LONGEST
from models.recommender.song_space import unit

RECENT = 8
"""Songs at the end of the history that a reason may name."""


@dataclass(frozen=True)
class RnnConfig:
    """Settings of the network and of its training."""

    network: Literal["gru", "simple"] = "gru"
    """"gru": one song table for input and output, cosine softmax. "simple": SimpleRNN, softmax."""
    width: int = 128
    """Units of the recurrent layer and length of a song's vector."""
    window: int = 50
    """Events read before the next song, in training and in serving."""
    scale: float = 16.0
    """The cosine of state and song is multiplied by this before the softmax."""
    embedding_dropout: float = 0.3
    state_dropout: float = 0.2
    learning_rate: float = 0.003
    """Adam's, where all songs are ranked in training."""
    sampled_rate: float = 0.05
    """Adagrad's, where songs are sampled: only the songs of a step are touched."""
    decay: float = 2.0
    """Where songs are sampled, a window is read in an epoch with chance exp(-decay * age)."""
    batch: int = 64
    """Windows in a training step."""
    sampled_batch: int = 128
    """The same where songs are sampled."""
    events: int = 1_000_000
    """Songs read in an epoch, about: of more than that, windows are drawn."""
    epochs: int = 20
    """At most this many; after early stopping, as many as were best."""
    patience: int = 5
    """Epochs without a better validation MRR before stopping; 0 trains all epochs unwatched."""
    repeats: bool = False
    """Whether a song heard again, at once or later, is something to predict."""
    full_softmax: int = 5_000
    """Catalogues up to this size are ranked whole in training, larger ones by sampled songs."""
    negatives: int = 1_024
    """Songs drawn for a step when sampling."""
    refusal: float = 0.25
    """How much of a refused song's cosine with a candidate is taken from the candidate."""


NETWORKS: Mapping[str, Mapping[str, Any]] = {
    "gru": {},
    "simple": {"network": "simple", "width": 64},
}
"""Settings by the name of the network, the best and the baseline."""


@dataclass(frozen=True, eq=False)
class Rnn(Fitted[RnnConfig]):
    """The network's weights as Keras lays them out."""

    name: ClassVar[str] = "rnn"
    spare = 20
    config_type = RnnConfig

    songs: Floats
    """Songs x width: input vectors; of unit length, and the output table too, for "gru"."""
    kernel: Floats
    """Width x 3 width, gates z, r, h ("gru"), or width x width."""
    recurrent: Floats
    bias: Floats
    """(2, 3 width): for the input and for the state ("gru"), or (width,)."""
    outputs: Floats | None = None
    """Songs x width and songs: the softmax layer of "simple"."""
    output_bias: Floats | None = None

    def score_many(self, histories: Sequence[History]) -> Floats:
        """Give the probability of being next, all histories in one pass through the network."""
        sequences = [self.sequence(history) for history in histories]
        logits = self._logits(self._read(sequences), None)
        for row, history in enumerate(histories):
            logits[row] -= self._refused(history)
        likelihood: Floats = np.exp(logits - logits.max(axis=1, keepdims=True))
        likelihood /= likelihood.sum(axis=1, keepdims=True)
        likelihood[[not len(sequence) for sequence in sequences]] = 0
        return likelihood

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason | None]:
        """Name the recent songs without which a song's logit would be lower."""
        states, recent = self._states([self.sequence(history)])
        logits = self._logits(states[0], songs)
        drops = logits[0] - logits[1:]
        dearest = np.argsort(-drops, axis=0, kind="stable")[:2]
        costs = np.take_along_axis(drops, dearest, axis=0)
        names = self.vocabulary.ids[recent[0]].tolist()
        return [
            _continues(names, places, cost)
            for places, cost in zip(dearest.T.tolist(), costs.T.tolist(), strict=True)
        ]

    def sequence(self, history: History) -> Indices:
        """Give the liked known songs in order, the last of the window."""
        liked = self.vocabulary.known(history.items[history.values > 0])
        fresh = np.ones(len(liked), dtype=np.bool_)
        fresh[1:] = self.config.repeats | (liked[1:] != liked[:-1])
        return liked[fresh][-min(self.config.window, LONGEST) :]

    def _refused(self, history: History) -> Floats | float:
        """Give what refused songs take from every song's logit."""
        items = self.vocabulary.indices(history.items)
        refused = (history.values < 0) & (items >= 0)
        if not refused.any():
            return 0.0
        table = self.songs if self.outputs is None else self.outputs
        songs, inverse = np.unique(items[refused][-LONGEST:], return_inverse=True)
        weights = np.minimum(np.bincount(inverse, -history.values[refused][-LONGEST:]), 1)
        cosines = unit(table[songs]) @ unit(table).T
        taken: Floats = weights.astype(np.float32) @ np.maximum(cosines, 0)
        return taken * np.float32(self.config.refusal * self.config.scale)

    def _states(self, sequences: Sequence[Indices]) -> tuple[Floats, Indices]:
        """Read sequences whole, and without each of their last songs.

        Returns states, sequences x (1 + RECENT) x width, whole first, and the recent songs,
        sequences x RECENT, -1 where a sequence is shorter; the same column is left out.
        """
        count, width = len(sequences), self.recurrent.shape[0]
        recent = np.full((count, RECENT), -1, dtype=np.int64)
        for row, sequence in enumerate(sequences):
            tail = sequence[-RECENT:]
            recent[row, RECENT - len(tail) :] = tail
        start = self._read([sequence[:-RECENT] for sequence in sequences])
        states = np.repeat(start[:, None], 1 + RECENT, axis=1)
        for place in range(RECENT):
            songs = recent[:, place]
            inputs = np.repeat(self._inputs(songs)[:, None], 1 + RECENT, axis=1)
            stepped = self._step(inputs, states)
            reads = np.repeat((songs >= 0)[:, None], 1 + RECENT, axis=1)
            reads[:, 1 + place] = False
            states = np.where(reads[:, :, None], stepped, states)
        return states.reshape(count, 1 + RECENT, width), recent

    def _read(self, sequences: Sequence[Indices]) -> Floats:
        """Run sequences of any lengths, longest first so that a step touches only open ones."""
        lengths = np.array([len(sequence) for sequence in sequences])
        order = np.argsort(-lengths, kind="stable")
        states = np.zeros((len(sequences), self.recurrent.shape[0]), dtype=np.float32)
        padded = np.zeros((len(sequences), lengths.max(initial=0)), dtype=np.int64)
        for row, place in enumerate(order):
            padded[row, : lengths[place]] = sequences[place]
        inputs = self._inputs(padded)
        for step in range(padded.shape[1]):
            still = int((lengths > step).sum())
            states[:still] = self._step(inputs[:still, step], states[:still])
        found = np.empty_like(states)
        found[order] = states
        return found

    def _inputs(self, songs: Indices) -> Floats:
        """Project songs onto the recurrent layer's gates."""
        bias = self.bias[0] if self.config.network == "gru" else self.bias
        vectors = self.songs[songs]
        if self.config.network == "gru":
            vectors = vectors * np.float32(input_scale(self.config.width))
        projected: Floats = vectors @ self.kernel + bias
        return projected

    def _step(self, inputs: Floats, states: Floats) -> Floats:
        """Take one step of the recurrent layer (Keras GRU with reset_after, or SimpleRNN)."""
        if self.config.network == "simple":
            simple: Floats = np.tanh(inputs + states @ self.recurrent)
            return simple
        width = states.shape[-1]
        carried = states @ self.recurrent + self.bias[1]
        gates = 1 / (1 + np.exp(-(inputs[..., : 2 * width] + carried[..., : 2 * width])))
        update, reset = gates[..., :width], gates[..., width:]
        fresh = np.tanh(inputs[..., 2 * width :] + reset * carried[..., 2 * width :])
        stepped: Floats = update * states + (1 - update) * fresh
        return stepped

    def _logits(self, states: Floats, songs: Indices | None) -> Floats:
        """Score songs (None: all) for states, states x songs."""
        which = slice(None) if songs is None else songs
        if self.outputs is not None and self.output_bias is not None:
            logits: Floats = states @ self.outputs[which].T + self.output_bias[which]
        else:
            logits = unit(states) @ self.songs[which].T * np.float32(self.config.scale)
        return logits


def input_scale(width: int) -> float:
    """Stretch unit song vectors to the size a recurrent layer likes: sqrt(width) / 4."""
    return float(np.sqrt(width) / 4)


def _continues(names: list[int], places: list[int], costs: list[float]) -> Continues | None:
    """Name the song whose absence costs most, and a second of at least half its weight."""
    if costs[0] <= 1e-4:
        return None
    kept = sorted(place for place, cost in zip(places, costs, strict=True) if cost >= costs[0] / 2)
    return Continues(tuple(dict.fromkeys(names[place] for place in kept)))
