"""Wire types of charts."""

import csv
import gzip
from datetime import datetime
from io import StringIO
from typing import Annotated, Any

from flask import Response
from pydantic import Field, StringConstraints

from backend.charts.chart import Group, Numbers
from backend.charts.filters import ChartFilter
from backend.charts.service import Answered
from backend.errors import FieldError, Invalid
from backend.wire import MAX_ID, In, Out

GZIP_LEVEL = 2
"""Beyond it a long series takes several times as long, and hardly less room."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Year = Annotated[int, Field(ge=1000, le=2999)]


class FilterQuery(In):
    """Which songs the numbers speak of; "unknown" asks for songs without the fact."""

    genre: Text | None = None
    language: Text | None = None
    year_from: Year | None = None
    year_to: Year | None = None
    artist: int | None = Field(default=None, ge=1, le=MAX_ID)
    album: int | None = Field(default=None, ge=1, le=MAX_ID)
    copyright: Text | None = None
    original: Text | None = None
    source: Text | None = None

    def chosen(self) -> ChartFilter:
        """Return the filter.

        Raises:
            Invalid: the years stand the wrong way round.
        """
        if self.year_from and self.year_to and self.year_from > self.year_to:
            message = f"year_from {self.year_from} is after year_to {self.year_to}."
            raise Invalid(message, (FieldError("year_from", "years-reversed", message),))
        return ChartFilter(
            **{name: getattr(self, name) for name in ChartFilter.__dataclass_fields__}
        )


class SongsQuery(FilterQuery):
    page: int = Field(default=1, ge=1, le=100_000)
    per_page: int = Field(default=20, ge=1, le=100)


class ChartName(Out):
    name: str
    title: str
    """In Chinese; pages word the name themselves."""
    group: Group


class ChartNames(Out):
    items: list[ChartName]


class FindingOut(Out):
    """What the numbers say; the front end words `kind` with `values`."""

    kind: str
    values: dict[str, str | int | float | None]


class ChartOut(Out):
    name: str
    group: Group
    finding: FindingOut | None
    computed_at: datetime
    rows: list[dict[str, Any]]
    """Complete; `label` is null where the fact is not known."""
    columns: dict[str, list[Any]]
    """A long series, once; empty for most charts."""
    option: dict[str, Any]
    """ECharts structure without data."""


def chart_out(answered: Answered) -> ChartOut:
    """Turn an answered chart into its wire form."""
    numbers = answered.numbers
    finding = numbers.finding
    return ChartOut(
        name=answered.chart.name,
        group=answered.chart.group,
        finding=None
        if finding is None
        else FindingOut(kind=finding.kind, values=dict(finding.values)),
        computed_at=answered.computed_at,
        rows=[dict(row) for row in numbers.rows],
        columns={name: list(column) for name, column in numbers.columns.items()},
        option=answered.chart.option(),
    )


def chart_json(answered: Answered) -> bytes:
    """Return an answered chart as JSON, written once."""
    if "json" not in answered.written:
        answered.written["json"] = chart_out(answered).model_dump_json().encode()
    return answered.written["json"]


def chart_gzip(answered: Answered) -> bytes:
    """Return the same compressed, once: a long series takes a fraction of the way."""
    if "gzip" not in answered.written:
        answered.written["gzip"] = gzip.compress(chart_json(answered), GZIP_LEVEL, mtime=0)
    return answered.written["gzip"]


def csv_response(answered: Answered) -> Response:
    """Hand the rows over as a file."""
    headers = {"Content-Disposition": f"attachment; filename={answered.chart.name}.csv"}
    return Response(to_csv(answered.numbers), mimetype="text/csv", headers=headers)


def to_csv(numbers: Numbers) -> str:
    """Write the rows as CSV with a byte order mark, which spreadsheets need to read Chinese.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    names = list(numbers.rows[0]) if numbers.rows else ["label", "count"]
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in numbers.rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")):
        return f"'{value}"
    return value
