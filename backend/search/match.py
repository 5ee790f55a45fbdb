"""Where a query stands in a text, and how: as written, as pinyin, as initials, or nearly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz

from backend.search.text import Unit, fold, read_units, spelled, units

Kind = Literal["text", "pinyin", "initials", "mixed", "fuzzy"]
_WORTH: dict[Kind, float] = {"text": 100, "pinyin": 84, "mixed": 78, "initials": 72, "fuzzy": 40}
_TEXT, _SPELLED, _INITIAL = 1, 2, 4
NEAR = 60.0
"""Likeness, 0–100, from which on a text counts as nearly the query."""


@dataclass(frozen=True, slots=True)
class Match:
    """`spans` are places in the text, end exclusive; `worth` ranks, more is better."""

    kind: Kind
    spans: tuple[tuple[int, int], ...]
    worth: float


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed: all of it run together, and its words."""

    joined: str
    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Query":
        """Read what was typed; signs that are no letters only part words."""
        words = tuple(word for word in map(fold, text.split()) if word)
        return cls("".join(words), words)


def find(typed: str, text: str) -> Match | None:
    """Return where the folded query stands in a text, the best place; None when it does not."""
    cut = units(text)
    written = _as_written(typed, cut)
    if written is not None:
        return written
    best: Match | None = None
    for start in range(len(cut)):
        if typed[0] not in cut[start].firsts:
            continue
        found = _walk(typed, cut, 0, start, {})
        if found is None:
            continue
        end, modes, _ = found
        kind = _kind(modes)
        match = Match(kind, ((cut[start].start, cut[end - 1].end),), 0)
        worth = _worth(kind, start, end - start, len(cut))
        if best is None or worth > best.worth:
            best = Match(kind, match.spans, worth)
    return best


def nearly(typed: str, text: str) -> Match | None:
    """Return the place most like the query, as written or as read; None when nothing is near."""
    cut = read_units(text)
    if not cut or len(typed) < 2:
        return None
    written, places = _letters(cut, [unit.text for unit in cut])
    spoken, sounds = _letters(cut, [unit.readings[0] if unit.readings else "" for unit in cut])
    read = spelled(typed)
    best: Match | None = None
    for query, target, where in ((typed, written, places), (read, spoken, sounds)):
        if not target:
            continue
        whole = fuzz.ratio(query, target)
        part = fuzz.partial_ratio_alignment(query, target)
        score, span = whole, (cut[0].start, cut[-1].end)
        # Part of a text shorter than the query would be near to anything.
        if part is not None and len(target) >= len(query) and part.score * 0.97 > score:
            last = max(part.dest_start, part.dest_end - 1)
            score = part.score * 0.97
            span = (where[part.dest_start].start, where[min(last, len(where) - 1)].end)
        if score >= NEAR and (best is None or _WORTH["fuzzy"] * score / 100 > best.worth):
            best = Match("fuzzy", (span,), _WORTH["fuzzy"] * score / 100)
    return best


def _letters(cut: Sequence[Unit], texts: Sequence[str]) -> tuple[str, list[Unit]]:
    return "".join(texts), [unit for unit, text in zip(cut, texts, strict=True) for _ in text]


def _as_written(typed: str, cut: Sequence[Unit]) -> Match | None:
    written, places = _letters(cut, [unit.text for unit in cut])
    at = written.find(typed)
    if at < 0:
        return None
    first, last = places[at], places[at + len(typed) - 1]
    covered = len(typed) / len(written)
    worth = _WORTH["text"] + 20 * covered + (6 if at == 0 else 0) + (30 if covered == 1 else 0)
    start, end = first.start, last.end
    if not first.is_han and first is last:
        # Within one word the letters themselves are marked.
        inside = written.find(typed) - places.index(first)
        if first.end - first.start == len(first.text):
            start, end = first.start + inside, first.start + inside + len(typed)
    return Match("text", ((start, end),), worth)


def _worth(kind: Kind, start: int, length: int, whole: int) -> float:
    covered = length / whole
    return _WORTH[kind] + 20 * covered + (6 if start == 0 else 0) + (20 if covered == 1 else 0)


def _kind(modes: int) -> Kind:
    if modes == _SPELLED:
        return "pinyin"
    if modes == _INITIAL:
        return "initials"
    return "text" if modes == _TEXT else "mixed"


Walk = tuple[int, int, int]
"""Unit after the last, how units were met, cost."""


def _walk(
    typed: str, cut: Sequence[Unit], at: int, unit: int, known: dict[tuple[int, int], Walk | None]
) -> Walk | None:
    """Meet the query from `at` with the units from `unit`, in the most literal way."""
    if at == len(typed):
        return unit, 0, 0
    if unit == len(cut):
        return None
    if (at, unit) in known:
        return known[at, unit]
    best: Walk | None = None
    for taken, mode, cost in _steps(typed, at, cut[unit]):
        rest = _walk(typed, cut, at + taken, unit + 1, known)
        if rest is not None and (best is None or cost + rest[2] < best[2]):
            best = rest[0], rest[1] | mode, cost + rest[2]
    known[at, unit] = best
    return best


def _steps(typed: str, at: int, unit: Unit) -> list[tuple[int, int, int]]:
    steps: list[tuple[int, int, int]] = []
    left = len(typed) - at
    if typed.startswith(unit.text, at):
        steps.append((len(unit.text), _TEXT, 0))
    for reading in unit.readings:
        mode = _SPELLED if unit.is_han else _TEXT
        if typed.startswith(reading, at):
            steps.append((len(reading), mode, 1))
        elif 1 < left < len(reading) and reading.startswith(typed[at:]):
            steps.append((left, mode, 2))
        if reading and typed[at] == reading[0]:
            # The first letter of a syllable still being typed keeps the rest a spelling.
            unfinished = left == 1 and at > 1 and unit.is_han
            steps.append((1, 0 if unfinished else _INITIAL, 3))
    return steps
