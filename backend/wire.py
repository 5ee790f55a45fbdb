"""What all wire types share."""

from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

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


def _split(value: object) -> object:
    return [part for part in value.split(",") if part] if isinstance(value, str) else value


Ids = Annotated[list[int], BeforeValidator(_split)]
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


class Nothing(In):
    """An empty query."""
