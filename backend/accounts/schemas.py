"""Wire types of accounts."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from backend.songs.schemas import ArtistRef, SongOut
from backend.wire import Id, In, Out

Role = Literal["listener", "analyst", "clinician", "admin"]


class Credentials(In):
    username: str = Field(min_length=1, max_length=64, pattern=r"[^\s\x1c-\x1f]")
    """Something must be left of it without the blanks around it."""
    password: Annotated[
        str, StringConstraints(strip_whitespace=False, min_length=1, max_length=512)
    ]
    """Taken as typed: blanks count."""


class TastesIn(In):
    """What is left out is picked no more; an empty body is a mistake, not a wish."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    genres: list[Annotated[str, Field(max_length=64)]] = Field(default=[], max_length=20)
    artists: list[Id] = Field(default=[], max_length=20)

    @model_validator(mode="before")
    @classmethod
    def _says_something(cls, data: object) -> object:
        if not data:
            raise ValueError("give genres, artists, or both")
        return data


class TastesOut(Out):
    genres: list[str]
    artists: list[ArtistRef]


class MeOut(Out):
    id: int
    username: str
    role: Role
    created_at: datetime
    tastes: TastesOut
    has_history: bool
    """Whether any rating, play or pick feeds the recommenders."""
    recent_hearts: list[SongOut]


class TokenOut(Out):
    access_token: str
    expires_in: int
    """Seconds."""
