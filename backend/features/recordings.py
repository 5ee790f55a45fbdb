"""Recordings as samples: files of one's own are read, the demo's tunes are made anew.

Imports librosa's relatives: only for commands that run behind.
"""

from pathlib import Path

import numpy as np
import soundfile
import soxr

from backend.audio.service import Recording, TuneFacts
from backend.demo.composition import tune_of
from backend.demo.synthesis import RATE as TUNE_RATE
from backend.demo.synthesis import render
from models.features.audio import LONGEST, RATE, Sound


def samples(content: Recording | TuneFacts | None) -> Sound | None:
    """Return one channel at the rate that features are told from, None where nothing is read."""
    if content is None:
        return None
    if isinstance(content, TuneFacts):
        tune = tune_of(
            content.source_id, tempo=content.tempo, mood=content.mood, genres=content.genres
        )
        return _one_channel(render(tune), TUNE_RATE)
    return _middle_of(content.path)


def _middle_of(path: Path) -> Sound | None:
    try:
        with soundfile.SoundFile(path) as file:
            longest = int(LONGEST * file.samplerate)
            if file.frames > longest:
                file.seek((file.frames - longest) // 2)
            return _one_channel(
                file.read(longest, dtype="float32", always_2d=True), file.samplerate
            )
    except (OSError, RuntimeError):
        # Gone meanwhile, or a kind that libsndfile does not read: a mask.
        return None


def _one_channel(sound: Sound, rate: int) -> Sound:
    return np.asarray(soxr.resample(sound.mean(axis=1), rate, RATE), dtype=np.float32)
