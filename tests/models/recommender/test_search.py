"""Settings are chosen by what ranks better on validation."""

import numpy as np
import pytest

from models.recommender import search as searching
from models.recommender.interactions import Interactions
from models.recommender.search import Search
from models.recommender.search_space import Axes
from models.recommender.split import leave_last_out
from models.recommender.usercf import UserCFConfig


def validation(time: float | None = None) -> searching.Split:
    rng = np.random.default_rng(3)
    rows = [
        (listener, listener % 6 * 10 + song, place if time is None else time)
        for listener in range(60)
        for place, song in enumerate(rng.permutation(10)[:8])
    ]
    users, items, times = (np.array(column) for column in zip(*rows, strict=True))
    return leave_last_out(Interactions(users, items, np.ones(len(rows)), times), seed=1)


@pytest.fixture
def axes(monkeypatch: pytest.MonkeyPatch) -> None:
    # No neighbour finds nothing; ten find the taste.
    narrow = Axes({"neighbours": 0}, {"neighbours": (0, 10), "memory": (3.0,)})
    monkeypatch.setattr(searching, "SEARCH", {"usercf": {"usercf": narrow}})


@pytest.mark.usefixtures("axes")
def test_the_value_that_ranks_better_is_kept() -> None:
    told: list[tuple[str, int, int | None]] = []
    search = Search(validation(), seed=1, progress=lambda *step: told.append(step))
    config = search.choose("usercf")
    assert isinstance(config, UserCFConfig)
    assert config.neighbours == 10
    assert told[-1] == ("choose usercf", 3, 3)
    found = search.found["usercf"]["usercf"]
    assert found.fitted.config == config
    assert found.figure > 0.3


@pytest.mark.usefixtures("axes")
def test_settings_of_order_are_not_tried_where_there_is_none() -> None:
    told: list[tuple[str, int, int | None]] = []
    search = Search(validation(time=np.nan), seed=1, progress=lambda *step: told.append(step))
    search.choose("usercf")
    assert told[-1] == ("choose usercf", 2, 2)


@pytest.mark.usefixtures("axes")
def test_what_was_found_is_remembered_and_without_axes_the_default_is_kept() -> None:
    search = Search(validation(), seed=1)
    assert search.from_each_start("usercf") is search.from_each_start("usercf")
    assert search.choose("itemcf") == type(search.choose("itemcf"))()
