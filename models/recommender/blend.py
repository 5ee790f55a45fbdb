"""Blend: the scores of several recommenders, weighed as validation taught."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Literal, Self

import numpy as np

from models.recommender.als import Als
from models.recommender.fitted import Fitted, Telling
from models.recommender.interface import Floats, FromPart, History, Indices, Reason
from models.recommender.itemcf import ItemCF
from models.recommender.ranking import best
from models.recommender.rnn import Rnn
from models.recommender.session_rules import SessionRules
from models.recommender.two_tower import TwoTower
from models.recommender.usercf import UserCF
from models.recommender.vsknn import Vsknn

PART_FAMILIES: Mapping[str, type[Fitted[Any]]] = {
    family.name: family for family in (ItemCF, UserCF, SessionRules, Vsknn, Als, TwoTower, Rnn)
}
"""What may take part, by name."""
ORDERED = frozenset({"session_rules", "vsknn", "rnn"})
"""Those that go by the order of listening, left out where times are unknown."""


NOBODY = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Part:
    """A recommender in the blend."""

    family: str
    weight: float
    """Weights of a blend add up to 1."""
    settings: Mapping[str, Any]


@dataclass(frozen=True)
class BlendConfig:
    """Settings of the blend: what validation chose."""

    parts: Mapping[str, Part] = field(default_factory=dict)
    form: Literal["share", "rank"] = "share"
    """share: a score divided by the sum of the part's best. rank: 1 / log2(rank + 3)."""
    depth: int = 300
    """Songs that a part names."""

    def __post_init__(self) -> None:
        """Make parts of what was read from JSON."""
        parts = {
            key: part if isinstance(part, Part) else Part(**part)
            for key, part in self.parts.items()
        }
        object.__setattr__(self, "parts", parts)


def comparable(scores: Floats, songs: Indices, form: str) -> Floats:
    """Bring a part's scores of its best songs, best first, to a scale that parts share."""
    if form == "rank":
        return (1 / np.log2(np.arange(len(songs)) + 4)).astype(np.float32)
    found = scores[songs]
    shares: Floats = found / np.maximum(found.sum(), np.float32(1e-12))
    return shares


@dataclass(frozen=True, eq=False)
class Blend(Fitted[BlendConfig]):
    """Fitted parts with one vocabulary."""

    name: ClassVar[str] = "blend"
    spare = 40
    config_type = BlendConfig

    parts: Mapping[str, Fitted[Any]]

    def score_many(self, histories: Sequence[History]) -> Floats:
        """Add up the weighed parts."""
        scores = np.zeros((len(histories), len(self.vocabulary)), dtype=np.float32)
        for key in self.parts:
            for total, own in zip(scores, self._weighed(key, histories), strict=True):
                total += own
        return scores

    def explained(self, histories: Sequence[History]) -> Iterator[tuple[Floats, Telling]]:
        """Keep what each part adds: reasons ask for it."""
        added = zip(*(self._weighed(key, histories) for key in self.parts), strict=True)
        for history, shares in zip(histories, map(np.stack, added), strict=True):
            yield shares.sum(axis=0), partial(self._tell, history, shares)

    def _tell(self, history: History, added: Floats, songs: Indices) -> Sequence[Reason | None]:
        """Let the part that adds most to a song's score say why, or the next one that can."""
        shares = added[:, songs]
        told: list[Reason | None] = [None] * len(songs)
        for turn in np.argsort(-shares, axis=0, kind="stable"):
            for place, (key, part) in enumerate(self.parts.items()):
                asked = np.flatnonzero(
                    (turn == place)
                    & (shares[place] > 0)
                    & np.array([reason is None for reason in told])
                )
                if len(asked):
                    for song, reason in zip(
                        asked, part.reasons(history, songs[asked]), strict=True
                    ):
                        if reason is not None and not isinstance(reason, FromPart):
                            told[song] = FromPart(
                                self.config.parts[key].family,
                                reason,
                                tuple(zip(self.parts, shares[:, song].tolist(), strict=True)),
                            )
        return told

    def _weighed(self, key: str, histories: Sequence[History]) -> Iterator[Floats]:
        """Score every song by one part, times its weight."""
        weight = np.float32(self.config.parts[key].weight)
        for scores in self.parts[key].score_many(histories):
            songs = best(scores, k=self.config.depth, exclude=NOBODY)
            weighed = np.zeros(len(scores), dtype=np.float32)
            weighed[songs] = weight * comparable(scores, songs, self.config.form)
            yield weighed

    def save(self, directory: Path) -> None:
        """Write the settings, and each part in a directory of its own."""
        (directory / "config.json").write_text(
            json.dumps(asdict(self.config), sort_keys=True), encoding="utf-8"
        )
        for key, part in self.parts.items():
            (directory / key).mkdir()
            part.save(directory / key)

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read what `save` wrote, memory-mapped."""
        config = BlendConfig(**json.loads((directory / "config.json").read_text(encoding="utf-8")))
        parts = {
            key: PART_FAMILIES[part.family].load(directory / key)
            for key, part in config.parts.items()
        }
        return cls(config, next(iter(parts.values())).vocabulary, parts)
