"""Comments written from phrases: many, mostly distinct, true to the song they stand under."""

import random
from collections.abc import Iterable, Iterator

from backend.demo import phrases
from backend.demo.catalogue import Catalogue
from backend.demo.vocabulary import GENRES

_STYLES = list(GENRES)
_OPENED = 0.55
_TRIES = 8


def _split(text: str) -> list[str]:
    return text.replace("\n", "").split("|")


def _unvoiced(options: Iterable[str]) -> list[str]:
    """Return the phrases that also fit music without words."""
    return [one for one in options if not any(sign in one for sign in phrases.VOICED)]


_OPENERS = [one for one in _split(phrases.OPENERS) if one]
_CORES = [
    [one for one in _split(text) if one] for text in (phrases.WARM, phrases.PLAIN, phrases.COLD)
]
_ENDS = [_split(text) for text in (phrases.WARM_ENDS, phrases.PLAIN_ENDS, phrases.COLD_ENDS)]
_PLAYED_CORES = [_unvoiced(cores) for cores in _CORES]


def write(catalogue: Catalogue, about: Iterable[tuple[int, int]], seed: int) -> Iterator[str]:
    """Yield a comment for each (song, tone); tone 0 is warm, 1 plain, 2 cold.

    A text that was written before is written anew a few times, so that few repeat.
    """
    rng = random.Random(seed)
    written: set[str] = set()
    for song, tone in about:
        for _ in range(_TRIES):
            text = _text(rng, catalogue, song, tone)
            if text not in written:
                break
        written.add(text)
        yield text


def _text(rng: random.Random, catalogue: Catalogue, song: int, tone: int) -> str:
    wordless = bool(catalogue.wordless[song])
    parts = [rng.choice((_PLAYED_CORES if wordless else _CORES)[tone]), rng.choice(_ENDS[tone])]
    if rng.random() < _OPENED:
        parts.insert(0, rng.choice(_OPENERS))
    singer = catalogue.singers[int(catalogue.singer[song])].name
    tools = phrases.TOOLS[_STYLES[int(catalogue.genre[song])]]
    # Each part draws its own words, so that none is said twice by rule.
    return "".join(
        part.format(
            line=catalogue.line(song, rng.random()),
            singer=singer,
            tool=rng.choice(tools),
            **{slot: rng.choice(words) for slot, words in phrases.SLOTS.items()},
        )
        for part in parts
    )
