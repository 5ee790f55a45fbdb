"""What can go wrong, by kind. No HTTP here: `problems.py` turns kinds into answers.

Subclasses name the thing in their class name (`SongNotFound`), which becomes the problem type.
"""

import re
from dataclasses import dataclass


class HuishengError(Exception):
    """Base of every error a caller is meant to read."""


class NotFound(HuishengError):
    """The thing asked for is not there."""


class Conflict(HuishengError):
    """The request is well formed but does not fit what is stored."""


class Forbidden(HuishengError):
    """The caller is known and may not do this."""


class Unauthorized(HuishengError):
    """The caller is not known, or no longer."""


class Unavailable(HuishengError):
    """Something this needs is not there right now; trying again may help."""


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field; `code` is what the front end words."""

    field: str
    code: str
    message: str


class Invalid(HuishengError):
    """The input cannot be taken; the message names the cure."""

    def __init__(self, message: str, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(message)
        self.errors = errors


def kebab(name: str) -> str:
    """Turn a class name into a kind of problem: `SongNotFound` → `song-not-found`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "-", name).lower()
