"""Two hundred sentences the word lists had not met: each has a state, and journeys from it."""

import csv
from pathlib import Path
from typing import get_args

import numpy as np
import pytest

from models.mood.analyse import State, analyse
from models.mood.goals import KINDS, goal, suggest
from models.mood.journey import Candidates, Mode, plan

TABLES = [Path(__file__).with_name(f"states{which}.csv") for which in ("", "_held_back")]
LENGTH = 6
MODES: tuple[Mode, ...] = get_args(Mode)


def _rows(table: Path) -> list[tuple[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return [(row["quadrant"], row["text"]) for row in csv.DictReader(file)]


def _quadrant(state: State) -> str:
    if state.valence > 0:
        return "bright" if state.arousal > 0 else "calm"
    return "tense" if state.arousal > 0 else "low"


def test_sentences_not_met_before_stand_in_their_quadrant() -> None:
    rows = [(wanted, analyse(text)) for wanted, text in _rows(TABLES[1])]
    assert len(rows) == 200
    right = [state.certain and _quadrant(state) == wanted for wanted, state in rows]
    assert np.mean(right) >= 0.9
    assert np.mean([state.certain for _, state in rows]) >= 0.95


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_every_state_has_a_wish_music_and_two_journeys(table: Path) -> None:
    songs = _songs()
    for _, text in _rows(table):
        state = analyse(text)
        start = state.valence, state.arousal
        wish = goal(start, state.labels, state.wish)
        assert all(-1 <= side <= 1 for side in (*start, *wish)), text
        music = suggest(start, wish)
        assert music, text
        assert {one.music for one in music} <= set(KINDS), text
        for mode in MODES:
            steps = plan(songs, start=start, wish=wish, mode=mode, length=LENGTH, seed=1)
            assert len({step.index for step in steps}) == LENGTH, text
            first, last = steps[0], steps[-1]
            assert max(first.distance, last.distance) < 0.25, text
            assert np.hypot(last.valence - wish[0], last.arousal - wish[1]) < 0.05, text


def _songs() -> Candidates:
    """Songs of as many artists, all over the plane."""
    rng = np.random.default_rng(5)
    places = rng.uniform(-1, 1, (2_000, 2))
    return Candidates(
        valence=places[:, 0],
        arousal=places[:, 1],
        tempo=rng.uniform(55, 170, len(places)),
        taste=np.full(len(places), np.nan),
        artist=np.arange(len(places)),
        avoid=np.zeros(len(places), bool),
    )
