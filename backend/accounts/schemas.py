"""Wire types of accounts."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.songs.schemas import ArtistRef, SongOut
from backend.wire import Id, In, Out

Role = Literal["listener", "analyst", "clinician", "admin"]


class Credentials(In):
    username: str = Field(min_length=1, max_length=64)
    password: Annotated[
        str, StringConstraints(strip_whitespace=False, min_length=1, max_length=512)
    ]
    """Taken as typed: blanks count."""


class TastesIn(In):
    genres: list[Annotated[str, Field(max_length=64)]] = Field(max_length=20)
    artists: list[Id] = Field(max_length=20)


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
