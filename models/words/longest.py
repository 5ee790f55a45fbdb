"""Entries of a word list in a text: the longest first, from left to right."""

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

E = TypeVar("E")


class Found(NamedTuple, Generic[E]):
    """An entry at its place in a text."""

    start: int
    end: int
    entry: E


class LongestMatch(Generic[E]):
    """Finds the words of a list; `fits(text, start, end, entry)` may refuse a place."""

    def __init__(self, entries: Mapping[str, E], fits: Callable[[str, int, int, E], bool]) -> None:
        self._entries = entries
        self._fits = fits
        lengths: dict[str, set[int]] = {}
        for word in entries:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {sign: sorted(found, reverse=True) for sign, found in lengths.items()}

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, text: str) -> Iterator[Found[E]]:
        """Yield the entries of a normalised text; none overlaps another."""
        entries, lengths, at, last = self._entries, self._lengths, 0, len(text)
        while at < last:
            for length in lengths.get(text[at], ()):
                end = at + length
                # A slice beyond the end is shorter than it says.
                entry = entries.get(text[at:end]) if end <= last else None
                if entry is not None and self._fits(text, at, end, entry):
                    yield Found(at, end, entry)
                    at = end
                    break
            else:
                at += 1
