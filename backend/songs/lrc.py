"""Parse LRC lyrics."""

import re
from dataclasses import dataclass

_STAMP = re.compile(r"\[(\d{1,3}):(\d{1,2})(?:[.:](\d{1,3}))?\]")
_TAG = re.compile(r"^\[[a-z]+:.*\]$", re.IGNORECASE)


@dataclass(frozen=True)
class LyricLine:
    """`ms` is the offset from the start, None in plain lyrics."""

    ms: int | None
    text: str
    translation: str | None = None


def _milliseconds(match: re.Match[str]) -> int:
    minutes, seconds, fraction = match.groups()
    return int(minutes) * 60_000 + int(seconds) * 1000 + int((fraction or "0").ljust(3, "0"))


def parse_lrc(text: str, translation: str | None = None) -> list[LyricLine]:
    """Return the sung lines in time order; a line with several stamps stands several times.

    Tags such as `[ar:…]` and empty lines are left out. A translation is matched by stamp.
    """
    translated = {} if translation is None else {n.ms: n.text for n in parse_lrc(translation)}
    lines = []
    for raw in text.splitlines():
        raw = raw.strip()
        stamps = list(_STAMP.finditer(raw))
        words = _STAMP.sub("", raw).strip()
        if not stamps or not words or _TAG.match(raw):
            continue
        for stamp in stamps:
            ms = _milliseconds(stamp)
            lines.append(LyricLine(ms, words, translated.get(ms)))
    return sorted(lines, key=lambda line: line.ms or 0)


def parse_plain(text: str) -> list[LyricLine]:
    """Return the lines of lyrics without stamps."""
    return [LyricLine(None, line.strip()) for line in text.splitlines() if line.strip()]


def parse(kind: str, text: str | None, translation: str | None = None) -> list[LyricLine]:
    """Return the lines of lyrics of this kind; none for instrumental and uncollected."""
    if kind == "lrc":
        return parse_lrc(text or "", translation)
    if kind == "plain":
        return parse_plain(text or "")
    return []
