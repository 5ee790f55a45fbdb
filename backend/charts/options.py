"""How charts are drawn: pyecharts writes the structure, never the data.

Series name the columns of a dataset they encode; whoever draws adds `dataset.source`, colours and
formatters. No JavaScript is in an option, no address of another host.
"""

import json

from pyecharts import options as opts
from pyecharts.charts import Bar, HeatMap, Line, Liquid, Pie, Scatter, WordCloud
from pyecharts.charts.base import Base

from backend.charts.chart import Option

_PLAIN = opts.LabelOpts(is_show=False)
_LABELS, _VALUES = opts.AxisOpts(type_="category"), opts.AxisOpts(type_="value")
_KEPT = {
    "series": (
        *("type", "name", "encode", "radius", "roseType", "areaStyle", "smooth", "showSymbol"),
        *("sampling", "large", "symbolSize", "shape", "sizeRange"),
    ),
    "xAxis": ("type", "name", "inverse"),
    "yAxis": ("type", "name", "inverse"),
    "dataZoom": ("type", "start", "end"),
    "visualMap": ("show", "dimension"),
}
"""What is structure. The rest of what pyecharts writes is looks and defaults of its own page."""


def _structure(chart: Base) -> Option:
    """Return a chart's structure as plain JSON."""
    written: Option = json.loads(chart.dump_options_with_quotes())
    found: Option = {}
    for part, kept in _KEPT.items():
        own = written.get(part, [])
        lists = own if isinstance(own, list) else [own]
        if lists:
            found[part] = [{k: one[k] for k in kept if k in one} for one in lists]
    return found


def bar(*, value: str = "count") -> Option:
    """Standing bars by label."""
    chart = Bar().add_xaxis([]).add_yaxis(value, [], label_opts=_PLAIN)
    chart.set_global_opts(xaxis_opts=_LABELS)
    chart.options["series"][0]["encode"] = {"x": "label", "y": value}
    return _structure(chart)


def ranking(*, value: str = "count") -> Option:
    """Lying bars, the first one on top."""
    chart = Bar().add_xaxis([]).add_yaxis(value, [], label_opts=_PLAIN).reversal_axis()
    chart.set_global_opts(
        xaxis_opts=_VALUES, yaxis_opts=opts.AxisOpts(type_="category", is_inverse=True)
    )
    chart.options["series"][0]["encode"] = {"y": "label", "x": value}
    return _structure(chart)


def line(*values: str, x: str = "label", area: bool = False, zoom: bool = False) -> Option:
    """Lines over the labels, or over time when `x` is a column of milliseconds."""
    chart = Line().add_xaxis([])
    fill = opts.AreaStyleOpts(opacity=0.25) if area else None
    for value in values:
        chart.add_yaxis(
            value,
            [],
            is_symbol_show=False,
            is_smooth=not zoom,
            areastyle_opts=fill,
            sampling="lttb",
            label_opts=_PLAIN,
        )
    chart.set_global_opts(xaxis_opts=_LABELS)
    if zoom:
        chart.set_global_opts(
            xaxis_opts=opts.AxisOpts(type_="time"),
            datazoom_opts=[
                opts.DataZoomOpts(type_="slider", range_start=60, range_end=100),
                opts.DataZoomOpts(type_="inside", range_start=60, range_end=100),
            ],
        )
    for series, value in zip(chart.options["series"], values, strict=True):
        series["encode"] = {"x": x, "y": value}
    return _structure(chart)


def pie(*, ring: bool = False, rose: bool = False) -> Option:
    """A pie by label; `ring` leaves the middle for the total, `rose` tells shares by radius."""
    chart = Pie().add(
        "count",
        [("", 0)],
        radius=["46%", "68%"] if ring else ["18%", "70%"] if rose else "70%",
        rosetype="radius" if rose else None,
        encode={"itemName": "label", "value": "count"},
    )
    return _structure(chart)


def scatter(*, x: str, y: str) -> Option:
    """Points, x on a logarithmic axis."""
    chart = Scatter().add_xaxis([]).add_yaxis(y, [], label_opts=_PLAIN, symbol_size=4)
    chart.set_global_opts(
        xaxis_opts=opts.AxisOpts(type_="log", name=x),
        yaxis_opts=opts.AxisOpts(type_="value", name=y),
    )
    chart.options["series"][0] |= {"encode": {"x": x, "y": y}, "large": True}
    return _structure(chart)


def week() -> Option:
    """Hours by weekday, a cell each."""
    chart = HeatMap().add_xaxis([]).add_yaxis("count", [], [], label_opts=_PLAIN)
    chart.set_global_opts(
        xaxis_opts=_LABELS,
        yaxis_opts=_LABELS,
        visualmap_opts=opts.VisualMapOpts(is_show=False, dimension="count"),
    )
    chart.options["series"][0]["encode"] = {"x": "hour", "y": "weekday", "value": "count"}
    return _structure(chart)


def gauges() -> Option:
    """Liquid balls, one for each share."""
    chart = Liquid().add("share", [0], is_outline_show=True)
    return _structure(chart)


def cloud() -> Option:
    """Words, larger where they are more frequent."""
    chart = WordCloud().add("count", [], rotate_step=0, word_size_range=[12, 38])
    return _structure(chart)
