"""Key and mode of a recording: Western major and minor, and the five pentatonic modes."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.features.interface import Floats

MODES = {
    "宫": (0, 2, 4, 7, 9),
    "商": (0, 2, 5, 7, 10),
    "角": (0, 3, 5, 8, 10),
    "徵": (0, 2, 5, 7, 9),
    "羽": (0, 3, 5, 7, 10),
}
"""Semitones above the key note."""
BRIGHTNESS = {"宫": 1.0, "徵": 0.5, "商": 0.0, "羽": -0.5, "角": -1.0}
"""How bright a mode is said to be: by how high its steps lie."""
MAJOR = np.array([6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88])
MINOR = np.array([6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17])
"""Probe-tone profiles of Krumhansl and Kessler, Psychological Review 89(4), 1982."""
_LOWEST = 55.0  # Hz
_MELODY, _BASS, _END_BASS, _HIGHEST = 700.0, 180.0, 260.0, 2000.0
_FIRST_S, _LAST_S = 2.2, 3.5
_OVERTONE = 0.2
"""Share of a note that sounds a fifth above it: the third partial."""
_INSIDE, _LOW, _END, _BEGIN, _END_MELODY, _FIFTH = 22.0, 11.0, 5.0, 8.0, 10.5, 1.0
"""What speaks for a key: how much lies inside the mode, and how strong the key note is in the
bass, in the bass at the end and at the beginning, among all notes at the end. Chosen on 160
generated tunes, checked on 160 others."""

Spectrum = tuple[NDArray[np.floating[Any]], NDArray[np.floating[Any]]]
"""Frequencies in Hz, and how loud each is."""


@dataclass(frozen=True, eq=False)
class Key:
    """The key note (0 is C), and what stands above it."""

    note: int
    mode: str
    """One of MODES, the nearest where the music is not pentatonic."""
    majorness: float
    """-1 minor to 1 major."""
    brightness: float
    """-1 (角) to 1 (宫)."""
    clarity: float
    """0..1, how surely this key rather than the next best."""
    chroma: Floats
    """Shares of the twelve notes, the key note first."""


def find_key(sound: NDArray[np.float32], *, rate: int) -> Key:
    """Tell the key from all notes and from the bass, above all where the music begins and ends.

    The ends are heard with windows of seconds, because in the bass a semitone is a few Hz.
    """
    whole = _spectrum(sound, rate)
    notes = _notes(whole, _MELODY)
    cleaned = np.maximum(notes - _OVERTONE * np.roll(notes, 7), 0)
    heard = cleaned / max(cleaned.sum(), 1e-12)
    last = _spectrum(sound[-int(_LAST_S * rate) :], rate)
    first = _spectrum(sound[: int(_FIRST_S * rate)], rate)
    root = (
        _LOW * _notes(whole, _BASS)
        + _END * _notes(last, _END_BASS)
        + _BEGIN * _notes(first, _END_BASS)
        + _END_MELODY * _notes(last, _HIGHEST)
        + _FIFTH * np.roll(heard, -7)
    )
    strength = np.sqrt(heard)
    scores = np.array(
        [
            [
                root[note] + _INSIDE * np.roll(strength, -note)[list(steps)].sum()
                for steps in MODES.values()
            ]
            for note in range(12)
        ]
    )
    note, place = (int(at) for at in np.unravel_index(scores.argmax(), scores.shape))
    mode = list(MODES)[place]
    turned = np.roll(heard, -note)
    likely = np.exp(scores - scores.max())
    return Key(
        note=note,
        mode=mode,
        majorness=_majorness(turned),
        brightness=BRIGHTNESS[mode],
        clarity=float(1 / likely.sum()),
        chroma=turned.astype(np.float32),
    )


def _majorness(turned: NDArray[np.float64]) -> float:
    if turned.std() == 0:
        return 0.0
    major, minor = (np.corrcoef(turned, profile)[0, 1] for profile in (MAJOR, MINOR))
    return float(np.clip(major - minor, -1, 1))


def _spectrum(sound: NDArray[np.float32], rate: int) -> Spectrum:
    """Give frequencies from 55 to 2,000 Hz and how loud each is."""
    size = 1 << (len(sound) - 1).bit_length()
    loud = np.abs(np.fft.rfft(sound * np.hanning(len(sound)).astype(np.float32), size))
    hertz = np.fft.rfftfreq(size, 1 / rate)
    inside = slice(*np.searchsorted(hertz, (_LOWEST, _HIGHEST)))
    return hertz[inside], loud[inside].astype(np.float64)


def _notes(spectrum: Spectrum, highest: float) -> NDArray[np.float64]:
    """Fold a spectrum into shares of the twelve notes."""
    until = int(np.searchsorted(spectrum[0], highest))
    hertz, loud = spectrum[0][:until], spectrum[1][:until]
    place = 12 * np.log2(hertz / 440) + 69
    nearest = np.round(place)
    # What lies between two notes belongs to none.
    clear = loud * np.exp(-0.5 * ((place - nearest) / 0.3) ** 2)
    folded = np.bincount(nearest.astype(int) % 12, weights=clear, minlength=12)
    return np.asarray(folded / max(folded.sum(), 1e-12))
