"""`huisheng audio`: what songs are heard from."""

from pathlib import Path

import click

from backend.database import ready_engine
from backend.db.session import unit_of_work
from backend.settings import Settings
from backend.terminal import fail, progress_bars, say

SHOWN = 20


@click.group()
def audio() -> None:
    """Audio of your own."""


@audio.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_obj
def scan(settings: Settings, folder: Path) -> None:
    """Take the audio files below DIR into the library, matched to songs by their tags.

    A file of no known song brings a new one. The files stay where they are; scan again after a
    change. Use only music that you may play to others.
    """
    from backend.audio.scan import scan

    with progress_bars() as progress, unit_of_work(ready_engine(settings)) as session:
        found = scan(session, folder, zone=settings.zone, progress=progress(folder.name))
    say(
        f"{found.matched:,} matched, {found.added:,} added, {found.unchanged:,} unchanged, "
        f"{found.gone:,} gone."
    )
    for name, reason in found.refused[:SHOWN]:
        fail(f"{name}: {reason}")
    if found.refused:
        fail(f"{len(found.refused):,} files refused.")
