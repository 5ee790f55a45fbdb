"""What all wire types share."""

import re
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

Item = TypeVar("Item")


class In(BaseModel):
    """A request body or query: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Out(BaseModel):
    """An answer."""

    model_config = ConfigDict(frozen=True)


class PageQuery(In):
    page: int = Field(default=1, ge=1, le=100_000)
    per_page: int = Field(default=20, ge=1, le=100)

    @property
    def offset(self) -> int:
        return (self.page - 1) * self.per_page


class Page(Out, Generic[Item]):
    items: list[Item]
    page: int
    per_page: int
    total: int


MAX_ID = 2**53 - 1
"""Ids survive JavaScript's numbers."""


def no_lookalike(value: object) -> object:
    """Refuse what Pydantic would turn into an integer though JSON calls it something else."""
    if isinstance(value, bool | str):
        raise ValueError("give a whole number")
    return value


Whole = Annotated[int, BeforeValidator(no_lookalike)]
"""A JSON integer: 2 and 2.0, but no "2" and no true."""
Id = Annotated[int, Field(ge=1, le=MAX_ID), BeforeValidator(no_lookalike)]

_LIST = re.compile(r"^(\d{1,15}(,\d{1,15})*)?$")


def _split(value: object) -> object:
    if not isinstance(value, str):
        return value
    if not _LIST.match(value):
        raise ValueError("give numbers separated by commas, e.g. 3,14,15")
    return [int(part) for part in value.split(",") if part]


Ids = Annotated[
    list[int],
    BeforeValidator(_split),
    WithJsonSchema({"type": "string", "pattern": _LIST.pattern, "maxLength": 8000}),
]
"""Ids separated by commas in a query."""


class FieldProblem(Out):
    field: str
    code: str
    message: str


class Problem(Out):
    """RFC 9457 problem details; the front end words `type` and `errors[].code`."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    errors: list[FieldProblem] = []
