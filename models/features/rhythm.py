"""Tempo and onsets of a recording, from how its spectrum rises."""

from dataclasses import dataclass

import librosa
import numpy as np
from numpy.typing import NDArray

SLOWEST, FASTEST = 40.0, 220.0
"""Beats per minute."""
_STEPS = 400
_MULTIPLES = np.arange(1, 9)
_SLOW, _CROWDED = 100.0, 2.6
_USUAL, _SPREAD = 105.0, 0.9
"""Most music is near so many beats per minute, give or take this many octaves."""


@dataclass(frozen=True)
class Beat:
    """`tempo` in beats per minute, `pulse` 0..1 how regular, `onset_rate` a second."""

    tempo: float
    pulse: float
    onset_rate: float


def follow(mel: NDArray[np.float32], *, frames_per_second: float) -> Beat:
    """Find the tempo of a log-mel spectrogram (bands x frames)."""
    rises = librosa.onset.onset_strength(S=mel)
    onsets = librosa.onset.onset_detect(
        onset_envelope=rises, sr=frames_per_second * 512, hop_length=512, units="frames"
    )
    rate = len(onsets) * frames_per_second / len(rises)
    candidates = np.geomspace(SLOWEST, FASTEST, _STEPS)
    periods = 60 * frames_per_second / candidates
    again = _autocorrelation(rises, size=int(periods.max() * _MULTIPLES.max()) + 2)
    lags = periods[:, None] * _MULTIPLES
    heard = np.interp(lags, np.arange(len(again)), again)
    score = (heard / np.sqrt(_MULTIPLES)).sum(axis=1) / (1 / np.sqrt(_MULTIPLES)).sum()
    prior = np.exp(-0.5 * (np.log2(candidates / _USUAL) / _SPREAD) ** 2)
    best = int((np.maximum(score, 0) * prior).argmax())
    tempo = float(candidates[best])
    return Beat(fold(tempo, onset_rate=rate), float(np.clip(score[best], 0, 1)), rate)


def fold(tempo: float, *, onset_rate: float) -> float:
    """Double a slow tempo whose beats carry three onsets and more: the beat is half as long.

    The autocorrelation of music in eighths is as high at two beats as at one.
    """
    return 2 * tempo if tempo < _SLOW and onset_rate * 60 / tempo > _CROWDED else tempo


def _autocorrelation(rises: NDArray[np.float32], *, size: int) -> NDArray[np.float64]:
    """Correlate with itself, 1 at lag 0, each lag by the frames that overlap."""
    centred = rises - rises.mean()
    length = 1 << (2 * len(centred) - 1).bit_length()
    spectrum = np.fft.rfft(centred, length)
    whole = np.fft.irfft(np.abs(spectrum) ** 2, length)[: min(size, len(centred))]
    whole /= np.maximum(np.arange(len(centred), len(centred) - len(whole), -1), 1)
    scaled: NDArray[np.float64] = whole / max(whole[0], 1e-12)
    return scaled
