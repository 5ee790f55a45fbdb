"""Wire types of taste."""

from pydantic import Field

from backend.ratings.service import Mine, RatingState
from backend.wire import In, Out, Whole


class MineOut(Out):
    """The caller's own taste for a song. `heart` is the same as five stars."""

    stars: int = Field(ge=0, le=5)
    heart: bool
    hidden: bool
    uncounted: bool

    @classmethod
    def of(cls, mine: Mine) -> "MineOut":
        return cls(
            stars=mine.stars, heart=mine.stars == 5, hidden=mine.hidden, uncounted=mine.uncounted
        )


class RatingSummary(Out):
    """All listeners' stars."""

    mean: float | None
    count: int


def summary(total: int, count: int) -> dict[str, float | None]:
    """Return the fields of a RatingSummary."""
    return {"mean": round(total / count, 2) if count else None, "count": count}


class StarsIn(In):
    stars: Whole = Field(ge=0, le=5)
    """0 clears."""


class RowQuery(In):
    row_id: str | None = Field(default=None, min_length=1, max_length=64)
    """The recommender row in which it happened."""


class TasteOut(MineOut):
    """What a change of taste left behind."""

    song_id: int
    rating: RatingSummary

    @classmethod
    def of_state(cls, state: RatingState) -> "TasteOut":
        return cls(
            **MineOut.of(state.mine).model_dump(),
            song_id=state.song_id,
            rating=RatingSummary.model_validate(summary(state.rating_sum, state.rating_count)),
        )
