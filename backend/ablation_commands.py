"""`huisheng evaluate ablation`: what sound, words and covers bring to songs nobody has met."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import click
from sqlalchemy.orm import Session

from backend.database import ready_engine
from backend.errors import Invalid
from backend.model_commands import Numbers, evaluate
from backend.settings import Settings, quiet_tensorflow
from backend.terminal import progress_bars, say


@evaluate.command("ablation")
@click.option("--k", "ks", type=Numbers(), default=(10, 20), help="Lengths of the lists.")
@click.option("--seed", default=7, show_default=True)
@click.option(
    "--draws",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="Draws of held-out songs that figures are means over.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone.")
@click.pass_obj
def ablation(settings: Settings, ks: tuple[int, ...], seed: int, draws: int, as_json: bool) -> None:
    """Rank songs that nobody has met, with and without each modality.

    On this site's own listeners and features (`huisheng features`). cold: a fifth of the songs is
    held out from everybody and ranked among itself. warm: of the other songs, the one each
    listener came to last, all songs being ranked. With every modality off the two-tower is the
    model of behaviour alone.
    """
    quiet_tensorflow()
    from backend.recommendations.snapshot import read_interactions
    from models.recommender.ablation import ablate
    from models.recommender.song_features import FeaturesMissing, stored_features

    if min(ks) < 1:
        raise Invalid("--k: a list has at least one song.")
    with progress_bars() as progress:
        show = progress("ablation")
        with Session(ready_engine(settings)) as session:
            interactions = read_interactions(session, progress=show)
        try:
            rows = ablate(
                interactions, stored_features(settings.features_dir), ks=ks, seed=seed,
                draws=draws,
                progress=show,
            )  # fmt: skip
        except FeaturesMissing:
            raise Invalid("No song has features yet. Run: huisheng features") from None
    if as_json:
        click.echo(
            json.dumps({"seed": seed, "draws": draws, "rows": rows}, ensure_ascii=False, indent=2)
        )
        return
    for line in _table(rows, ks):
        say(line)


def _table(rows: Sequence[dict[str, Any]], ks: Sequence[int]) -> Iterator[str]:
    first, last = min(ks), max(ks)
    shown = [
        *(("cold", name) for name in (f"hr@{first}", f"ndcg@{first}", f"recall@{last}")),
        *(("warm", name) for name in (f"hr@{first}", f"ndcg@{first}")),
    ]
    heads = "".join(f"{f'{where} {name}':>16}" for where, name in shown)
    yield f"{'':<28}{heads}{'fit_cpu_s':>12}"
    for row in rows:
        cells = "".join(f"{row[where][name]:>16.4f}" for where, name in shown)
        name = f"{row['algorithm']} {row['variant']}".strip()
        yield f"{name:<28}{cells}{row['fit_cpu_s']:>12.1f}"
