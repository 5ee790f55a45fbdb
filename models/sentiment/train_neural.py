"""Train the text network: signs, embedded; convolutions of 2 to 4; the strongest of each."""

import json
from collections import Counter
from pathlib import Path

import keras
import numpy as np

from models.progress import Progress, silent
from models.sentiment.corpus import Corpus
from models.sentiment.neural import LONGEST, MODEL, SIGNS, Neural, numbers_of
from models.sentiment.text import normalise

KNOWN = 4_000
EPOCHS = 6
BATCH = 128


def fit(corpus: Corpus, *, seed: int = 7, progress: Progress = silent) -> tuple[Neural, Corpus]:
    """Return the network with the weights of its best epoch on a held-out tenth, and that tenth.

    Kim (2014), Convolutional Neural Networks for Sentence Classification, over signs.
    """
    keras.utils.set_random_seed(seed)
    counts = Counter(sign for text in corpus.texts for sign in normalise(text))
    signs = {sign: number for number, (sign, _) in enumerate(counts.most_common(KNOWN), 2)}
    order = np.random.default_rng(seed).permutation(len(corpus.texts))
    held, learned = np.split(order, [len(order) // 10])
    table, labels = numbers_of(corpus.texts, signs), np.array(corpus.labels, dtype=np.float32)
    network = _network(len(signs) + 2)
    network.compile(optimizer=keras.optimizers.Adam(1e-3), loss="binary_crossentropy")
    best = keras.callbacks.EarlyStopping(patience=1, restore_best_weights=True)
    tell = keras.callbacks.LambdaCallback(
        on_epoch_end=lambda epoch, _: progress("epoch", epoch + 1, EPOCHS)
    )
    network.fit(
        table[learned],
        labels[learned],
        validation_data=(table[held], labels[held]),
        epochs=EPOCHS,
        batch_size=BATCH,
        callbacks=[best, tell],
        verbose=0,
    )
    kept = Corpus([corpus.texts[i] for i in held], [corpus.labels[i] for i in held], 0)
    return Neural(network, signs), kept


def save(scorer: Neural, directory: Path) -> None:
    """Write the network and the numbers of its signs."""
    scorer.network.save(directory / MODEL)
    (directory / SIGNS).write_text(json.dumps(scorer.signs, ensure_ascii=False), encoding="utf-8")


def _network(size: int) -> keras.Model:
    read = keras.layers.Input((LONGEST,), dtype="int32")
    embedded = keras.layers.SpatialDropout1D(0.2)(keras.layers.Embedding(size, 96)(read))
    found = [
        keras.layers.GlobalMaxPooling1D()(
            keras.layers.Conv1D(96, width, activation="relu", padding="same")(embedded)
        )
        for width in (2, 3, 4)
    ]
    joined = keras.layers.Dropout(0.5)(keras.layers.Concatenate()(found))
    return keras.Model(read, keras.layers.Dense(1, activation="sigmoid")(joined))
