"""What can go wrong with a source, on demand, always at the same things."""

from typing import Literal, get_args

Fault = Literal[
    "busy", "refusing", "truncated", "error", "slow", "login", "robots", "oversize", "long-ids",
    "elsewhere", "crawl-delay", "quota",
]  # fmt: skip
FAULTS: tuple[Fault, ...] = get_args(Fault)
EVERY = 50
PLACES: dict[Fault, int] = {
    "busy": 3,
    "truncated": 7,
    "error": 11,
    "slow": 13,
    "login": 17,
    "oversize": 5,
    "elsewhere": 23,
}
"""Which of each fifty things a fault falls on."""
REFUSING_AFTER = 200
"""Answers given before everything is refused."""
RETRY_AFTER = 1
"""Seconds that a busy source asks for."""
CRAWL_DELAY = 0.2
"""Seconds between two requests that robots.txt asks for."""
OVERSIZE = 9 * 1024 * 1024
LONG_ID = int("7" * 40)
DRIP = 120.0
"""Seconds that a slow body takes."""


class Faults:
    """Decides what befalls a request; faults that pass are remembered by address."""

    def __init__(self, wanted: tuple[Fault, ...]) -> None:
        self._wanted = frozenset(wanted)
        self._met: set[str] = set()
        self._answered = 0

    def __contains__(self, fault: Fault) -> bool:
        return fault in self._wanted

    def strikes(self, fault: Fault, index: int) -> bool:
        """Tell whether a lasting fault falls on the thing with this number."""
        return fault in self._wanted and index % EVERY == PLACES[fault]

    def strikes_once(self, fault: Fault, index: int, address: str) -> bool:
        """Tell whether a fault falls on it now; the next try of the address succeeds."""
        if not self.strikes(fault, index) or f"{fault} {address}" in self._met:
            return False
        self._met.add(f"{fault} {address}")
        return True

    def refuses(self) -> bool:
        """Count an answer; tell whether the source has had enough of its visitor."""
        self._answered += 1
        return "refusing" in self._wanted and self._answered > REFUSING_AFTER
