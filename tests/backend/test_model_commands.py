import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.live import environment, huisheng

HEADER = "user_id\titem_id\tvalue\ttimestamp\n"


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two tastes of ten songs; each listener goes round one of them."""
    folder = tmp_path_factory.mktemp("evaluate")
    train, test = folder / "train.tsv", folder / "test.tsv"
    learned, asked = [HEADER], [HEADER]
    for user in range(40):
        for step in range(8):
            song = 10 * (user % 2) + (user + step) % 10
            rows = asked if step > 5 else learned
            rows.append(f"u{user}\t{song}\t1\t{1_700_000_000 + step}\n")
    train.write_text("".join(learned))
    test.write_text("".join(asked))
    return train, test


def test_a_comparison_prints_json_alone_with_every_figure(
    files: tuple[Path, Path], tmp_path: Path
) -> None:
    train, test = files
    ran = huisheng(
        environment(tmp_path), "evaluate", "recommenders", "--train", train, "--test", test,
        "--algorithms", "itemcf,session_rules", "--k", "5,10", "--json",
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    rows = {row["algorithm"]: row for row in json.loads(ran.stdout)}
    assert list(rows) == ["popularity", "random", "itemcf", "session_rules"]
    needed = {"hr@5", "hr@10", "recall@10", "ndcg@5", "mrr@10", "coverage@5", "novelty@5"}
    assert needed <= set(rows["itemcf"])
    assert {"fit_cpu_s", "peak_mb", "ms_per_user", "users_per_s"} <= set(rows["itemcf"])
    # The next song round the circle is certain; popularity cannot know it.
    assert rows["session_rules"]["hr@5"] == 1.0 > rows["random"]["hr@5"]


def test_a_comparison_without_json_is_a_table(files: tuple[Path, Path], tmp_path: Path) -> None:
    train, test = files
    ran = huisheng(
        environment(tmp_path), "evaluate", "recommenders", "--train", train, "--test", test,
        "--algorithms", "itemcf",
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "itemcf" in ran.stdout


@pytest.mark.parametrize(
    ("arguments", "cure"),
    [
        (lambda train, test: ["--train", train], "Give both --train and --test"),
        (lambda train, test: ["--train", train, "--test", test, "--k", "0"], "at least one song"),
        (lambda train, test: ["--algorithms", "magic"], "no recommender magic"),
        (lambda train, test: ["--k", "ten"], "whole numbers"),
        (lambda train, test: [], "no interactions"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_one_line(
    files: tuple[Path, Path],
    tmp_path: Path,
    arguments: Callable[[Path, Path], list[str]],
    cure: str,
) -> None:
    ran = huisheng(environment(tmp_path), "evaluate", "recommenders", *arguments(*files))
    assert ran.returncode != 0
    assert cure in ran.stderr
    assert "Traceback" not in ran.stderr
