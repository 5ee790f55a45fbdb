"""What a demo song's tune plays: pentatonic notes in phrases, from tempo, mood and seed.

The song tells tempo, mood and genre; its number in the source gives the seed. So a tune can be
made anywhere, again and alike, and its tempo and mode are ground truth for what is measured on it.
"""

import zlib
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from backend.demo.tune import bar_seconds, tune_seconds

MODES = {
    "宫": (0, 2, 4, 7, 9),
    "商": (0, 2, 5, 7, 10),
    "角": (0, 3, 5, 8, 10),
    "徵": (0, 2, 5, 7, 9),
    "羽": (0, 3, 5, 7, 10),
}
"""The five pentatonic modes, in semitones above the tonic."""
_PHRASE = 4  # bars
_EIGHTHS = 8  # a bar


@dataclass(frozen=True)
class Temper:
    """What a mood does to a tune."""

    modes: tuple[str, ...]
    busy: float
    """Share of eighths that carry a note of the melody."""
    bright: float
    """0..1, how much of the string's high partials sound."""
    pad: float
    bell: float
    """Levels of the held chord and of the bells, 0..1."""
    tonic: int
    """MIDI note around which the tonic lies."""


TEMPERS = {
    "欢快": Temper(("宫", "徵"), 0.62, 0.75, 0.25, 0.35, 62),
    "温暖": Temper(("宫", "徵"), 0.48, 0.5, 0.5, 0.2, 58),
    "平静": Temper(("宫", "商"), 0.34, 0.4, 0.6, 0.25, 57),
    "思念": Temper(("羽", "商"), 0.42, 0.45, 0.5, 0.15, 57),
    "忧伤": Temper(("羽", "角"), 0.36, 0.3, 0.6, 0.1, 55),
    "孤独": Temper(("羽", "角"), 0.3, 0.35, 0.45, 0.3, 55),
    "激昂": Temper(("商", "徵"), 0.66, 0.85, 0.3, 0.1, 59),
    "梦幻": Temper(("宫", "商"), 0.4, 0.5, 0.75, 0.6, 60),
}
_EVEN = Temper(("宫", "羽"), 0.45, 0.5, 0.5, 0.25, 58)
PULSED = {"流行": 0.5, "摇滚": 0.9, "电子": 0.9, "说唱": 0.8, "R&B": 0.5, "后摇": 0.6, "金属": 1.0}
"""How strong the soft drum of these genres is; the others have none."""


@dataclass(frozen=True)
class Note:
    """`start` and `length` in beats, `pitch` in MIDI numbers, `level` 0..1."""

    voice: str
    start: float
    length: float
    pitch: int
    level: float


@dataclass(frozen=True)
class Tune:
    """Everything that decides how a song sounds."""

    tempo: float
    mode: str
    tonic: int
    temper: Temper
    pulse: float
    seed: int

    @property
    def bars(self) -> int:
        return round(self.seconds / bar_seconds(self.tempo))

    @property
    def seconds(self) -> float:
        return tune_seconds(self.tempo)


def tune_of(source_id: str, *, tempo: float, mood: str | None, genres: Collection[str]) -> Tune:
    """Return the tune of a demo song; the same song has the same tune in every library."""
    seed = zlib.crc32(source_id.encode())
    rng = np.random.default_rng([seed, 11])
    temper = TEMPERS.get(mood or "", _EVEN)
    mode = temper.modes[0 if rng.random() < 0.7 else 1]
    tonic = temper.tonic + int(rng.integers(-3, 4))
    pulse = max((PULSED.get(name, 0.0) for name in genres), default=0.0)
    return Tune(tempo, mode, tonic, temper, pulse, seed)


def compose(tune: Tune) -> list[Note]:
    """Return the notes: a bar to begin with, phrases that ask and answer, a bar to end."""
    rng = np.random.default_rng([tune.seed, 12])
    notes = [*_ground(tune), *_pulse(tune)]
    asked, varied = _phrase(rng, tune), _phrase(rng, tune)
    sung = tune.bars - 2
    for place, first in enumerate(range(0, sung, _PHRASE)):
        # a a' b a: the third phrase goes elsewhere, each second one comes home.
        shape = varied if place % 4 == 2 else asked
        size = min(_PHRASE, sung - first)
        home = place % 2 == 1 or first + size == sung
        notes.extend(_sing(tune, shape, bars=size, at=4.0 * (1 + first), home=home))
        if tune.temper.bell > 0:
            at = 4.0 * (1 + first)
            notes.append(Note("bell", at, 4, _pitch(tune, 7 + 3 * (place % 2)), tune.temper.bell))
    last = 4.0 * (tune.bars - 1)
    for voice, degree, level in (("pluck", 0, 0.8), ("pluck", 5, 0.6), ("bell", 7, 0.4)):
        notes.append(Note(voice, last + 0.12 * degree, 4, _pitch(tune, degree), level))
    return sorted(notes, key=lambda note: note.start)


def _pitch(tune: Tune, degree: int) -> int:
    octave, step = divmod(degree, 5)
    return tune.tonic + 12 * octave + MODES[tune.mode][step]


Shape = list[list[tuple[int, int]]]
"""Per bar: (eighth, degree of the scale)."""


def _phrase(rng: Generator, tune: Tune) -> Shape:
    """Make four bars: the rhythm of the first returns in the third, the line moves by steps."""
    rhythms = [_rhythm(rng, tune.temper.busy) for _ in range(2)]
    rhythms = [rhythms[0], rhythms[1], rhythms[0], [0, 4]]
    degree, shape = int(rng.integers(4, 8)), []
    for rhythm in rhythms:
        bar = []
        for eighth in rhythm:
            bar.append((eighth, degree))
            pull = -1 if degree > 8 else 1 if degree < 3 else 0
            degree += int(rng.choice([-2, -1, 1, 2, 0], p=[0.15, 0.32, 0.32, 0.11, 0.1])) + pull
            degree = min(max(degree, 1), 10)
        shape.append(bar)
    return shape


def _rhythm(rng: Generator, busy: float) -> list[int]:
    """Return the eighths of a bar that sound: always the first, strong ones rather than weak."""
    chance = np.array([1.0, 0.45, 0.9, 0.5, 1.2, 0.45, 0.9, 0.5]) * busy
    return [0, *(i for i in range(1, _EIGHTHS) if rng.random() < chance[i])]


def _sing(tune: Tune, shape: Shape, *, bars: int, at: float, home: bool) -> list[Note]:
    notes = []
    for bar in range(bars):
        # A short last phrase still ends as a phrase does.
        line = shape[bar] if bar < bars - 1 else shape[-1]
        if bar == bars - 1:
            end = 5 if home else 3
            line = [(0, line[0][1]), (4, end)]
        for index, (eighth, degree) in enumerate(line):
            until = line[index + 1][0] if index + 1 < len(line) else _EIGHTHS
            strong = 1.0 if eighth == 0 else 0.86 if eighth == 4 else 0.72
            length = max((until - eighth) / 2, 1.0) + 1.0
            notes.append(
                Note("pluck", at + 4 * bar + eighth / 2, length, _pitch(tune, degree), strong)
            )
    return notes


def _ground(tune: Tune) -> list[Note]:
    """Return the left hand and the held chords: home, away, near, home."""
    notes = []
    for bar in range(tune.bars):
        root = 0 if bar in (0, tune.bars - 1) else (0, 3, 4, 3)[(bar - 1) % 4]
        at = 4.0 * bar
        low = _pitch(tune, root - 10)
        notes.append(Note("bass", at, 4, low + 12 if low < 34 else low, 0.75))
        chord = (_pitch(tune, root - 5), _pitch(tune, root - 3))
        notes.extend(Note("pad", at, 4, pitch, tune.temper.pad) for pitch in chord)
        if bar == tune.bars - 1:
            continue
        for beat, degree in ((1, root - 5), (2, root - 3), (3, root - 5)):
            notes.append(Note("bass", at + beat, 2, _pitch(tune, degree), 0.42))
        if tune.temper.busy > 0.45:
            off = _pitch(tune, root - 2)
            notes.extend(Note("bass", at + beat + 0.5, 1, off, 0.22) for beat in range(4))
    return notes


def _pulse(tune: Tune) -> list[Note]:
    if not tune.pulse:
        return []
    beats = range(4, 4 * (tune.bars - 1))
    return [
        Note("drum", float(beat), 1, 0, tune.pulse * (1.0 if beat % 2 == 0 else 0.55))
        for beat in beats
    ]
