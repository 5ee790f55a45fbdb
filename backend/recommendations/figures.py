"""Wire types of what was measured: the table of 如何推荐 and the metric history."""

from datetime import datetime

from pydantic import Field

from backend.recommendations.versions import Measured
from backend.wire import In, Out, Page
from models.recommender.metrics import COLD as DECIDING


class FiguresOut(Out):
    """How a ranking did on songs held out by time; null where it was not measured."""

    hr_10: float | None
    recall_20: float | None
    ndcg_10: float | None
    mrr_20: float | None
    coverage_10: float | None
    novelty_10: float | None
    """Bits: mean −log2 of the share of listeners who know a shown song."""
    diversity_10: float | None


class ColdOut(Out):
    """NDCG@10 on songs held out from everybody, ranked among themselves."""

    own: float
    random: float


class MeasuredOut(Out):
    """A trained version beside what popularity and chance reach on the same split."""

    algorithm: str
    version: str
    rows: int
    """Interactions it learned from."""
    seed: int
    measured_at: datetime
    promoted_at: datetime | None
    serving: bool
    own: FiguresOut
    popularity: FiguresOut
    random: FiguresOut
    cold: ColdOut | None
    """Where songs are recommended that nobody has met."""


class MeasuredList(Out):
    items: list[MeasuredOut]


class MeasuredPage(Page[MeasuredOut]):
    pass


class ServingIn(In):
    version: str = Field(min_length=1, max_length=64)
    """One of the algorithm's versions in the metric history."""


def measured_out(one: Measured) -> MeasuredOut:
    """Turn a version into its wire form."""
    own, popularity, chance = (_figures(one, who) for who in ("own", "popularity", "random"))
    return MeasuredOut(
        algorithm=one.name,
        version=one.version,
        rows=one.rows,
        seed=one.seed,
        measured_at=one.created_at,
        promoted_at=one.promoted_at,
        serving=one.serving,
        own=own,
        popularity=popularity,
        random=chance,
        cold=_cold(one),
    )


def _figures(one: Measured, who: str) -> FiguresOut:
    found = one.metrics.get(who, {})
    return FiguresOut(
        **{name: found.get(name.replace("_", "@")) for name in FiguresOut.model_fields}
    )


def _cold(one: Measured) -> ColdOut | None:
    own, chance = (one.metrics.get(who, {}).get(DECIDING) for who in ("own", "random"))
    return None if own is None or chance is None else ColdOut(own=own, random=chance)
