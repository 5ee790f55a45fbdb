"""Wire types of accounts."""

from datetime import datetime
from typing import Annotated, Literal

from apiflask.fields import UploadFile
from pydantic import ConfigDict, Field, StringConstraints, model_validator

from backend.songs.schemas import ArtistRef, SongOut
from backend.wire import Id, In, Out, Page, PageQuery

Role = Literal["listener", "analyst", "clinician", "admin"]
Username = Annotated[str, Field(min_length=1, max_length=64, pattern=r"[^\s\x1c-\x1f]")]
"""Something must be left of it without the blanks around it."""
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=512)]
"""Taken as typed: blanks count."""


class Credentials(In):
    username: Username
    password: Password


class ProfileIn(In):
    """What is left out stays as it is."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    username: Username | None = None
    bio: Annotated[str, Field(max_length=300)] | None = None

    @model_validator(mode="before")
    @classmethod
    def _says_something(cls, data: object) -> object:
        if not data:
            raise ValueError("give username, bio, or both")
        return data


class NewPassword(In):
    password: Password
    """The present one."""
    new: Password


class Leaving(In):
    username: Username
    """Typed once more, so that nobody leaves by mistake."""
    password: Password
    keep_comments: bool = False
    """Whether comments stay, without a name."""


class PictureIn(In):
    model_config = ConfigDict(arbitrary_types_allowed=True)

    picture: UploadFile
    """JPEG, PNG or WebP, at most 2 MB; kept as a square."""


class SessionOut(Out):
    id: str
    agent: str | None
    """What the browser called itself."""
    created_at: datetime
    seen_at: datetime
    current: bool
    """Whether this request came through it."""


class SessionList(Out):
    items: list[SessionOut]


class AccountsQuery(PageQuery):
    q: Annotated[str, Field(max_length=64)] = ""
    """How the name starts."""
    role: Role | None = None


class AccountOut(Out):
    id: int
    username: str
    role: Role
    created_at: datetime
    sessions: int
    """Logged in right now, on so many browsers."""


class AccountPage(Page[AccountOut]):
    pass


class RoleIn(In):
    role: Role


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
    bio: str | None
    avatar: str | None
    """Where the picture is."""
    created_at: datetime
    tastes: TastesOut
    has_history: bool
    """Whether any rating, play or pick feeds the recommenders."""
    recent_hearts: list[SongOut]


class TokenOut(Out):
    access_token: str
    expires_in: int
    """Seconds."""
