"""EASE: against the closed form, in both of its ways, and its limits."""

import numpy as np
import pytest
from scipy import sparse

from models.recommender import fit_ease
from models.recommender.fit_ease import ease_blocks
from models.recommender.fit_itemcf import fit_itemcf
from models.recommender.interactions import Interactions, InteractionsError
from models.recommender.interface import History
from models.recommender.itemcf import ItemCFConfig

CONFIG = ItemCFConfig(
    method="ease", ridge=2.0, dropout=0.5, listener_power=0.6, popularity_power=0.2
)


def weights(likes: np.ndarray, config: ItemCFConfig = CONFIG) -> np.ndarray:
    matrix = sparse.csr_matrix(likes.astype(np.float32))
    return np.concatenate([block for _, block in ease_blocks(matrix, config)]).T


def closed_form(likes: np.ndarray) -> np.ndarray:
    scaled = likes * likes.sum(axis=1, keepdims=True) ** -0.3
    gram = scaled.T @ scaled
    inverse = np.linalg.inv(gram + np.diag(2.0 + np.diag(gram)))
    found = -inverse / np.diag(inverse)
    np.fill_diagonal(found, 0)
    return found * likes.sum(axis=0) ** -0.2


@pytest.mark.parametrize("shape", [(30, 8), (8, 30)], ids=["songs inverted", "listeners inverted"])
def test_weights_are_those_of_the_closed_form(shape: tuple[int, int]) -> None:
    likes = (np.random.default_rng(1).random(shape) < 0.4).astype(float)
    likes[0], likes[:, 0] = 1, 1
    assert weights(likes) == pytest.approx(closed_form(likes), abs=1e-5)


def test_two_songs_by_hand() -> None:
    # Three listeners of both, one of the first: G = [[4, 3], [3, 3]], plus 2: [[6, 3], [3, 5]];
    # its inverse is [[5, -3], [-3, 6]] / 21; w_12 = 3 / 6, w_21 = 3 / 5.
    plain = ItemCFConfig(
        method="ease", ridge=2.0, dropout=0.0, listener_power=0.0, popularity_power=0.0
    )
    likes = np.array([[1, 1], [1, 1], [1, 1], [1, 0]])
    assert weights(likes, plain) == pytest.approx(np.array([[0, 3 / 6], [3 / 5, 0]]))


def test_itemcf_keeps_the_largest_and_names_the_cosine() -> None:
    rows = [(u, s) for u in range(3) for s in (1, 2)] + [(3, 1), (4, 3), (4, 2)]
    users, items = (np.array(column) for column in zip(*rows, strict=True))
    interactions = Interactions(users, items, np.ones(len(rows)), np.full(len(rows), np.nan))
    fitted = fit_itemcf(interactions, ItemCFConfig(method="ease", ridge=1.0, neighbours=2))
    past = History(np.array([1]), np.ones(1), np.array([np.nan]))
    ranked = fitted.recommend(past, k=5, exclude=past.items)
    assert ranked.items.tolist() == [2]
    assert ranked.reasons[0].similarity == pytest.approx(3 / np.sqrt(4 * 4))


def test_what_cannot_be_afforded_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_ease, "SONGS", 3)
    with pytest.raises(InteractionsError, match="use the cosine"):
        weights(np.ones((2, 4)))
