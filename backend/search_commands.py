"""`huisheng search`: what search looks in."""

import click

from backend.database import ready_engine
from backend.db.session import unit_of_work
from backend.settings import Settings
from backend.terminal import progress_bars, say


@click.group()
def search() -> None:
    """What search looks in."""


@search.command()
@click.pass_obj
def rebuild(settings: Settings) -> None:
    """Make the search index anew from the library, when it lags or is lost."""
    from backend.search import index

    with progress_bars() as progress, unit_of_work(ready_engine(settings)) as session:
        rows = index.rebuild(session, progress("search index"))
    say(f"Search knows {rows:,} songs, artists and albums.")
