"""Trials: which validation is carved, and that the test stays unseen."""

from pathlib import Path

import pytest

from models.recommender.trials import Protocol, Trial, trial_of_files

Rows = list[tuple[object, ...]]
TRAIN: Rows = [(u, s, 1, 100 * u + s) for u in range(20) for s in range(10)]


def trial(
    tmp_path: Path, test: Rows, protocol: Protocol, valid: Rows | None = None, train: Rows = TRAIN
) -> Trial:
    paths = {}
    for name, rows in (("train", train), ("test", test), ("valid", valid)):
        if rows is not None:
            lines = ["user_id\titem_id\tvalue\ttimestamp"]
            lines += ["\t".join(map(str, row)) for row in rows]
            paths[name] = tmp_path / f"{name}.tsv"
            paths[name].write_text("\n".join(lines) + "\n", encoding="utf-8")
    return trial_of_files(**paths, protocol=protocol)


def test_known_listeners_give_their_last_row(tmp_path: Path) -> None:
    found = trial(tmp_path, [(3, 50, 1, 9_999)], "next")
    assert len(found.validation.histories) == 20
    assert len(found.validation.train) == 180
    assert len(found.test.train) == 200


def test_new_listeners_give_the_last_sessions(tmp_path: Path) -> None:
    found = trial(tmp_path, [("new", 5, 1, 9_998), ("new", 50, 1, 9_999)], "next")
    # The last 5 % of 20 sessions is one, of ten songs: nine stretches.
    assert len(found.validation.histories) == 9
    assert len(found.validation.train) == 190


def test_a_set_gives_a_tenth_of_each_listeners_songs(tmp_path: Path) -> None:
    found = trial(tmp_path, [(3, 50, 1, 0)], "set")
    assert [len(target) for target in found.validation.targets] == [1] * 20


@pytest.mark.parametrize("protocol", ["next", "set"])
def test_a_given_validation_is_used_and_not_learned_from(
    tmp_path: Path, protocol: Protocol
) -> None:
    found = trial(tmp_path, [(3, 50, 1, 9_999)], protocol, valid=[(3, 60, 1, 9_000)])
    assert len(found.validation.histories) == 1
    assert len(found.test.train) == len(found.validation.train) == 200
    masked = len(found.test.seen[0])
    assert masked == (11 if protocol == "set" else 10)
