"""The comparison: every row complete, the same by seed, bad input said."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models.recommender import fit as fitting
from models.recommender.benchmark import compare, compare_files
from models.recommender.blend import BlendConfig, Part
from models.recommender.interactions import Interactions, InteractionsError
from models.recommender.popularity import PopularityConfig
from models.recommender.search import Search
from models.recommender.session_rules import SessionRulesConfig
from models.recommender.trials import trial_of_interactions

FAST = ("itemcf", "session_rules")


def tastes(listeners: int = 60) -> Interactions:
    """Six tastes of ten songs each, in which a listener hears eight, in any order."""
    rng = np.random.default_rng(3)
    rows = [
        (listener, listener % 6 * 10 + song, 1.0, place)
        for listener in range(listeners)
        for place, song in enumerate(rng.permutation(10)[:8])
    ]
    users, items, values, timestamps = (np.array(column) for column in zip(*rows, strict=True))
    return Interactions(users, items, values, timestamps)


def write(path: Path, rows: list[tuple[object, ...]]) -> Path:
    lines = ["user_id\titem_id\tvalue\ttimestamp", *("\t".join(map(str, row)) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_every_row_holds_every_figure_beside_both_baselines() -> None:
    rows = compare(trial_of_interactions(tastes()), FAST, ks=(5, 10))
    assert [row["algorithm"] for row in rows] == ["popularity", "random", *FAST]
    found = {
        f"{figure}@{k}"
        for figure in ("hr", "recall", "ndcg", "mrr", "coverage", "novelty", "diversity")
        for k in (5, 10)
    } | {"ndcg@5_low", "ndcg@5_high", "users_per_s"}
    costs = {"fit_cpu_s", "choose_cpu_s", "peak_mb", "ms_per_user", "config"}
    assert found <= set(rows[1])
    assert all(found | costs <= set(row) for row in rows if row["algorithm"] != "random")
    popularity, chance, itemcf, _ = rows
    assert itemcf["ndcg@5_low"] <= itemcf["ndcg@5"] <= itemcf["ndcg@5_high"]
    assert itemcf["ndcg@5"] > 2 * max(popularity["ndcg@5"], chance["ndcg@5"])
    assert itemcf["config"]["method"] in ("cosine", "ease")
    assert json.loads(json.dumps(rows)) == rows


def test_the_same_seed_gives_the_same_figures() -> None:
    def figures() -> list[dict[str, object]]:
        rows = compare(trial_of_interactions(tastes()), ("usercf",), seed=5)
        return [{key: row[key] for key in row if "@" in key} for row in rows]

    assert figures() == figures()


def test_the_blend_takes_over_what_was_fitted_and_counts_its_cost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    fitted: list[str] = []
    rules = fitting.fit_session_rules

    def counted(*given: Any, **named: Any) -> Any:
        fitted.append("session_rules")
        return rules(*given, **named)

    parts = {"rules": Part("session_rules", 0.5, {}), "cosine": Part("itemcf", 0.5, {})}
    chosen = {"session_rules": SessionRulesConfig(), "blend": BlendConfig(parts)}
    monkeypatch.setattr(Search, "choose", lambda _, name: chosen.get(name, PopularityConfig()))
    monkeypatch.setattr(fitting, "fit_session_rules", counted)
    rows = compare(trial_of_interactions(tastes()), ("blend", "session_rules"))
    assert [row["algorithm"] for row in rows][2:] == ["blend", "session_rules"]
    assert fitted == ["session_rules"]
    assert rows[2]["fit_cpu_s"] >= rows[3]["fit_cpu_s"]


def test_the_simple_network_is_measured_when_asked_for() -> None:
    rows = compare(trial_of_interactions(tastes(24)), ("rnn",), network="simple")
    assert rows[2]["config"]["network"] == "simple"
    assert rows[2]["config"]["width"] == 64
    assert rows[2]["ndcg@10"] > rows[1]["ndcg@10"]


def test_an_empty_history_is_answered_with_popularity(tmp_path: Path) -> None:
    train = write(tmp_path / "a.tsv", [(u, s, 1, 10 * u + s) for u in range(6) for s in range(3)])
    test = write(tmp_path / "b.tsv", [("new", 1, 1, 99)])
    rows = compare_files(train=train, test=test, protocol="next", algorithms=["itemcf"])
    assert [row["hr@10"] for row in rows if row["algorithm"] != "random"] == [1, 1]


def test_unknown_songs_are_misses_not_errors(tmp_path: Path) -> None:
    train = write(tmp_path / "a.tsv", [(u, s, 1, 10 * u + s) for u in range(6) for s in range(3)])
    test = write(tmp_path / "b.tsv", [(1, "unheard", 1, 99)])
    rows = compare_files(train=train, test=test, protocol="next", algorithms=["usercf"])
    assert [row["hr@10"] for row in rows] == [0, 0, 0]


def test_a_listener_of_a_million_rows_is_measured(tmp_path: Path) -> None:
    rows = [(u, s, 1, 10 * u + s) for u in range(6) for s in range(5)]
    long = write(tmp_path / "a.tsv", [*rows, *(("long", n % 4, 1, n) for n in range(1_000_000))])
    test = write(tmp_path / "b.tsv", [("long", 4, 1, 2_000_000), (0, 4, 1, 2_000_000)])
    measured = compare_files(train=long, test=test, protocol="next", algorithms=["popularity"])
    assert measured[0]["hr@10"] == 0.5


def test_one_listener_alone_is_refused(tmp_path: Path) -> None:
    train = write(tmp_path / "a.tsv", [(1, 1, 1, 1), (1, 2, 1, 2)])
    test = write(tmp_path / "b.tsv", [(2, 3, 1, 3)])
    with pytest.raises(InteractionsError, match="one listener alone"):
        compare_files(train=train, test=test, protocol="next", algorithms=["itemcf"])
    alone = trial_of_interactions(
        Interactions(np.array([1]), np.array([1]), np.array([1.0]), np.array([1.0]))
    )
    with pytest.raises(InteractionsError, match="nobody is tested"):
        compare(alone, ["itemcf"])


def test_an_unknown_algorithm_or_depth_is_refused() -> None:
    trial = trial_of_interactions(tastes(12))
    with pytest.raises(ValueError, match="magic: choose from popularity, itemcf"):
        compare(trial, ["magic"])
    with pytest.raises(ValueError, match="k must be 1 or more"):
        compare(trial, ["itemcf"], ks=(0,))
