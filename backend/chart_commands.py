"""`huisheng report`, every chart in one file that opens offline; `huisheng charts`."""

from pathlib import Path

import click
from sqlalchemy.orm import Session

from backend.charts import columns
from backend.charts import report as reports
from backend.charts.filters import ChartFilter
from backend.charts.registry import CHARTS
from backend.charts.service import ChartCache
from backend.database import ready_engine
from backend.db.base import utc_now
from backend.jobs import service as jobs
from backend.jobs.locks import only_one
from backend.settings import Settings
from backend.terminal import job_option, progress_bars, say


@click.group()
def charts() -> None:
    """What charts read of songs."""


@charts.command("pack")
@job_option
@click.pass_obj
def pack(settings: Settings, job_id: int | None) -> None:
    """Pack the numbers of songs that changed, so that charts of a large library are quick.

    Charts are exact without it: what is not packed they read from the tables.
    """
    engine = ready_engine(settings)
    with (
        only_one(settings.data_dir, "charts", what="packing"),
        jobs.job(engine, kind="pack", subject="charts", job_id=job_id) as log,
        progress_bars() as progress,
    ):
        show = progress("charts")

        def both(stage: str, done: int, total: int | None) -> None:
            log(stage, done, total)
            show(stage, done, total)

        blocks = columns.pack(engine, progress=both)
        log.result = {"blocks": blocks}
    say(f"{blocks:,} blocks of songs packed.")


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
