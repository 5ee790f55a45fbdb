"""Bodies larger than the site takes elsewhere, where a view says so."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import request

Params = ParamSpec("Params")
Answer = TypeVar("Answer")
WRAPPING = 64 * 1024
"""Bytes that multipart puts around a file."""


def at_most(size: int) -> Callable[[Callable[Params, Answer]], Callable[Params, Answer]]:
    """Take a file of so many bytes in this view; more is refused before it is read."""

    def decorate(view: Callable[Params, Answer]) -> Callable[Params, Answer]:
        @wraps(view)
        def bounded(*args: Params.args, **kwargs: Params.kwargs) -> Answer:
            request.max_content_length = size + WRAPPING
            return view(*args, **kwargs)

        return bounded

    return decorate
