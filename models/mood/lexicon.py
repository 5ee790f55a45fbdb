"""The words of states, and of what turns them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from models.words.longest import LongestMatch

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


Words = LongestMatch[Entry]


def _alone(text: str, start: int, end: int, _entry: Entry) -> bool:
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
    return Words(entries, _alone), places
