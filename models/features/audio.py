"""What a recording sounds like, all from one short-time Fourier transform.

librosa compiles some of itself at its first call, which takes seconds to half a minute: this is
for commands that run behind, never for a request.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version as version_of

import librosa
import numpy as np
from numpy.typing import NDArray

from models.features import pitch, rhythm
from models.features.interface import Encoder, Floats
from models.features.sound_columns import NAMES

RATE = 22_050
"""Samples a second that are expected; whoever reads the file resamples to it."""
WINDOW, HOP = 2048, 512
SHORTEST = 3.0
"""Seconds below which nothing is told."""
LONGEST = 60.0
"""Seconds that are listened to, from the middle, so that memory stays bounded."""
_QUIETEST = 1e-5

Sound = NDArray[np.float32]
"""One channel at RATE, in [-1, 1]."""


class SoundTooShort(ValueError):
    """There is too little to tell anything from, or it is silent."""


@dataclass(frozen=True, eq=False)
class Heard:
    """What was heard in one recording."""

    tempo: float
    """Beats per minute, folded by how dense the onsets are."""
    key: pitch.Key
    vector: Floats
    """As `sound_columns` says."""


class AudioEncoder(Encoder[Sound]):
    """librosa's classics, and tempo and key as told in `rhythm` and `pitch`."""

    modality = "audio"
    name = "librosa"
    version = f"1-{version_of('librosa')}"
    dimension = len(NAMES)

    def encode(self, items: Sequence[Sound]) -> Floats:
        """Describe recordings, one row each. Raises SoundTooShort."""
        return np.stack([listen(sound).vector for sound in items])


def listen(sound: Sound) -> Heard:
    """Describe one recording.

    Raises:
        SoundTooShort: under three seconds, or silent.
    """
    sound = _middle(np.asarray(sound, dtype=np.float32))
    if len(sound) < SHORTEST * RATE or not np.abs(sound).max(initial=0) > _QUIETEST:
        raise SoundTooShort("too short or silent")
    magnitude = np.abs(librosa.stft(sound, n_fft=WINDOW, hop_length=HOP))
    power = magnitude**2
    mel = librosa.power_to_db(librosa.feature.melspectrogram(S=power, sr=RATE, n_mels=64))
    mfcc = librosa.feature.mfcc(S=mel, n_mfcc=20)
    loud = 20 * np.log10(np.maximum(librosa.feature.rms(S=magnitude)[0], _QUIETEST))
    sounding = loud > loud.max() - 60
    centroid = np.log2(np.maximum(librosa.feature.spectral_centroid(S=magnitude, sr=RATE)[0], 1))
    rolloff = np.log2(np.maximum(librosa.feature.spectral_rolloff(S=magnitude, sr=RATE)[0], 1))
    contrast = librosa.feature.spectral_contrast(S=magnitude, sr=RATE)
    crossings = librosa.feature.zero_crossing_rate(sound, frame_length=WINDOW, hop_length=HOP)[0]
    beat = rhythm.follow(mel, frames_per_second=RATE / HOP)
    key = pitch.find_key(sound, rate=RATE)
    vector = np.concatenate(
        [
            [np.log2(beat.tempo), beat.pulse, beat.onset_rate],
            [loud[sounding].mean(), loud[sounding].std(), crossings[sounding].mean()],
            [centroid[sounding].mean(), centroid[sounding].std(), rolloff[sounding].mean()],
            [key.majorness, key.brightness, key.clarity],
            contrast[:, sounding].mean(axis=1),
            key.chroma,
            mfcc[:, sounding].mean(axis=1),
            mfcc[:, sounding].std(axis=1),
        ]
    ).astype(np.float32)
    return Heard(beat.tempo, key, vector)


def _middle(sound: Sound) -> Sound:
    longest = int(LONGEST * RATE)
    start = max((len(sound) - longest) // 2, 0)
    return sound[start : start + longest]
