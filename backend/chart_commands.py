"""`huisheng report`: every chart in one file that opens offline."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from backend.charts import report as reports
from backend.charts.filters import ChartFilter
from backend.charts.registry import CHARTS
from backend.charts.service import ChartCache
from backend.database import ready_engine
from backend.db.base import utc_now
from backend.settings import Settings
from backend.terminal import progress_bars, say


@click.command()
@click.argument("out", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--genre", help="Only songs of this genre; `unknown`: without one.")
@click.option("--language", help="Only songs in this language; `unknown`: not recorded.")
@click.option("--year-from", type=click.IntRange(1000, 2999), help="Released this year or later.")
@click.option("--year-to", type=click.IntRange(1000, 2999), help="Released this year or earlier.")
@click.pass_obj
def report(
    settings: Settings,
    out: Path,
    genre: str | None,
    language: str | None,
    year_from: int | None,
    year_to: int | None,
) -> None:
    """Write all charts to OUT, one self-contained HTML file."""
    by = ChartFilter(genre=genre, language=language, year_from=year_from, year_to=year_to)
    cache, answered = ChartCache(), []
    with Session(ready_engine(settings)) as session, progress_bars() as progress:
        show = progress("report")
        for name in CHARTS:
            answered.append(cache.answer(session, name, by))
            show("charts", len(answered), len(CHARTS))
    page = reports.render(answered, by, made_at=utc_now(), zone=settings.zone)
    out.write_text(page, encoding="utf-8")
    say(f"Wrote {out}: {len(answered)} charts, {len(page) / 1e6:.1f} MB.")
