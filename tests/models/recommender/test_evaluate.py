"""Measuring a recommender: all songs ranked, seen ones left out, the same every time."""

from collections.abc import Sequence

import numpy as np
import pytest

from models.recommender.evaluate import RandomOrder, evaluate
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.interface import History, Ids
from models.recommender.split import Split, leave_last_out

SONGS = np.arange(40)


class InOrder:
    """Ranks songs by id, without those excluded."""

    def rank_many(
        self, histories: Sequence[History], *, k: int, exclude: Sequence[Ids]
    ) -> list[Ids]:
        return [np.setdiff1d(SONGS, out)[:k] for out in exclude]


def split() -> Split:
    # Listener 1 heard 0..4 and then 7; listener 2 heard 0 and then 30.
    rows = [(1, song) for song in (0, 1, 2, 3, 4, 7)] + [(2, 0), (2, 30)]
    users, items = (np.array(column) for column in zip(*rows, strict=True))
    interactions = Interactions(users, items, np.ones(8), np.arange(8, dtype=float))
    return leave_last_out(interactions, seed=1)


def test_figures_follow_from_the_rank_of_the_held_out_song() -> None:
    # Listener 1: 5, 6, 7: rank 3. Listener 2: 30 stands at rank 30, beyond what is looked at.
    found = evaluate(InOrder(), split())
    assert {name: found[name] for name in ("hr@10", "recall@20", "ndcg@10", "mrr@20")} == {
        "hr@10": 0.5,
        "recall@20": 0.5,
        "ndcg@10": pytest.approx(0.5 / 2),
        "mrr@20": pytest.approx(1 / 3 / 2),
    }
    assert {"coverage@10", "novelty@10", "diversity@10"} < set(found)


def test_progress_reaches_the_number_of_listeners() -> None:
    told: list[tuple[str, int, int | None]] = []
    evaluate(InOrder(), split(), progress=lambda *step: told.append(step))
    assert told == [("evaluate", 2, 2)]


def test_nobody_to_test_gives_no_figures() -> None:
    assert evaluate(InOrder(), Split(split().train, [], [], [])) == {}


def test_chance_leaves_out_what_was_heard_and_repeats_by_seed() -> None:
    def draw(seed: int) -> list[int]:
        chance = RandomOrder(Vocabulary.of(SONGS), seed=seed)
        past = History(SONGS[:2], np.ones(2), np.zeros(2))
        return chance.rank_many([past], k=40, exclude=[SONGS[:2]])[0].tolist()

    assert sorted(draw(1)) == SONGS[2:].tolist()
    assert draw(1) == draw(1) != draw(2)
