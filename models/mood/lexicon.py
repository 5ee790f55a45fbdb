"""The words of states, and of what turns them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "lexicon"
TURNS = frozenset(("negation", "degree", "wish", "contrast", "past"))


@dataclass(frozen=True)
class Entry:
    """A word of a state with its place on the plane, or one that turns others."""

    kind: str
    """A state's name, or one of TURNS."""
    valence: float = 0.0
    """For `degree`: the factor."""
    arousal: float = 0.0


class Found(NamedTuple):
    """An entry at its place in a normalised text."""

    start: int
    end: int
    entry: Entry


class Words:
    """Finds the longest entries from left to right."""

    def __init__(self, entries: dict[str, Entry]) -> None:
        self._entries = entries
        lengths: dict[str, set[int]] = {}
        for word in entries:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {sign: sorted(found, reverse=True) for sign, found in lengths.items()}

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, text: str) -> Iterator[Found]:
        """Yield entries of a normalised text; Latin words only where they stand alone."""
        at = 0
        while at < len(text):
            for length in self._lengths.get(text[at], ()):
                end = at + length
                entry = self._entries.get(text[at:end])
                if entry is not None and end <= len(text) and _alone(text, at, end):
                    yield Found(at, end, entry)
                    at = end
                    break
            else:
                at += 1


def _alone(text: str, start: int, end: int) -> bool:
    if not text[start].isascii():
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isascii() and before.isalpha()) and not (after.isascii() and after.isalpha())


@cache
def load() -> tuple[Words, dict[str, tuple[float, float]]]:
    """Return the words, and each state's place (valence, arousal)."""
    entries: dict[str, Entry] = {}
    places: dict[str, tuple[float, float]] = {}
    for name in ("states.txt", "turns.txt"):
        entry = Entry("")
        for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
            if line.startswith("@"):
                kind, *numbers = line[1:].split()
                entry = Entry(kind, *map(float, numbers))
                if kind not in TURNS:
                    places[kind] = (entry.valence, entry.arousal)
            elif line and not line.startswith("# "):
                for word in line.split():
                    entries.setdefault(word.replace("␣", " "), entry)
    return Words(entries), places
