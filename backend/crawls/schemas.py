"""Wire types of crawls, imports and schedules."""

from datetime import datetime
from itertools import pairwise
from pathlib import PurePath
from typing import Annotated, Any, Literal, Self

from apiflask.fields import UploadFile
from pydantic import AwareDatetime, Field, StringConstraints, model_validator

from backend.crawls.service import Order
from backend.crawls.sources import SOURCES, Source
from backend.crawls.uploads import Kind
from backend.db.base import utc_now
from backend.jobs.service import LOST_AFTER
from backend.jobs.tables import Job, Schedule
from backend.wire import In, Out, Page, PageQuery, Whole

SourceName = Literal["ncm", "musicbrainz", "lrclib"]
Seed = Annotated[str, StringConstraints(min_length=1, max_length=80)]
THINGS = ("new", "updated", "unchanged")
COUNTS = (*THINGS, "failed", "refused", "missing", "gone", "requests", "refusals")


class SourceOut(Out):
    """`obstacle` is the kind of problem that starting a crawl would answer; null when it may."""

    name: SourceName
    host: str
    seeds: list[str]
    default_seeds: list[str]
    kinds: list[str]
    obstacle: str | None


class SourcesOut(Out):
    items: list[SourceOut]


class CrawlIn(In):
    """`kinds` beside songs, empty for all; `limit` counts songs; `delay` in seconds."""

    source: SourceName
    seeds: list[Seed] = Field(default=[], max_length=20)
    kinds: list[Annotated[str, StringConstraints(max_length=16)]] = Field(default=[], max_length=8)
    limit: Annotated[Whole, Field(ge=1, le=10_000_000)] | None = None
    delay: Annotated[float, Field(ge=0, le=3_600)] | None = None

    @model_validator(mode="after")
    def _kinds_of_the_source(self) -> Self:
        known = ("song", *SOURCES[self.source].kinds)
        if unknown := [kind for kind in self.kinds if kind not in known]:
            raise ValueError(f"{self.source} has no {unknown[0]}; it has {', '.join(known)}")
        return self

    def order(self) -> Order:
        """Return what is asked for."""
        return Order(self.source, tuple(self.seeds), tuple(self.kinds), self.limit, self.delay)


class ScheduleIn(CrawlIn):
    """`cron`: minute hour day-of-month month day-of-week, in the site's zone."""

    cron: Annotated[str, StringConstraints(min_length=9, max_length=64)]


class SwitchIn(In):
    enabled: bool


class ScheduleOut(Out):
    id: int
    source: str
    seeds: list[str]
    cron: str
    enabled: bool
    next_due: AwareDatetime


class SchedulesOut(Out):
    items: list[ScheduleOut]


class ImportIn(In):
    """A file of records (`.jsonl`), or a table (`.tsv`) of plays or ratings; gzipped or not."""

    file: UploadFile
    kind: Kind | None = None


class JobsQuery(PageQuery):
    kind: Literal["crawl", "import"] | None = None


class JobOut(Out):
    """A crawl or an import. `counts` are things, requests and refusals so far."""

    id: int
    kind: str
    subject: str
    """The source, or the name of the file."""
    seeds: list[str]
    state: str
    stopping: bool
    progress: float | None
    counts: dict[str, int]
    reasons: dict[str, int]
    """Why things failed or were refused, and how often."""
    kinds: dict[str, dict[str, int]]
    rate: float | None
    """Things a second."""
    error: str | None
    problem: str | None
    schedule_id: int | None
    created_at: AwareDatetime
    started_at: AwareDatetime | None
    ended_at: AwareDatetime | None


class JobPage(Page[JobOut]):
    pass


class JobDetailOut(JobOut):
    log: list[str]
    """The last lines it printed."""


def source_out(source: Source, host: str, obstacle: str | None) -> SourceOut:
    """Return a source as the page shows it."""
    return SourceOut.model_validate(
        {
            "name": source.name,
            "host": host,
            "seeds": list(source.seeds),
            "default_seeds": list(source.default_seeds),
            "kinds": list(source.kinds),
            "obstacle": obstacle,
        }
    )


def schedule_out(row: Schedule) -> ScheduleOut:
    """Return a schedule as the page shows it."""
    return ScheduleOut(
        id=row.id,
        source=row.subject,
        seeds=_seeds(row.arguments),
        cron=row.cron,
        enabled=row.enabled,
        next_due=row.next_due,
    )


def job_facts(row: Job, *, lost: bool, progress: float | None) -> dict[str, Any]:
    """Return what `JobOut` and `JobDetailOut` hold of a job; `lost` says that it died unheard."""
    figures = row.result if row.state == "done" and row.result else row.counts or row.result or {}
    state, problem = ("lost", "lost") if lost else (row.state, row.problem)
    name = PurePath(row.arguments[1]).name if row.kind == "import" and row.arguments else None
    return {
        "id": row.id,
        "kind": row.kind,
        "subject": name or row.subject,
        "seeds": _seeds(row.arguments or []),
        "state": state,
        "stopping": row.cancel_asked and state == "running",
        "progress": row.progress if row.progress is not None else progress,
        "counts": {name: int(figures.get(name, 0)) for name in COUNTS},
        "reasons": figures.get("reasons", {}),
        "kinds": figures.get("kinds", {}),
        "rate": _rate(row, figures),
        "error": row.error,
        "problem": problem,
        "schedule_id": row.schedule_id,
        "created_at": row.created_at,
        "started_at": row.started_at,
        "ended_at": row.ended_at,
    }


def _rate(row: Job, figures: dict[str, Any]) -> float | None:
    until: datetime | None = row.ended_at or row.heartbeat_at
    if row.started_at is None or until is None or not figures:
        return None
    if row.ended_at is None and utc_now() - until > LOST_AFTER:
        return None
    took = (until - row.started_at).total_seconds()
    return round(sum(figures.get(name, 0) for name in THINGS) / took, 1) if took > 0 else None


def _seeds(arguments: list[str]) -> list[str]:
    return [told for option, told in pairwise(arguments) if option == "--seed"]
