"""`huisheng import` and `huisheng demo`: what fills and empties the library.

What they work with is imported when they run, so that every other command starts quickly.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from backend.database import ready_engine
from backend.db.base import utc_now
from backend.db.session import unit_of_work
from backend.settings import Settings
from backend.terminal import fail, job_option, progress_bars, say

if TYPE_CHECKING:
    from backend.ingest.files import Report

SHOWN = 20


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--as",
    "kind",
    type=click.Choice(["plays", "ratings"]),
    help="What the values of a TSV of interactions are.",
)
@click.option(
    "--names",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="TSV of item id and name, without header.",
)
@click.option("--source", help="Name of the source. Default: import:<file name>.")
@click.option("--once", is_flag=True, hidden=True, help="Remove FILE and its folder afterwards.")
@job_option
@click.pass_obj
def import_(
    settings: Settings,
    file: Path,
    kind: Literal["plays", "ratings"] | None,
    names: Path | None,
    source: str | None,
    once: bool,
    job_id: int | None,
) -> None:
    """Store FILE: JSON Lines of records, or TSV interactions (user_id item_id value timestamp).

    All of the file is stored in one transaction, or nothing. Importing it again changes nothing.
    """
    from backend.crawls import uploads
    from backend.crawls.imports import import_job
    from backend.ingest.files import import_file

    engine = ready_engine(settings)
    try:
        with (
            progress_bars() as progress,
            import_job(
                engine, settings.data_dir, file.name, progress(file.name), job_id=job_id
            ) as running,
        ):
            with unit_of_work(engine) as session:
                report = import_file(
                    session,
                    file,
                    zone=settings.zone,
                    kind=kind,
                    names=names,
                    source=source,
                    progress=running.progress,
                )
            running.report(report)
    finally:
        if once:
            uploads.drop(file)
    _show(report)


def _show(report: "Report") -> None:
    for name, tally in report.counts.kinds.items():
        say(
            f"{name:<10} {tally.new:>9,} new {tally.updated:>9,} updated "
            f"{tally.unchanged:>9,} unchanged"
        )
    for line in report.refused_lines[:SHOWN]:
        fail(f"line {line.line}: {line.reason}")
    if report.refused:
        fail(f"{report.refused:,} lines refused.")


@click.group()
def demo() -> None:
    """The demo library: real 宋词 lyrics; simulated singers, listeners and comments."""


@demo.command()
@click.option("--songs", type=click.IntRange(12, 1_000_000), help="How many songs.")
@click.option("--seed", default=7, show_default=True, help="Same seed, same library.")
@click.pass_obj
def load(settings: Settings, songs: int | None, seed: int) -> None:
    """Load it, marked `source = demo` in every row."""
    from backend.demo import corpus, service

    engine = ready_engine(settings)
    with progress_bars() as progress:
        show = progress("demo library")
        try:
            folder = corpus.fetch(settings.tools_dir, show)
        except corpus.CorpusUnavailable as error:
            fail(f"{error} Going on with the lyrics written for this project.")
            folder = None
        with unit_of_work(engine) as session:
            counts = service.load(
                session,
                folder=folder,
                until=utc_now(),
                zone=settings.zone,
                songs=songs or settings.demo_songs,
                seed=seed,
                progress=show,
            )
    for name, tally in counts.kinds.items():
        say(f"{name:<10} {tally.new:>9,}")


@demo.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def purge(settings: Settings, yes: bool) -> None:
    """Remove it, after saying what real users would lose with it."""
    from backend.demo import service

    with unit_of_work(ready_engine(settings)) as session:
        losses = service.preview_purge(session)
        say(f"Removes {losses.songs:,} songs and {losses.listeners:,} simulated listeners.")
        if losses.is_felt:
            say(
                f"{losses.users:,} real users lose {losses.ratings:,} ratings, "
                f"{losses.plays:,} plays, {losses.comments:,} comments, {losses.hidden:,} hidden "
                f"songs, {losses.listed:,} places in playlists and {losses.picked:,} picks."
            )
        if not yes:
            click.confirm("Go on?", abort=True)
        service.purge(session)
    say("The demo library is gone. Train again, so that no model speaks of it: huisheng train")
