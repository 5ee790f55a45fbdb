"""Bring texts to one form, sign for sign: positions in the form are positions in the text."""

import unicodedata
from functools import cache

from opencc import OpenCC

_HAN = range(0x3400, 0xA000)
_OTHERWISE = {"妳": "你", "祂": "他", "牠": "它", "～": "~", "。": "。", "…": "…"}


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def _signs() -> dict[int, str]:
    """Map each sign that is written otherwise: wide letters, capitals, traditional, control."""
    table = {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    table |= {code: chr(code).lower() for code in range(0x41, 0x5B)}
    table |= dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x3000, 0x200B, 0xFEFF), " ")
    han = [chr(code) for code in _HAN]
    simple = _converter().convert("\n".join(han)).split("\n")
    table |= {ord(a): b for a, b in zip(han, simple, strict=True) if a != b and len(b) == 1}
    table |= {ord(a): b for a, b in _OTHERWISE.items() if a != b}
    return table


def normalise(text: str) -> str:
    """Return the text in simplified characters, narrow letters and lower case, of equal length."""
    plain = text.translate(_signs())
    if plain != text and any(ord(sign) in _signs() and sign >= "㐀" for sign in text):
        # Words decide what some signs become (聽著 → 听着); only an equal length is of use.
        words = str(_converter().convert(text)).translate(_signs())
        if len(words) == len(text):
            return words
    return plain


def bare(text: str) -> str:
    """Return letters, digits and characters alone: what two copies of a text share."""
    return "".join(sign for sign in normalise(text) if sign.isalnum())


def has_words(text: str) -> bool:
    """Tell whether the text holds anything but spaces and control signs."""
    return any(unicodedata.category(sign)[0] not in "CZ" for sign in text)
