"""Password hashing: argon2id."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# About 130 ms on one core: dear for a guesser, bearable at log-in.
hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobody() -> str:
    return hasher.hash("the password of nobody")


def verify(stored: str | None, password: str) -> bool:
    """Tell whether `password` matches; takes equal time when there is nothing to match."""
    try:
        hasher.verify(stored or _nobody(), password)
    except (VerificationError, InvalidHashError):
        return False
    return stored is not None
