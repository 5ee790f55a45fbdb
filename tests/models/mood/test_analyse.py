"""Own sentences with the quadrant they belong to."""

import csv
import time
from pathlib import Path

import pytest

from models.mood.analyse import State, analyse
from models.mood.goals import goal, suggest

SENTENCES = Path(__file__).parent / "states.csv"


def _quadrant(state: State) -> str:
    if not state.certain:
        return "none"
    if state.valence > 0:
        return "bright" if state.arousal > 0 else "calm"
    return "tense" if state.arousal > 0 else "low"


def test_own_sentences_stand_in_their_quadrant_in_time() -> None:
    analyse("热身")  # the lists are read at first use
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 200
    wrong, slowest = [], 0.0
    for row in rows:
        began = time.perf_counter()
        said = _quadrant(analyse(row["text"]))
        slowest = max(slowest, time.perf_counter() - began)
        if said != row["quadrant"]:
            wrong.append((row["text"], said))
    assert len(wrong) <= 0.05 * len(rows), wrong
    assert slowest < 0.3


def test_deciding_words_are_at_their_places() -> None:
    text = "😀最近很焦慮，但是今天不難過了"
    state = analyse(text)
    assert [(text[w.start : w.end], w.text, w.negated) for w in state.words] == [
        ("焦慮", "焦慮", False),
        ("難過", "難過", True),
    ]
    assert sum(word.weight for word in state.words) == pytest.approx(1, abs=1e-3)
    assert state.labels == ("anxious",)


def test_degree_denial_and_contrast_turn_words() -> None:
    assert analyse("非常难过").valence < analyse("有点难过，也有点开心").valence
    assert analyse("不开心").valence < 0 < analyse("没那么难过了").valence
    assert analyse("以前很开心，但是现在很难过").valence < 0


def test_what_is_wished_for_is_a_goal_no_state() -> None:
    state = analyse("压力好大，想要平静一点")
    assert state.valence < 0
    assert state.wish == (0.5, -0.6)
    assert goal((state.valence, state.arousal), state.labels, state.wish) == (0.5, -0.6)


@pytest.mark.parametrize("text", ["", "，。", "123", "blah blub", "\x00" * 50, "a" * 1000])
def test_nothing_known_stands_in_the_middle(text: str) -> None:
    state = analyse(text)
    assert (state.valence, state.arousal, state.certain) == (0, 0, False)


def test_suggestions_meet_ease_and_lead() -> None:
    found = suggest((-0.7, -0.5), (0.45, -0.25))
    assert [one.why for one in found] == ["meets", "eases", "leads"]
    assert len({one.music for one in found}) == 3
    assert found[0].valence < found[2].valence
    assert goal((0.8, 0.5)) == (0.8, 0.5)
