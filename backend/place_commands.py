"""`huisheng evaluate mood`: how well songs stand on the valence-arousal plane."""

import json
from pathlib import Path

import click
from sqlalchemy.orm import Session

from backend.database import ready_engine
from backend.errors import Invalid
from backend.model_commands import evaluate
from backend.settings import Settings
from backend.terminal import say
from models.mood.evaluate_places import DatasetError, Quality


@evaluate.command("mood")
@click.option(
    "--situnes",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with SiTunes: what its listeners said to feel, against its songs' fields.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone.")
@click.pass_obj
def evaluate_mood(settings: Settings, folder: Path | None, as_json: bool) -> None:
    """Hold places of demo songs against the moods they were made from, by what they are told from.

    The weights of sound were fitted on generated tunes too, of other seeds: on music at large
    expect less.
    """
    from backend.demo.moods import PLACES
    from backend.healing.places import known_moods
    from models.mood.evaluate_places import situnes

    found: dict[str, Quality] = {}
    with Session(ready_engine(settings)) as session:
        found.update(known_moods(session, PLACES))
    if folder is not None:
        try:
            found["situnes"] = situnes(folder)
        except DatasetError as error:
            raise Invalid(str(error)) from error
    if as_json:
        click.echo(json.dumps({name: one.to_json() for name, one in found.items()}))
        return
    if not found:
        say("No demo song stands on the plane. Run: huisheng features")
        return
    say(f"{'told from':<24}{'songs':>7}{'quadrant':>10}{'valence':>10}{'arousal':>10}")
    for name, one in found.items():
        cells = (one.quadrant, one.valence_rho, one.arousal_rho)
        shown = "".join(f"{'-' if cell is None else f'{cell:.3f}':>10}" for cell in cells)
        say(f"{name:<24}{one.songs:>7}{shown}")
