"""The blend: scores added by hand, the dominating part's reason, parts stored and found again."""

from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pytest

from models.recommender.blend import Blend, BlendConfig, Part
from models.recommender.blend_weights import learn_weights
from models.recommender.fit import fit
from models.recommender.fitted import Fitted
from models.recommender.interactions import Interactions, Vocabulary
from models.recommender.interface import Floats, FromPart, History, Indices, Popular, Reason
from models.recommender.search import Search
from models.recommender.split import Split, leave_last_out

SONGS = Vocabulary.of(np.array([10, 11, 12, 13]))
PAST = History(np.array([13]), np.ones(1), np.zeros(1))


@dataclass(frozen=True, eq=False)
class Fixed(Fitted[None]):
    """Scores that are given; its reasons carry its number."""

    scores: Floats
    number: int
    silent_on: int = -1

    def score(self, history: History) -> Floats:
        return self.scores

    def reasons(self, history: History, songs: Indices) -> list[Reason | None]:
        return [None if song == self.silent_on else Popular(self.number, None) for song in songs]


def part(number: int, *scores: float, silent_on: int = -1) -> Fixed:
    return Fixed(None, SONGS, np.array(scores, dtype=np.float32), number, silent_on)


def said(number: int) -> FromPart:
    return FromPart("fixed", Popular(number, None))


def blend(form: str = "share", depth: int = 4, **parts: tuple[float, Fixed]) -> Blend:
    config = BlendConfig(
        {key: Part("fixed", weight, {}) for key, (weight, _) in parts.items()}, form, depth
    )
    return Blend(config, SONGS, {key: own for key, (_, own) in parts.items()})


def test_shares_are_weighed_and_added() -> None:
    both = blend(a=(0.75, part(1, 3, 1, 0, 0)), b=(0.25, part(2, 0, 0, 6, 2)))
    ranked = both.recommend(PAST, k=9, exclude=PAST.items)
    assert ranked.items.tolist() == [10, 11, 12]
    assert ranked.scores == pytest.approx([0.75 * 3 / 4, 0.75 / 4, 0.25 * 6 / 8])
    # 11 and 12 tie at .1875: the lower id stands first.
    assert ranked.reasons == (said(1), said(1), said(2))


def test_ranks_forget_how_large_scores_are() -> None:
    both = blend("rank", a=(0.5, part(1, 900, 1, 0, 0)), b=(0.5, part(2, 0, 5, 4, 0)))
    ranked = both.recommend(PAST, k=2, exclude=PAST.items)
    first, second = 1 / np.log2(4), 1 / np.log2(5)
    assert ranked.items.tolist() == [11, 10]
    assert ranked.scores == pytest.approx([(first + second) / 2, first / 2])


def test_only_the_best_songs_of_a_part_count() -> None:
    both = blend(depth=1, a=(1.0, part(1, 3, 1, 0, 0)))
    assert both.recommend(PAST, k=9, exclude=PAST.items).items.tolist() == [10]


def test_the_part_that_adds_most_gives_the_reason_and_else_the_next() -> None:
    one = part(1, 1, 1, 0, 0, silent_on=1)
    two = part(2, 0.2, 0.2, 0.6, 0)
    ranked = blend(a=(0.6, one), b=(0.4, two)).recommend(PAST, k=9, exclude=PAST.items)
    reasons = dict(zip(ranked.items.tolist(), ranked.reasons, strict=True))
    assert reasons == {10: said(1), 11: said(2), 12: said(2)}
    silent = blend(a=(1.0, one)).recommend(PAST, k=9, exclude=PAST.items)
    assert silent.items.tolist() == [10]


def test_weights_go_to_the_part_that_ranks_the_targets_first() -> None:
    rows = Interactions(np.arange(4), SONGS.ids, np.ones(4), np.arange(4.0))
    nothing = SONGS.ids[:0]
    split = Split(rows, [PAST] * 3, [np.array([10])] * 3, [nothing] * 3)
    parts = {"good": part(1, 3, 1, 0, 0), "bad": part(2, 0, 9, 0, 0)}
    weights, _ = learn_weights(parts, split)
    assert sum(weights.values()) == pytest.approx(1)
    assert weights["good"] > weights.get("bad", 0)


def listening(*, dated: bool) -> Interactions:
    """Six tastes of ten songs each, in which a listener hears eight, in any order."""
    rng = np.random.default_rng(3)
    rows = [
        (listener, listener % 6 * 10 + song, place)
        for listener in range(60)
        for place, song in enumerate(rng.permutation(10)[:8])
    ]
    users, items, places = (np.array(column) for column in zip(*rows, strict=True))
    times = places.astype(float) if dated else np.full(len(rows), np.nan)
    return Interactions(users, items, np.ones(len(rows)), times)


@pytest.mark.parametrize("dated", [True, False])
def test_order_based_parts_take_part_only_where_there_is_order(dated: bool) -> None:
    search = Search(leave_last_out(listening(dated=dated), seed=1), seed=1)
    config = search.choose("blend")
    assert isinstance(config, BlendConfig)
    assert sum(part.weight for part in config.parts.values()) == pytest.approx(1, abs=1e-3)
    assert ("session_rules" in search.found) == dated
    assert {"itemcf", "usercf", "als", "two_tower"} <= set(search.found)


def test_a_blend_is_stored_with_its_parts(tmp_path: Path) -> None:
    rows = listening(dated=True)
    config = BlendConfig(
        {
            "cosine": Part("itemcf", 0.6, {"neighbours": 5}),
            "rules": Part("session_rules", 0.4, {}),
        }
    )
    fitted = fit(rows, config, seed=1)
    fitted.save(tmp_path)
    loaded = Blend.load(tmp_path)
    assert asdict(loaded.config) == asdict(config)
    past = History(np.array([20, 21]), np.ones(2), np.arange(2.0))
    one, two = (each.recommend(past, k=5, exclude=past.items) for each in (fitted, loaded))
    assert one.items.tolist() == two.items.tolist()
    assert one.reasons == two.reasons


def test_its_parts_are_scored_once_for_a_row_and_its_reasons(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[int] = []

    def score(self: Fixed, history: History) -> Floats:
        asked.append(self.number)
        return self.scores

    monkeypatch.setattr(Fixed, "score", score)
    config = BlendConfig({"a": Part("itemcf", 0.5, {}), "b": Part("usercf", 0.5, {})})
    blend = Blend(config, SONGS, {"a": part(1, 3, 2, 1, 0), "b": part(2, 0, 1, 2, 3)})
    ranked = blend.recommend(PAST, k=3, exclude=PAST.items)
    assert len(ranked.reasons) == 3
    assert asked == [1, 2]


def test_a_blend_without_parts_is_refused() -> None:
    with pytest.raises(ValueError, match="a blend has no parts"):
        fit(listening(dated=True), BlendConfig(), seed=1)
