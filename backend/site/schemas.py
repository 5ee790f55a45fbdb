"""Wire types of the site itself."""

from backend.recommendations.names import Algorithm
from backend.wire import Out


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
