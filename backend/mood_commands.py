"""`huisheng evaluate crisis`: how well the rules tell a crisis from an idiom."""

import json
from pathlib import Path

import click

from backend.errors import Invalid
from backend.model_commands import evaluate
from backend.terminal import say

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@evaluate.command("crisis")
@click.option(
    "--data",
    type=_FILE,
    required=True,
    help="CSV (or .csv.gz) with the columns label,text; label 1 means a crisis.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone.")
def evaluate_crisis(data: Path, as_json: bool) -> None:
    """Measure the crisis rules on labelled phrases. Nothing is learned, nothing is kept."""
    from models.mood.evaluate import evaluate_crisis as measure
    from models.sentiment.evaluate import RowsError, read_rows

    try:
        texts, labels = read_rows(data)
    except RowsError as error:
        raise Invalid(
            f"{error}. The file must be CSV in UTF-8 whose first line is label,text; label is "
            "1 for a crisis, 0 for anything else."
        ) from error
    report = measure(texts, labels)
    if as_json:
        click.echo(json.dumps(report.to_json(), ensure_ascii=False))
        return
    say(f"recall       {_share(report.recall)}  of {sum(labels)}")
    say(f"false alarm  {_share(report.false_alarm)}  of {len(labels) - sum(labels)}")
    for title, rows in (("missed", report.missed), ("alarmed", report.alarmed)):
        for text in rows:
            say(f"{title:<8}  {text}")


def _share(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"
