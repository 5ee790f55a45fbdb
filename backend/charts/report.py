"""The report: one file that opens offline, with the site's own drawing code inlined."""

import json
from collections.abc import Sequence
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from backend.charts.filters import ChartFilter
from backend.charts.schemas import chart_out
from backend.charts.service import Answered
from backend.errors import Unavailable
from backend.settings import ROOT

BUILT = ROOT / "frontend" / "dist" / "report"
"""The pages' own drawing code, built into one script and one style sheet."""
_PAGE = """<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<div id="report"></div>
<script type="application/json" id="numbers">{numbers}</script>
<script>{script}</script>
</body>
</html>
"""


class ReportNotBuilt(Unavailable):
    def __init__(self) -> None:
        super().__init__("The front end is not built: run `make setup`, then ask again.")


def render(
    answered: Sequence[Answered],
    by: ChartFilter,
    *,
    made_at: datetime,
    zone: ZoneInfo,
) -> str:
    """Write the report of these charts.

    Raises:
        ReportNotBuilt: the front end's drawing code is not there.
    """
    try:
        code, style = ((BUILT / name).read_text("utf-8") for name in ("report.js", "report.css"))
    except FileNotFoundError:
        raise ReportNotBuilt from None
    numbers = {
        "made_at": made_at.astimezone(zone).isoformat(timespec="minutes"),
        "filters": by.in_use(),
        "charts": [chart_out(one).model_dump(mode="json") for one in answered],
    }
    # `</` would end the element early, whatever a song is called.
    text = json.dumps(numbers, ensure_ascii=False).replace("<", "\\u003c")
    return _PAGE.format(
        title=escape("回声 Huisheng"),
        style=style,
        numbers=text,
        script=code.replace("</script", "<\\/script"),
    )
