"""Turns a tune into sound with numpy alone: plucked strings, held chords, bells, a soft drum.

The string is Karplus and Strong, "Digital Synthesis of Plucked-String and Drum Timbres",
Computer Music Journal 7(2), 1983: a burst of noise runs round a delay line and is averaged with
its neighbour each time. A whole period depends only on the one before, so it is one numpy step.
"""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from backend.demo.composition import Note, Tune, compose

RATE = 32_000
"""Samples a second; MP3 carries it, and strings have nothing above 16 kHz."""
PEAK = 0.82
"""Highest sample; what MP3 adds stays below 1."""
LOUDNESS = 0.11
"""Root mean square, if the peak allows it: -19 dB."""
FADE_IN, FADE_OUT = 0.03, 1.6  # seconds
_PAN = {"pluck": 0.12, "bass": -0.18, "pad": 0.0, "bell": 0.4, "drum": -0.05}
_LEVEL = {"pluck": 0.62, "bass": 0.55, "pad": 0.17, "bell": 0.16, "drum": 0.42}

Sound = NDArray[np.float32]


def render(tune: Tune) -> Sound:
    """Return the tune as frames x 2 in [-PEAK, PEAK], exactly as long as the tune is."""
    rng = np.random.default_rng([tune.seed, 13])
    size = round(tune.seconds * RATE)
    dry = np.zeros((size, 2), np.float32)
    made: dict[tuple[str, int, float], Sound] = {}
    beat = 60 / tune.tempo
    for note in compose(tune):
        key = (note.voice, note.pitch, note.length)
        if key not in made:
            made[key] = _voice(note, tune, rng, note.length * beat)
        start = round(note.start * beat * RATE)
        sound = made[key][: size - start] * np.float32(note.level * _LEVEL[note.voice])
        pan = _PAN[note.voice] + (0.01 * (note.pitch - tune.tonic) if note.voice == "pluck" else 0)
        left, right = np.cos((pan + 1) * np.pi / 4), np.sin((pan + 1) * np.pi / 4)
        dry[start : start + len(sound), 0] += sound * np.float32(left)
        dry[start : start + len(sound), 1] += sound * np.float32(right)
    return _master(dry + _room(dry, rng))


def _voice(note: Note, tune: Tune, rng: Generator, seconds: float) -> Sound:
    hertz = 440 * 2 ** ((note.pitch - 69) / 12)
    match note.voice:
        case "pluck":
            return _string(rng, hertz, seconds, bright=0.3 + 0.4 * tune.temper.bright)
        case "bass":
            return _string(rng, hertz, seconds, bright=0.2 + 0.3 * tune.temper.bright)
        case "pad":
            return _pad(hertz, seconds)
        case "bell":
            return _bell(hertz, seconds)
        case _:
            return _drum()


def _string(rng: Generator, hertz: float, seconds: float, *, bright: float) -> Sound:
    """Pluck a string of `hertz`; `bright` 0..1 leaves more of the high partials."""
    period = max(int(RATE / hertz - 0.5), 2)
    # The loop delays by half a sample more than the line is long; stretching mends the pitch.
    stretch = hertz * (period + 0.5) / RATE
    size = int(seconds * RATE * stretch) + period
    noise = rng.uniform(-1, 1, period)
    soften = np.array([1 - bright, bright, 1 - bright]) / (2 - bright)
    for _ in range(2):
        noise = np.convolve(np.concatenate([noise[-1:], noise, noise[:1]]), soften, "valid")
    noise -= noise.mean()
    noise /= np.abs(noise).max()
    # Plucked at a fifth of its length: that partial and its multiples are weak.
    noise -= 0.8 * np.roll(noise, period // 5)
    loss = 0.5 ** (1 / (hertz * (1.1 - 0.0006 * min(hertz, 1000))))
    line = np.empty((size // period + 1, period))
    line[0] = noise
    for turn in range(1, len(line)):
        before = line[turn - 1]
        line[turn, 1:] = before[1:] + before[:-1]
        line[turn, 0] = before[0] + (line[turn - 2, -1] if turn > 1 else before[-1])
        line[turn] *= 0.5 * loss
    played = line.reshape(-1)
    frames = int(seconds * RATE)
    sound = np.interp(np.arange(frames) * stretch, np.arange(len(played)), played)
    return _shaped(sound, attack=0.002, release=min(0.25, seconds / 3)) / 1.4


def _pad(hertz: float, seconds: float) -> Sound:
    """Hold a chord's note: three slightly detuned voices with soft partials."""
    time = np.arange(int(seconds * 1.25 * RATE)) / RATE
    sound = np.zeros(len(time))
    for detune in (-0.0018, 0.0, 0.0021):
        phase = 2 * np.pi * hertz * (1 + detune) * time
        sound += np.sin(phase) + 0.3 * np.sin(2 * phase + 1) + 0.1 * np.sin(3 * phase + 2)
    sound *= (1 + 0.12 * np.sin(2 * np.pi * 0.31 * time)) / 4.2
    return _shaped(sound, attack=0.4 * seconds, release=0.5 * seconds)


def _bell(hertz: float, seconds: float) -> Sound:
    """Strike a bell: partials that no string has, the higher the shorter."""
    time = np.arange(int(max(seconds, 2.0) * RATE)) / RATE
    sound = np.zeros(len(time))
    for ratio, level in ((0.5, 0.25), (1, 1), (2, 0.5), (2.76, 0.3), (5.4, 0.12)):
        fall = np.exp(-time * (1.4 + 1.1 * ratio))
        sound += level * fall * np.sin(2 * np.pi * hertz * ratio * time)
    return _shaped(sound / 2.2, attack=0.004, release=0.4)


def _drum() -> Sound:
    """Beat a soft drum: a low tone that falls."""
    time = np.arange(int(0.28 * RATE)) / RATE
    phase = 2 * np.pi * (55 * time + 1.6 * (1 - np.exp(-28 * time)))
    return _shaped(np.sin(phase) * np.exp(-time * 14), attack=0.002, release=0.08)


def _shaped(sound: NDArray[np.float64], *, attack: float, release: float) -> Sound:
    """Begin and end softly, so that nothing clicks."""
    rise, fall = max(int(attack * RATE), 1), max(int(release * RATE), 1)
    sound[:rise] *= np.sin(np.linspace(0, np.pi / 2, rise)) ** 2
    sound[-fall:] *= np.cos(np.linspace(0, np.pi / 2, fall)) ** 2
    return sound.astype(np.float32)


def _room(dry: Sound, rng: Generator) -> Sound:
    """Return what a small hall answers: decaying noise, other noise on either side."""
    frames = int(1.3 * RATE)
    time = np.arange(frames) / RATE
    noise = rng.standard_normal((frames, 2)) * np.exp(-time * 4.2)[:, None]
    # A hall swallows high tones.
    noise[1:] = 0.35 * noise[1:] + 0.65 * noise[:-1]
    noise[: int(0.012 * RATE)] = 0
    noise /= np.sqrt((noise**2).sum(axis=0))
    size = 1 << (len(dry) + frames - 1).bit_length()
    answered = np.fft.irfft(
        np.fft.rfft(dry, size, axis=0) * np.fft.rfft(noise, size, axis=0), size, axis=0
    )
    wet: Sound = (0.2 * answered[: len(dry)]).astype(np.float32)
    return wet


def _master(sound: Sound) -> Sound:
    """Set the level and the soft ends; nothing is clipped."""
    sound -= sound.mean(axis=0)
    rise, fall = int(FADE_IN * RATE), int(FADE_OUT * RATE)
    sound[:rise] *= np.linspace(0, 1, rise, dtype=np.float32)[:, None]
    sound[-fall:] *= np.cos(np.linspace(0, np.pi / 2, fall, dtype=np.float32))[:, None] ** 2
    peak, loudness = float(np.abs(sound).max()), float(np.sqrt((sound**2).mean()))
    return sound * np.float32(min(PEAK / peak, LOUDNESS / loudness))
