"""What a person at the terminal sees: progress, results, errors."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from models.progress import Progress as Report

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)

job_option = click.option(
    "--job", "job_id", type=int, hidden=True, help="The row of the job a worker runs this as."
)


def say(text: str) -> None:
    """Print a line of result."""
    console.print(text, markup=False, soft_wrap=True)


def fail(text: str) -> None:
    """Print an error a person can act on."""
    errors.print(text, style="red", markup=False, soft_wrap=True)


@contextmanager
def progress_bars() -> Iterator[Callable[[str], Report]]:
    """Yield a function that opens a bar for a named piece of work.

    On a terminal the bars move; elsewhere each new stage is one line.
    """
    if not errors.is_terminal:
        yield _lines
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[name]}"),
        TextColumn("{task.description}", style="dim"),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=errors, transient=True) as bars:

        def open_bar(name: str) -> Report:
            task = bars.add_task("", name=name, total=None)

            def report(stage: str, done: int, total: int | None) -> None:
                bars.update(task, description=stage, completed=done, total=total)

            return report

        yield open_bar


def _lines(name: str) -> Report:
    seen: set[str] = set()

    def report(stage: str, _done: int, _total: int | None) -> None:
        if stage not in seen:
            seen.add(stage)
            errors.print(f"{name}: {stage}", markup=False, style="dim")

    return report
