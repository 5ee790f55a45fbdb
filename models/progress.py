"""Progress of long work, told to whoever shows it."""

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Called as (stage, done, total); total is None while unknown."""


def silent(stage: str, done: int, total: int | None) -> None:
    """Show nothing."""
