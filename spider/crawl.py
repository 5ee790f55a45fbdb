"""What the parts of one crawl share: its plan, its figures, its database."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy.engine import Engine

from backend.ingest.batch import Tally
from backend.ingest.crawl import Fetched, Harvest
from backend.jobs.service import JobLog
from backend.settings import Settings


@dataclass(frozen=True)
class Plan:
    """What somebody asked for. `limit` counts songs; `kinds` are of `sources.KINDS`."""

    spider: str
    seeds: tuple[str, ...]
    limit: int | None
    kinds: tuple[str, ...]
    delay: float | None
    feed: Path | None


@dataclass(frozen=True)
class Answer:
    """What one answer of a source told: the item that goes down the pipeline."""

    things: tuple[Fetched, ...]


@dataclass
class Score:
    """What has become of things so far, and what it took."""

    kinds: dict[str, Tally] = field(default_factory=dict)
    failed: int = 0
    refused: int = 0
    missing: int = 0
    gone: int = 0
    same: int = 0
    """Answered 304: as remembered, nothing read."""
    requests: int = 0
    refusals: int = 0
    """Answers by which the source said that it wants no more visits."""
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, harvest: Harvest) -> None:
        """Count a stored batch."""
        for kind, tally in harvest.kinds.items():
            self.kinds[kind] = self.kinds.get(kind, Tally()) + tally
        self.missing += harvest.missing
        self.gone += harvest.gone
        self.refused += len(harvest.refusals)
        for reason in harvest.refusals:
            self.reasons[reason.partition(":")[0].partition(" ")[0] + " incomplete"] += 1

    @property
    def total(self) -> Tally:
        return sum(self.kinds.values(), Tally())

    @property
    def songs(self) -> int:
        tally = self.kinds.get("song", Tally())
        return tally.new + tally.updated + tally.unchanged

    def counts(self) -> dict[str, Any]:
        """Return all of it as the job row keeps it."""
        total = self.total
        return {
            "new": total.new,
            "updated": total.updated,
            "unchanged": total.unchanged,
            "failed": self.failed,
            "refused": self.refused,
            "missing": self.missing,
            "gone": self.gone,
            "same": self.same,
            "requests": self.requests,
            "refusals": self.refusals,
            "kinds": {kind: vars(tally) for kind, tally in sorted(self.kinds.items())},
            "reasons": dict(self.reasons),
        }


@dataclass
class Crawl:
    """One run."""

    settings: Settings
    plan: Plan
    engine: Engine
    job: JobLog
    hosts: Collection[str]
    """Hosts that may be asked (`name:port`)."""
    score: Score = field(default_factory=Score)
    emitted: int = 0
    """Answers given to the pipeline; the pipeline counts those it has received."""
    received: int = 0
    began: float = field(default_factory=monotonic)
    reason: str | None = None

    def answer(self, *things: Fetched) -> Answer:
        """Make the item of an answer."""
        self.emitted += 1
        return Answer(things)

    @property
    def seconds(self) -> float:
        return monotonic() - self.began

    def line(self) -> str:
        """Return where it stands, for a person."""
        total, score = self.score.total, self.score
        things = total.new + total.updated + total.unchanged
        rate = things / self.seconds if self.seconds else 0.0
        return (
            f"{score.songs:,} songs · {total.new:,} new {total.updated:,} updated "
            f"{total.unchanged:,} unchanged {score.failed:,} failed {score.refused:,} refused · "
            f"{score.requests:,} requests · {rate:,.0f}/s"
        )
