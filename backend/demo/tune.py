"""The length of a demo song's tune, and its words stamped over it.

The tune is synthesised later from tempo, mood and seed; its length is fixed here, because the
stamps must lie over what is heard and not over the duration printed on the record.
"""

from collections.abc import Sequence

_BEATS = 4
_ABOUT = 25.0  # seconds; whole bars make it 20 to 30 for any tempo of the library


def bar_seconds(tempo: float) -> float:
    """Return the seconds of one bar in four-four time; `tempo` is in beats per minute."""
    return _BEATS * 60 / tempo


def tune_seconds(tempo: float) -> float:
    """Return the length of the tune: the whole bars that come nearest to 25 s."""
    bar = bar_seconds(tempo)
    return round(_ABOUT / bar) * bar


def stamped(lines: Sequence[str], tempo: float) -> str:
    """Return LRC: one bar without words first, one after, each line as long as its characters."""
    bar = bar_seconds(tempo)
    now, sung = bar, tune_seconds(tempo) - 2 * bar
    each = sung / sum(map(len, lines))
    stamps = []
    for line in lines:
        stamps.append(f"[{int(now // 60):02}:{now % 60:05.2f}]{line}")
        now += len(line) * each
    return "\n".join(stamps)
