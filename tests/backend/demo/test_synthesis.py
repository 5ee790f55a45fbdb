from pathlib import Path

import numpy as np
import pytest
import soundfile

from backend.demo.composition import MODES, tune_of
from backend.demo.synthesis import PEAK, RATE, Sound, render
from backend.demo.tune_process import write

SONGS = (
    ("s1", 84.0, "思念", ("古风",)),
    ("s2", 128.0, "激昂", ("摇滚",)),
    ("s3", 60.0, "忧伤", ("轻音乐",)),
    ("s4", 104.0, "欢快", ("流行",)),
)


@pytest.fixture(scope="module", params=SONGS, ids=lambda song: song[0])
def song(request: pytest.FixtureRequest) -> tuple[str, float, str, tuple[str, ...], Sound]:
    source_id, tempo, mood, genres = request.param
    tune = tune_of(source_id, tempo=tempo, mood=mood, genres=genres)
    return source_id, tempo, mood, genres, render(tune)


Song = tuple[str, float, str, tuple[str, ...], Sound]


def test_it_lasts_as_long_as_its_words_and_never_clips(song: Song) -> None:
    source_id, tempo, mood, genres, sound = song
    tune = tune_of(source_id, tempo=tempo, mood=mood, genres=genres)
    assert 20 <= tune.seconds <= 30
    assert len(sound) == round(tune.seconds * RATE)
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() <= PEAK + 1e-4
    loudness = float(np.sqrt((sound**2).mean()))
    assert 0.05 <= loudness <= 0.12


def test_it_begins_and_ends_softly_without_clicks(song: Song) -> None:
    sound = song[-1]
    assert np.abs(sound[: RATE // 200]).max() < 0.1
    assert np.abs(sound[-RATE // 10 :]).max() < 0.005
    assert np.abs(np.diff(sound, axis=0)).max() < 0.5
    assert np.abs(sound.mean(axis=0)).max() < 1e-3
    # No hole in the middle either.
    middle = sound[2 * RATE : -4 * RATE].reshape(-1)
    parts = middle[: len(middle) // RATE * RATE].reshape(-1, RATE)
    assert (np.sqrt((parts**2).mean(axis=1)) > 0.01).all()


def test_its_energy_lies_where_strings_sound_and_in_its_mode(song: Song) -> None:
    source_id, tempo, mood, genres, sound = song
    tune = tune_of(source_id, tempo=tempo, mood=mood, genres=genres)
    power = np.abs(np.fft.rfft(sound.mean(axis=1))) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / RATE)
    total = power.sum()
    assert power[(hertz > 60) & (hertz < 2500)].sum() > 0.85 * total
    assert power[hertz < 30].sum() < 0.01 * total
    sung = (hertz > 110) & (hertz < 1000)
    classes = np.round(12 * np.log2(hertz[sung] / 440) + 69).astype(int) % 12
    chroma = np.bincount(classes, power[sung], minlength=12)
    own = [(tune.tonic + step) % 12 for step in MODES[tune.mode]]
    assert chroma[own].sum() > 0.8 * chroma.sum()


def test_its_tempo_can_be_heard(song: Song) -> None:
    tempo, sound = song[1], song[-1]
    hop = 320  # 10 ms
    frames = sound.mean(axis=1)[: len(sound) // hop * hop].reshape(-1, hop)
    spectra = np.log1p(100 * np.abs(np.fft.rfft(frames, axis=1)))
    onsets = np.maximum(np.diff(spectra, axis=0), 0).sum(axis=1)
    onsets -= onsets.mean()
    strength = np.fft.irfft(np.abs(np.fft.rfft(onsets, 2 * len(onsets))) ** 2)[: len(onsets)]
    tempos = np.arange(40, 200, 0.5)
    lags = 6000 / tempos
    heard = np.interp(lags, np.arange(len(strength)), strength)
    heard += np.interp(4 * lags, np.arange(len(strength)), strength)
    best = float(tempos[heard.argmax()])
    # Half and double are the same beat counted otherwise.
    assert min(abs(best * fold - tempo) / tempo for fold in (0.5, 1, 2)) < 0.03


def test_the_file_is_the_same_each_time_and_carries_the_sound(tmp_path: Path) -> None:
    facts = {"source_id": "s9", "tempo": 140.0, "mood": "欢快", "genres": ["流行"]}
    for name in ("a.mp3", "b.mp3"):
        write(dict(facts), tmp_path / name)
    first = tmp_path / "a.mp3"
    assert first.read_bytes() == (tmp_path / "b.mp3").read_bytes()
    assert first.stat().st_size < 400_000
    sound, rate = soundfile.read(first)
    assert rate == RATE
    assert sound.shape[1] == 2
    assert np.abs(sound).max() < 1
    assert len(sound) / rate == pytest.approx(
        tune_of("s9", tempo=140, mood="欢快", genres=()).seconds, abs=0.1
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.mp3", "b.mp3"]
