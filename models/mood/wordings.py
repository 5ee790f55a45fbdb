"""Reads the wordings of a crisis from `wordings/`.

One regular expression a line, under the section named by the last `@` line; `<name> = …` defines a
piece that later lines use as `<name>`. Wordings are composed there (wanting x ending x oneself),
idioms stand in a section of their own and are struck out before anything is looked for.
"""

import re
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "wordings"
_PIECE = re.compile(r"<([a-z]+)> = (.*)")


@cache
def read(name: str) -> dict[str, re.Pattern[str]]:
    """Return the sections of a file, each as one expression of all its lines."""
    # A letter beside a Han sign still begins a word.
    flags = re.ASCII if name == "english" else 0
    pieces: dict[str, str] = {}
    sections: dict[str, list[str]] = {}
    section: list[str] = []
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if found := _PIECE.fullmatch(line):
            pieces[found[1]] = _put(found[2], pieces)
        elif line.startswith("@"):
            section = sections.setdefault(line[1:], [])
        elif line and not line.startswith("# "):
            section.append(_put(line, pieces))
    return {title: re.compile("|".join(lines), flags) for title, lines in sections.items()}


def _put(line: str, pieces: dict[str, str]) -> str:
    for name, piece in pieces.items():
        line = line.replace(f"<{name}>", piece)
    return line
