"""What is told of sound, held against generated tunes whose tempo, mode and mood are known."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray

from backend.demo.composition import Tune, tune_of
from backend.demo.moods import PLACES
from backend.demo.synthesis import RATE as TUNE_RATE
from backend.demo.synthesis import render
from backend.demo.vocabulary import GENRES, MOODS
from models.features.audio import RATE, AudioEncoder, Heard, SoundTooShort, listen
from models.features.rhythm import fold
from models.features.sound_columns import COLUMN, NAMES
from models.mood import plane

pytestmark = pytest.mark.xdist_group("sound")
"""What listening needs is compiled once."""
TUNES = 100


@dataclass(frozen=True)
class Known:
    tune: Tune
    mood: str
    heard: Heard


def sound_of(tune: Tune) -> NDArray[np.float32]:
    return np.asarray(soxr.resample(render(tune).mean(axis=1), TUNE_RATE, RATE), np.float32)


@pytest.fixture(scope="module")
def known() -> list[Known]:
    """A hundred tunes of all moods, of seeds that no weight was chosen on."""
    rng = np.random.default_rng(31)
    names = list(GENRES)
    chance = np.array([GENRES[name].weight for name in names])
    tunes = []
    for number in range(TUNES):
        mood = list(MOODS)[number % len(MOODS)]
        genre = names[rng.choice(len(names), p=chance / chance.sum())]
        tempo = GENRES[genre].tempo * MOODS[mood].pace * rng.normal(1, 0.07)
        tempo = round(float(np.clip(tempo, 56, 180)))
        tunes.append((tune_of(f"held-out-{number}", tempo=tempo, mood=mood, genres=[genre]), mood))
    with ThreadPoolExecutor(2) as pool:
        heard = pool.map(lambda one: listen(sound_of(one[0])), tunes)
        return [Known(tune, mood, one) for (tune, mood), one in zip(tunes, heard, strict=True)]


def test_the_tempo_is_told_within_four_percent_or_an_octave_of_it(known: list[Known]) -> None:
    octaves = np.log2([one.heard.tempo / one.tune.tempo for one in known])
    assert (np.abs(octaves - octaves.round()) < np.log2(1.04)).all()
    assert (np.abs(octaves) < np.log2(1.04)).mean() >= 0.95


def test_the_mode_is_told(known: list[Known]) -> None:
    right = [one.heard.key.mode == one.tune.mode for one in known]
    assert np.mean(right) >= 0.8
    note = [one.heard.key.note == one.tune.tonic % 12 for one in known]
    assert np.mean(note) >= 0.8


def test_the_quadrant_of_the_mood_is_told(known: list[Known]) -> None:
    columns = plane.columns_of(np.stack([one.heard.vector for one in known]), COLUMN)
    told = plane.by_sound(columns) > 0
    true = np.array([PLACES[one.mood] for one in known]) > 0
    assert (told == true).all(axis=1).mean() >= 0.85


def test_a_vector_is_finite_and_as_long_as_its_names(known: list[Known]) -> None:
    assert AudioEncoder().dimension == len(NAMES) == len(known[0].heard.vector)
    assert np.isfinite([one.heard.vector for one in known]).all()


def test_the_same_sound_gives_the_same_vector(known: list[Known]) -> None:
    again = AudioEncoder().encode([sound_of(known[0].tune)])
    assert (again[0] == known[0].heard.vector).all()


@pytest.mark.parametrize("sound", [np.zeros(10 * RATE), np.ones(RATE), np.zeros(0)])
def test_silence_and_snippets_tell_nothing(sound: NDArray[np.float64]) -> None:
    with pytest.raises(SoundTooShort):
        listen(sound.astype(np.float32))


def test_a_crowded_slow_tempo_is_doubled() -> None:
    assert fold(70, onset_rate=3.9) == 140
    assert fold(70, onset_rate=1.2) == 70
    assert fold(140, onset_rate=8) == 140
