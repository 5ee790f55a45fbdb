"""Learn the weights of a blend: moves on the simplex that rank a validation better."""

from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from models.progress import Progress, silent
from models.recommender.blend import NOBODY, BlendConfig, comparable
from models.recommender.fitted import Fitted
from models.recommender.interface import Floats, Indices
from models.recommender.metrics import ndcgs
from models.recommender.ranking import best
from models.recommender.split import Split

STEPS = (0.12, 0.06, 0.03, 0.3)
"""Weight moved from one part to another; the large step is for where no small one matters."""
SMALLEST = 0.02
"""A part of less weight is dropped: it costs time and decides nothing."""
RANKS = 10
NAMED = 100
"""Songs of each part that are looked at: hardly one from below reaches the blend's first ranks."""
BATCH = 64

Form = Literal["share", "rank"]
FORMS: tuple[Form, ...] = ("share", "rank")


class Shortlists:
    """The songs that any part names for each history, with every part's comparable scores."""

    def __init__(
        self, parts: Mapping[str, Fitted[Any]], split: Split, progress: Progress = silent
    ) -> None:
        vocabulary = next(iter(parts.values())).vocabulary
        rows: list[tuple[Indices, NDArray[np.float32]]] = []
        for start in range(0, len(split.histories), BATCH):
            asked = slice(start, start + BATCH)
            scored = [part.score_many(split.histories[asked]) for part in parts.values()]
            for place, seen in enumerate(split.seen[asked]):
                own = [scores[place] for scores in scored]
                rows.append(_named(own, vocabulary.known(seen)))
            progress("weigh parts", len(rows), len(split.histories))
        width = max(RANKS, *(len(songs) for songs, _ in rows))
        shape = (len(FORMS), len(parts), len(rows), width)
        self.scores = np.zeros(shape, dtype=np.float32)
        self.wanted = np.zeros((len(rows), width), dtype=np.bool_)
        self.counts = np.array([len(targets) for targets in split.targets])
        for row, ((songs, scores), targets) in enumerate(zip(rows, split.targets, strict=True)):
            self.scores[:, :, row, : len(songs)] = scores
            self.wanted[row, : len(songs)] = np.isin(songs, vocabulary.known(targets))

    def figure(self, weights: NDArray[np.float32], form: Form) -> float:
        """Give the NDCG@10 of a blend with these weights."""
        total = np.tensordot(weights, self.scores[FORMS.index(form)], axes=1)
        first = np.argpartition(-total, RANKS - 1, axis=1)[:, :RANKS]
        found = np.take_along_axis(total, first, axis=1)
        ranked = np.take_along_axis(first, np.argsort(-found, axis=1, kind="stable"), axis=1)
        hits = np.take_along_axis(self.wanted, ranked, axis=1)
        return float(ndcgs(hits, self.counts, RANKS).mean())


def _named(scored: Sequence[Floats], seen: Indices) -> tuple[Indices, NDArray[np.float32]]:
    """Give the songs that some part names, and their scores, forms x parts x songs."""
    named = []
    for scores in scored:
        songs = best(scores, k=BlendConfig().depth, exclude=NOBODY)
        kept = np.flatnonzero(~np.isin(songs, seen))[:NAMED]
        named.append((songs[kept], [comparable(scores, songs, form)[kept] for form in FORMS]))
    union = np.unique(np.concatenate([songs for songs, _ in named]))
    found = np.zeros((len(FORMS), len(scored), len(union)), dtype=np.float32)
    for part, (songs, forms) in enumerate(named):
        found[:, part, np.searchsorted(union, songs)] = forms
    return union, found


def learn_weights(
    parts: Mapping[str, Fitted[Any]], split: Split, *, progress: Progress = silent
) -> tuple[dict[str, float], Form]:
    """Find the weights, adding up to 1, and the scale of scores that rank best; drop the idle."""
    lists = Shortlists(parts, split, progress)
    climbed = [(*_climb(lists, len(parts), form), form) for form in FORMS]
    best_weights, _, best_form = max(climbed, key=lambda climb: climb[1])
    kept = np.where(best_weights >= SMALLEST, best_weights, 0)
    kept = kept / kept.sum()
    return {
        label: round(float(weight), 4)
        for label, weight in zip(parts, kept, strict=True)
        if weight > 0
    }, best_form


def _climb(lists: Shortlists, count: int, form: Form) -> tuple[NDArray[np.float32], float]:
    """Start from equal weights; make the move between two parts that ranks best while one does."""
    weights = np.full(count, 1 / count, dtype=np.float32)
    figure = lists.figure(weights, form)
    better = True
    while better:
        better = False
        for step in STEPS:
            moves = [
                _moved(weights, giver, taker, step)
                for giver, taker in permutations(range(count), 2)
                if weights[giver] > 0
            ]
            reached = [lists.figure(move, form) for move in moves]
            if reached and max(reached) > figure:
                figure = max(reached)
                weights = moves[reached.index(figure)]
                better = True
                break
    return weights, figure


def _moved(
    weights: NDArray[np.float32], giver: int, taker: int, step: float
) -> NDArray[np.float32]:
    """Move a step of weight, or what is left of it, from one part to another."""
    moved = weights.copy()
    given = min(np.float32(step), moved[giver])
    moved[giver] -= given
    moved[taker] += given
    return moved
