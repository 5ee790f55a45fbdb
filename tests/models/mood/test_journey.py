"""Paths: where they start, how even they are, where they end, whom they leave out."""

from itertools import pairwise

import numpy as np
import pytest

from models.mood.journey import (
    LONGEST,
    REACH,
    SHORTEST,
    WEIGHTS,
    Candidates,
    Mode,
    plan,
    points,
)

SEEDS = range(40)


def _songs(rng: np.random.Generator, number: int, *, avoid: float = 0.2) -> Candidates:
    tempo = rng.uniform(50, 160, number)
    tempo[rng.random(number) < 0.3] = np.nan
    taste = rng.random(number)
    taste[rng.random(number) < 0.5] = np.nan
    return Candidates(
        valence=rng.uniform(-1, 1, number),
        arousal=rng.uniform(-1, 1, number),
        tempo=tempo,
        taste=taste,
        artist=rng.integers(0, max(2, number // 8), number),
        avoid=rng.random(number) < avoid,
    )


def _case(seed: int) -> tuple[np.random.Generator, tuple[float, float], tuple[float, float], int]:
    rng = np.random.default_rng(seed)
    start, wish = rng.uniform(-1, 1, 2), rng.uniform(-1, 1, 2)
    length = int(rng.integers(SHORTEST, LONGEST + 1))
    return rng, (float(start[0]), float(start[1])), (float(wish[0]), float(wish[1])), length


@pytest.mark.parametrize("seed", SEEDS)
def test_a_path_starts_near_goes_evenly_and_ends_near(seed: int) -> None:
    rng, start, wish, length = _case(seed)
    songs = _songs(rng, 3000)
    steps = plan(songs, start=start, wish=wish, mode="iso", length=length, seed=seed)
    assert len(steps) == length
    at = [(songs.valence[s.index], songs.arousal[s.index]) for s in steps]
    assert np.hypot(at[0][0] - start[0], at[0][1] - start[1]) <= REACH
    assert np.hypot(at[-1][0] - wish[0], at[-1][1] - wish[1]) <= REACH
    even = np.hypot(wish[0] - start[0], wish[1] - start[1]) / (length - 1)
    gaps = [np.hypot(b.valence - a.valence, b.arousal - a.arousal) for a, b in pairwise(steps)]
    assert gaps == pytest.approx([even] * (length - 1), abs=1e-5)  # points have six digits
    assert all(step.distance <= REACH for step in steps)


@pytest.mark.parametrize("mode", ["iso", "target"])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_avoided_is_never_on_it_and_nothing_twice(seed: int, mode: Mode) -> None:
    rng, start, wish, length = _case(seed)
    songs = _songs(rng, int(rng.integers(1, 60)), avoid=0.7)
    works = rng.integers(0, 20, len(songs)).tolist()
    steps = plan(songs, start=start, wish=wish, mode=mode, length=length, seed=seed, works=works)
    assert not any(songs.avoid[step.index] for step in steps)
    taken = [works[step.index] for step in steps]
    assert len(taken) == len(set(taken))
    for step in steps:
        assert sum(step.parts.values()) == pytest.approx(step.score, abs=1e-3)
        assert step.dominant in step.parts


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_seed_gives_the_same_path(seed: int) -> None:
    rng, start, wish, length = _case(seed)
    songs = _songs(rng, 500)
    once, again = (
        plan(songs, start=start, wish=wish, mode="iso", length=length, seed=seed) for _ in range(2)
    )
    assert once == again


def test_target_goes_there_at_once() -> None:
    songs = _songs(np.random.default_rng(1), 3000)
    steps = plan(songs, start=(-0.8, -0.5), wish=(0.6, -0.4), mode="target", length=6, seed=1)
    for step in steps:
        at = songs.valence[step.index], songs.arousal[step.index]
        assert np.hypot(at[0] - 0.6, at[1] + 0.4) <= REACH


def test_taste_decides_between_equals() -> None:
    songs = Candidates(
        valence=np.zeros(3), arousal=np.zeros(3), tempo=np.full(3, np.nan),
        taste=np.array([0.1, 0.9, 0.2]), artist=np.array([1, 2, 3]), avoid=np.zeros(3, bool),
    )  # fmt: skip
    first = plan(songs, start=(0, 0), wish=(0, 0), mode="iso", length=5, seed=0)[0]
    assert (first.index, first.dominant) == (1, "taste")


def test_a_path_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="5 to 8"):
        points((0, 0), (1, 1), "iso", 4)
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)
