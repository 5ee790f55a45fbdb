"""What a parser says when an answer is not what the source promised."""

from typing import Any


class Refused(ValueError):
    """The thing cannot be taken; the message says which and why."""


def key_of(value: Any, what: str) -> str:
    """Return a numeric id as text.

    Raises:
        Refused: it is no positive whole number of at most 64 bits.
    """
    if isinstance(value, str) and value.isascii() and value.isdigit():
        value = int(value) if len(value) < 20 else -1
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise Refused(f"{what}: {str(value)[:60]} is no id")
    return str(value)


def mapping(value: Any, what: str) -> dict[str, Any]:
    """Return a JSON object.

    Raises:
        Refused: it is something else.
    """
    if not isinstance(value, dict):
        raise Refused(f"{what}: no object but {type(value).__name__}")
    return value


def sequence(value: Any) -> list[Any]:
    """Return a JSON list; what is absent or null is empty."""
    return value if isinstance(value, list) else []
