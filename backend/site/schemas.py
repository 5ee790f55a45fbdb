"""Wire types of the site itself."""

from datetime import datetime

from backend.recommendations.names import Algorithm
from backend.wire import Out
from models.features.interface import Modality


class CountsOut(Out):
    songs: int
    artists: int
    listeners: int


class SiteOut(Out):
    demo: bool
    """Whether simulated demo data are in the library."""
    counts: CountsOut
    models: dict[Algorithm, str | None]
    """The version each recommender serves."""
    training: list[Algorithm]
    """Recommenders being trained right now."""
    timezone: str


class HealthOut(Out):
    status: str


class ReadyOut(HealthOut):
    database: str
    """The schema revision in force."""
    models: dict[Algorithm, str | None]


class DatabaseOut(Out):
    kind: str
    version: str
    revision: str | None
    expected: str
    """The schema this code needs."""
    bytes: int


class WaitingOut(Out):
    queued: int
    running: int
    failed: int
    """In the last 24 hours."""
    oldest_queued_at: datetime | None
    """Waiting for long: no worker takes jobs."""


class EncoderOut(Out):
    """What turns songs into vectors in one modality."""

    modality: Modality
    name: str | None
    """What made the vectors that are there; null before the first."""
    version: str | None
    dimension: int | None
    songs: int
    """How many songs have a vector."""
    missing: str | None
    """The package or setting that is not there; null when nothing lacks."""


class HealthReport(Out):
    database: DatabaseOut
    search_behind: int
    """Songs, artists and albums the search index does not know; -1: the index itself is lost."""
    jobs: WaitingOut
    disk_free: int
    """Bytes left where the data live."""
    models: dict[Algorithm, str | None]
    """The version in this process's memory."""
    features: list[EncoderOut]
    checked_at: datetime
