"""Structures without data, scripts or addresses."""

import json

import pytest

from backend.charts.registry import CHARTS


@pytest.mark.parametrize("name", CHARTS)
def test_an_option_is_structure_alone(name: str) -> None:
    written = json.dumps(CHARTS[name].option())
    assert len(written) < 2_000
    assert "function" not in written
    assert "http" not in written
    for series in CHARTS[name].option()["series"]:
        assert "data" not in series
        assert series["type"] in {
            "bar", "line", "pie", "scatter", "heatmap", "liquidFill", "wordCloud",
        }  # fmt: skip


def test_series_name_columns_that_the_rows_have() -> None:
    encoded = {
        value
        for chart in CHARTS.values()
        for series in chart.option()["series"]
        for value in series.get("encode", {}).values()
    }
    assert encoded <= {
        "label", "count", "heat", "comments", "day", "month", "hour", "weekday", "positive",
        "negative",
    }  # fmt: skip
