"""Wire types of plays, impressions and clicks. Each carries an id the client made: a retry
with the same id never doubles."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator, Field, StringConstraints

from backend.recommendations.names import Algorithm
from backend.wire import Id, In, Out, Whole, no_lookalike

Seconds = Annotated[int, Field(ge=0, le=86_400), BeforeValidator(no_lookalike)]
RowId = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class PlayIn(In):
    id: UUID
    song_id: Id
    row_id: RowId | None = None
    count: Whole = Field(default=1, ge=1, le=1000)
    seconds: Seconds | None = None
    """How long it sounded."""


class ClickIn(In):
    id: UUID
    song_id: Id
    row_id: RowId | None = None


class ImpressionIn(In):
    id: UUID
    row_id: RowId
    algorithm: Algorithm
    model_version: str | None = Field(default=None, max_length=64)
    song_id: Id
    position: Whole = Field(ge=0, le=1000)


class ImpressionsIn(In):
    items: list[ImpressionIn] = Field(min_length=1, max_length=100)


class CardsQuery(In):
    days: int = Field(default=30, ge=1, le=90)
    """Days of the site's calendar, today included."""


class CardsOut(Out):
    """One recommender's cards on one day."""

    day: date
    algorithm: Algorithm
    shown: int
    opened: int
    played: int


class CardsReport(Out):
    items: list[CardsOut]


class Accepted(Out):
    accepted: int
    """How many were new."""
