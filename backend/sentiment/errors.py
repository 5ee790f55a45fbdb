"""What sentiment refuses."""

from backend.errors import Unavailable


class NoScorer(Unavailable):
    def __init__(self) -> None:
        super().__init__("No sentiment model is there yet. Run `huisheng train sentiment`.")
