"""Session rules: the songs that usually follow those of the history. Order-aware."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from models.recommender.interface import Continues, History, Indices, Reason
from models.recommender.song_terms import SongTerms


@dataclass(frozen=True)
class SessionRulesConfig:
    """Settings of the rules; models/README.md gives the formula they stand in."""

    neighbours: int = 300
    """Followers kept per song."""
    reach: int = 10
    """Steps within which one song follows another."""
    backward: float = 0.3
    """How much a song says of those before it, beside those after it."""
    decay: float = 1.0
    """The oldest pair in the data weighs exp(-decay), the newest 1."""
    source_power: float = 0.7
    """How much a song with many followers is held back; 1 makes them shares."""
    repeats: bool = False
    """Whether a song heard again, at once or later, is something to predict."""
    memory: float = 2.0
    """Songs of the history after which an event weighs 1/e."""


class SessionRules(SongTerms[SessionRulesConfig]):
    """The best followers of every song."""

    name: ClassVar[str] = "session_rules"
    config_type = SessionRulesConfig

    def reasons(self, history: History, songs: Indices) -> Sequence[Reason]:
        """Name the history song that each song follows by its largest term."""
        sources, _ = self.largest(history, songs)
        return [Continues((source,)) for source in sources]
