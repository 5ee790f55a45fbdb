"""The words, signs and faces that praise or pan, and the words that turn them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.sentiment.text import normalise
from models.words.longest import LongestMatch

FOLDER = Path(__file__).parent / "lexicon"
FILES = ("context.txt", "function_words.txt", "praise.txt", "pan.txt", "sad.txt", "signs.txt")
TONE, SAD = "tone", "sad"
_JOINED = frozenset(("好听", "好看", "好吃", "好喝", "好用", "好玩"))

_FOLLOWS = frozenset("的了啊吧呢得死到爆哭呀哦哈又也")
_PRECEDES = frozenset("太很真好又也最更不没挺巨超贼老蛮极略点都可够")
"""What stands beside a single sign that is a word of its own: 太慢, 慢死了, 又脏又乱."""


@dataclass(frozen=True)
class Entry:
    """What a word does: its `kind`, and its weight in units of a logit (or a factor)."""

    kind: str
    weight: float
    other: float = 0.0
    """A sad word's weight where nothing speaks of music."""


class Lexicon(LongestMatch[Entry]):
    """The word files; Latin words count only where they stand alone."""

    @classmethod
    def load(cls, folder: Path = FOLDER) -> "Lexicon":
        """Read the word files; a word that stands twice keeps its first kind, sad words last."""
        entries: dict[str, Entry] = {}
        for name in FILES:
            for word, kind, weight in _read(folder / name):
                if name == "context.txt":
                    entries[word] = Entry("context", 0.0)
                elif name == "function_words.txt":
                    entries[word] = Entry(kind, weight)
                elif name == "sad.txt":
                    # What a sad word says elsewhere is what the list of panning words says of it.
                    plain = entries.get(word)
                    entries[word] = Entry(SAD, weight, plain.weight if plain else weight)
                elif word not in entries or entries[word].kind == "context":
                    entries[word] = Entry(TONE, weight)
        return cls(entries, _fits)


def _fits(text: str, start: int, end: int, entry: Entry) -> bool:
    if _cuts_a_word(text, start, end):
        return False
    if end - start == 1 and entry.kind == TONE and _inside_a_word(text, start):
        return False
    return _stands_alone(text, start, end)


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    """Tell whether 非常好 would take the 好 of 好听 away."""
    return end - start > 1 and text[end - 1 : end + 1] in _JOINED


def _inside_a_word(text: str, at: int) -> bool:
    """Tell whether a single sign is part of a word, as 水 is of 水量 and 小 of 小店."""
    after, before = text[at + 1 : at + 2], text[at - 1 : at] if at else ""
    return after >= "㐀" and after not in _FOLLOWS and (not before or before not in _PRECEDES)


def _stands_alone(text: str, start: int, end: int) -> bool:
    if not ("a" <= text[start] <= "z"):
        return True
    before, after = text[start - 1 : start], text[end : end + 1]
    return not ("a" <= before <= "z") and not ("a" <= after <= "z" and text[end - 1].isalpha())


def _read(path: Path) -> Iterator[tuple[str, str, float]]:
    kind, weight = TONE, 0.0
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            head = line[1:].split()
            kind = head[0] if not head[0].lstrip("-")[:1].isdigit() else TONE
            weight = float(head[-1]) if head[-1].lstrip("-")[:1].isdigit() else 0.0
        elif line and not line.startswith("# "):
            for word in line.split():
                yield normalise(word.replace("␣", " ")), kind, weight
