"""Fit the linear model and the ensemble's temperature. scikit-learn and scipy live here."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB

from models.progress import Progress, silent
from models.sentiment.corpus import Corpus
from models.sentiment.ensemble import Ensemble
from models.sentiment.lexicon import Lexicon
from models.sentiment.linear import Linear, Vocabulary
from models.sentiment.text import normalise

C, ALPHA = 2.0, 0.3
OWN_WEIGHT = 6.0
"""A sentence about music counts as so many of the packaged ones, which speak of goods and books."""
HELD_OUT = 0.15


def fit(
    corpus: Corpus, *, seed: int = 7, progress: Progress = silent
) -> tuple[Ensemble, Ensemble, Corpus]:
    """Return the scorer fitted on everything, the one fitted on a part, and the rest of the rows.

    The temperature makes the mean log loss smallest on a held-out part, so that a probability is
    a share and the neutral band .4-.6 means what it says.
    """
    texts, labels = [normalise(text) for text in corpus.texts], np.array(corpus.labels)
    weights = np.ones(len(texts))
    if corpus.own:
        weights[-corpus.own :] = OWN_WEIGHT
    held = np.zeros(len(texts), dtype=bool)
    chosen = np.random.default_rng(seed).random(len(texts) - corpus.own) < HELD_OUT
    held[: len(chosen)] = chosen
    lexicon = Lexicon.load()
    progress("fit on a part", 0, 3)
    part = _linear([t for t, out in zip(texts, held, strict=True) if not out],
                   labels[~held], weights[~held])  # fmt: skip
    progress("calibrate", 1, 3)
    raw = [corpus.texts[i] for i in np.flatnonzero(held)]
    first = Ensemble(part, lexicon, temperature=1.0)
    temperature = _temperature(first.probabilities(raw), labels[held])
    progress("fit on all", 2, 3)
    whole = Ensemble(_linear(texts, labels, weights), lexicon, temperature=temperature)
    progress("fitted", 3, 3)
    first.temperature = temperature
    return whole, first, Corpus(raw, labels[held].tolist(), 0)


def _linear(
    texts: Sequence[str], labels: NDArray[np.int64], weights: NDArray[np.float64]
) -> Linear:
    """Add the weights of logistic regression without intercept and of ComplementNB."""
    vocabulary = Vocabulary.fit(texts)
    text, run, value = vocabulary.weigh(texts)
    table = csr_matrix((value, (text, run)), shape=(len(texts), len(vocabulary.keys)))
    regression = LogisticRegression(C=C, fit_intercept=False, max_iter=300)
    regression.fit(table, labels, sample_weight=weights)
    bayes = ComplementNB(alpha=ALPHA).fit(table, labels, sample_weight=weights)
    log_odds = bayes.feature_log_prob_[1] - bayes.feature_log_prob_[0]
    return Linear(vocabulary, (regression.coef_.ravel() + log_odds).astype(np.float32))


def _temperature(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    p = np.clip(probabilities, 1e-9, 1 - 1e-9)
    logits = np.log(p / (1 - p)) * (2 * labels - 1)
    tried = np.linspace(0.1, 2.0, 96)
    return float(tried[np.argmin([np.logaddexp(0, -t * logits).mean() for t in tried])])
