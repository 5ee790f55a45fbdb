"""Text as search sees it: units, their readings, and the tokens an index holds.

A unit is a Han sign, or a run of other letters and digits. Tokens are plain ASCII, so that both
databases cut them alike: `zh…` two neighbouring signs as hex, `py…` pinyin and initials from any
unit onwards, `ex…` a whole name. All are at least three letters: InnoDB leaves shorter ones out.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from hashlib import blake2s
from itertools import combinations, pairwise
from typing import NamedTuple

import opencc
from pypinyin import Style, lazy_pinyin, pinyin

SPELLED = 5
"""Units a pinyin token reaches; a longer query is cut to as many syllables."""
INITIALS = 8
VARIANTS = 24
"""Readings of one stretch that are indexed: the likely one, each other sign's readings, pairs."""
_HAN = re.compile(r"[㐀-鿿豈-﫿]")
_UNIT = re.compile(r"[㐀-鿿豈-﫿]|[^\W_㐀-鿿豈-﫿]+")


class Unit(NamedTuple):
    """A stretch of the original text with how it may be typed."""

    start: int
    end: int
    text: str
    readings: tuple[str, ...]
    is_han: bool
    initials: tuple[str, ...]
    """First letters of the readings, each once."""
    firsts: str
    """What may be typed first of it."""


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


@lru_cache(maxsize=30_000)
def _plain(sign: str) -> str:
    """Return a sign simplified, narrow, lower case, without accents."""
    if _HAN.match(sign):
        simplified = _converter().convert(sign)
        return simplified if len(simplified) == 1 else sign
    folded = unicodedata.normalize("NFKD", sign).casefold()
    return "".join(part for part in folded if not unicodedata.combining(part))


@lru_cache(maxsize=30_000)
def _readings(sign: str) -> tuple[str, ...]:
    found = pinyin(sign, style=Style.NORMAL, heteronym=True, v_to_u=False)
    typed = (_typed(one) for one in (found[0] if found else ()))
    # A sign without a reading is given back as it is, and nothing of it can be typed.
    return tuple(dict.fromkeys(one for one in typed if one))


def _typed(syllable: str) -> str:
    plain = unicodedata.normalize("NFKD", syllable.replace("ü", "v"))
    return "".join(letter for letter in plain if letter.isascii() and letter.isalpha())


def fold(text: str) -> str:
    """Return text as it is compared: units only, nothing between them."""
    return "".join(unit.text for unit in units(text))


@lru_cache(maxsize=20_000)
def units(text: str) -> tuple[Unit, ...]:
    """Cut a text into units with their places in it, each reading by itself."""
    return tuple(
        typed._replace(start=match.start(), end=match.end())
        for match in _UNIT.finditer(text)
        if (typed := _typed_unit(match.group())).text
    )


@lru_cache(maxsize=20_000)
def read_units(text: str) -> tuple[Unit, ...]:
    """Cut as `units`, first of each sign's readings the one it has beside its neighbours.

    That takes far longer: only for what is written to the index or nearly meant.
    """
    return _by_context(units(text))


@lru_cache(maxsize=30_000)
def _typed_unit(text: str) -> Unit:
    """Return a unit as if it began its text."""
    plain = "".join(map(_plain, text))
    if not _HAN.match(text):
        return _unit(plain, (plain,), is_han=False)
    # Some simplified signs are too rare to have a reading; as written they have one.
    return _unit(plain, _readings(plain) or _readings(text), is_han=True)


def _unit(text: str, readings: tuple[str, ...], *, is_han: bool) -> Unit:
    initials = tuple(dict.fromkeys(one[0] for one in readings if one))
    return Unit(0, 0, text, readings, is_han, initials, text[:1] + "".join(initials))


def spelled(text: str) -> str:
    """Return a text as pinyin, each sign as it is likely read."""
    return "".join(u.readings[0] if u.readings else u.text for u in read_units(text))


def _by_context(found: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Put first the reading each sign has beside its neighbours."""
    if not any(len(unit.readings) > 1 for unit in found):
        return found
    signs = [unit.text if unit.is_han else "。" for unit in found]
    read = lazy_pinyin("".join(signs), errors=list, v_to_u=False)  # type: ignore[arg-type]  # one each
    if len(read) != len(found):
        return found
    ordered = []
    for unit, syllable in zip(found, read, strict=True):
        likely = _typed(syllable)
        if unit.is_han and likely in unit.readings:
            rest = (one for one in unit.readings if one != likely)
            again = _unit(unit.text, (likely, *rest), is_han=True)
            unit = again._replace(start=unit.start, end=unit.end)
        ordered.append(unit)
    return tuple(ordered)


@lru_cache(maxsize=4_096)
def name_tokens(text: str) -> frozenset[str]:
    """Return the tokens of a name: every reading, from every unit onwards.

    Kept a while: an album's name comes with each of its songs.
    """
    cut = read_units(text)
    if not cut:
        return frozenset()
    tokens = _signs(cut)
    tokens.update(map(exact, (fold(text), *_spelled(cut, 2), *_initials(cut, 2))))
    for start in range(len(cut)):
        tokens.update([f"py{t}"[:80] for t in _spelled(cut[start : start + SPELLED], VARIANTS)])
        tokens.update([f"py{t}" for t in _initials(cut[start : start + INITIALS], VARIANTS)])
    return frozenset(token for token in tokens if token.isascii())


def line_tokens(text: str) -> set[str]:
    """Return the tokens of a lyric line: read as its context reads it, from every unit onwards."""
    cut = read_units(text)
    tokens = _signs(cut)
    for start in range(len(cut)):
        tokens.update([f"py{t}"[:80] for t in _spelled(cut[start : start + SPELLED], 1)])
        tokens.update([f"py{t}" for t in _initials(cut[start : start + INITIALS], 1)])
    return {token for token in tokens if token.isascii()}


def exact(folded: str) -> str:
    """Return the token of a whole name."""
    return "ex" + blake2s(folded.encode(), digest_size=8).hexdigest()


def sign_tokens(signs: str) -> list[str]:
    """Return the tokens that text with these signs in a row must hold; one sign is a prefix."""
    if len(signs) == 1:
        return [f"zh{ord(signs):05x}*"]
    return [f"zh{ord(a):05x}{ord(b):05x}" for a, b in pairwise(signs)]


def _signs(cut: tuple[Unit, ...]) -> set[str]:
    tokens = set()
    for place, unit in enumerate(cut):
        if unit.is_han:
            after = cut[place + 1] if place + 1 < len(cut) else None
            second = f"{ord(after.text):05x}" if after is not None and after.is_han else ""
            tokens.add(f"zh{ord(unit.text):05x}{second}")
        elif not unit.text.isascii():
            # Other scripts (kana, hangul) are found as they are written, letter by letter.
            tokens |= {f"zh{ord(a):05x}" for a in unit.text}
    return tokens


def _spelled(cut: tuple[Unit, ...], limit: int) -> list[str]:
    return choices([unit.readings for unit in cut], limit)


def _initials(cut: tuple[Unit, ...], limit: int) -> list[str]:
    return choices([unit.initials for unit in cut], limit)


def choices(options: Sequence[tuple[str, ...]], limit: int) -> list[str]:
    """Join the likely choice, then those that differ in one place, then in two."""
    if not all(options):
        return []
    likely = [one[0] for one in options]
    joined = ["".join(likely)]
    places = [i for i, one in enumerate(options) if len(one) > 1]
    for size in (1, 2):
        for chosen in combinations(places, size):
            for variant in _product([options[i][1:] for i in chosen]):
                if len(joined) == limit:
                    return joined
                changed = list(likely)
                for place, reading in zip(chosen, variant, strict=True):
                    changed[place] = reading
                joined.append("".join(changed))
    return joined


def _product(options: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    if len(options) == 1:
        yield from ((one,) for one in options[0])
    else:
        yield from ((a, b) for a in options[0] for b in options[1])
