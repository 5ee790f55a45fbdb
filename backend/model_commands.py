"""`huisheng train` and `huisheng evaluate`: learn from what listeners did, and say how well."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from backend.database import ready_engine
from backend.errors import Invalid
from backend.recommendations.names import Algorithm
from backend.settings import Settings, quiet_tensorflow
from backend.terminal import fail, job_option, progress_bars, say
from models.artifacts import ArtifactStore
from models.recommender.registry import ALGORITHMS, TRAINED

SENTIMENT = {"sentiment": "ensemble", "sentiment_neural": "neural"}
"""What `huisheng train` calls the sentiment scorers."""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Names(click.ParamType[tuple[str, ...]]):
    """Names separated by commas."""

    name = "a,b,…"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, ...]:
        names = tuple(value.split(",")) if isinstance(value, str) else tuple(value)
        if unknown := set(names) - set(ALGORITHMS):
            self.fail(f"no recommender {', '.join(sorted(unknown))}", param, ctx)
        return names


class Numbers(click.ParamType[tuple[int, ...]]):
    """Whole numbers separated by commas."""

    name = "n,m,…"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, ...]:
        if not isinstance(value, str):
            return tuple(value)
        try:
            return tuple(int(part) for part in value.split(","))
        except ValueError:
            return self.fail("give whole numbers such as 10,20", param, ctx)


network_option = click.option(
    "--network",
    type=click.Choice(["gru", "simple"]),
    default="gru",
    show_default=True,
    help="The network of rnn; simple is the baseline, SimpleRNN(64).",
)


@click.command()
@click.argument("algorithms", nargs=-1, type=click.Choice((*TRAINED, *SENTIMENT)))
@click.option("--seed", default=7, show_default=True)
@click.option("--force", is_flag=True, help="Promote even what measures worse than popularity.")
@network_option
@click.option(
    "--corrections",
    type=_FILE,
    help="Sentiment: learn from these label,text rows too (see export-corrections), in place of "
    "the corrections stored on this site.",
)
@job_option
@click.pass_obj
def train(
    settings: Settings,
    algorithms: tuple[str, ...],
    seed: int,
    force: bool,
    network: str,
    corrections: Path | None,
    job_id: int | None,
) -> None:
    """Train recommenders on what listeners did, measure and promote them.

    Without names: those that the pages show. multimodal and two_tower learn from the features of
    songs too (`huisheng features`); multimodal needs them. Only one training runs at a time.
    `sentiment` and `sentiment_neural` learn from packaged text, sentences written for it and the
    labels that people put right on this site ("标错了?"), where most of them agree.
    """
    quiet_tensorflow()
    from typing import get_args

    from backend.recommendations.jobs import retraining, told_too, train_all
    from backend.sentiment_commands import read_corrections, train_scorer

    sentiment = [one for one in algorithms if one in SENTIMENT]
    if corrections is not None and not sentiment:
        raise Invalid("--corrections: only sentiment learns from them. Name it to train it.")
    rows = read_corrections(settings, corrections) if sentiment else []
    for name in sentiment:
        with progress_bars() as progress:
            scorer, store = SENTIMENT[name], ArtifactStore(settings.artifacts_dir)
            train_scorer(store, scorer, corrections=rows, seed=seed, show=progress(name))
    names = [one for one in algorithms if one in TRAINED]
    if algorithms and not names:
        return
    names = names or list(get_args(Algorithm))
    engine, store = ready_engine(settings), ArtifactStore(settings.artifacts_dir)
    with (
        retraining(engine, settings.data_dir, job_id=job_id) as told,
        progress_bars() as progress,
    ):
        ended = train_all(
            engine,
            store,
            names,
            seed=seed,
            force=force,
            network=network,
            features=settings.features_dir,
            progress=told_too(progress, told),
        )
    for one in ended:
        if one.manifest is None:
            fail(one.refused or "")
            continue
        own = one.manifest.metrics["own"].get("ndcg@10", float("nan"))
        bar = one.manifest.metrics["popularity"].get("ndcg@10", float("nan"))
        say(f"{one.name:<13} {one.manifest.version}  ndcg@10 {own:.4f} (popularity {bar:.4f})")


class _Evaluate(click.Group):
    """`evaluate --ablation` is another way to write `evaluate ablation`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [a if a != "--ablation" else "ablation" for a in args])


@click.group(cls=_Evaluate)
def evaluate() -> None:
    """How good it is, measured."""


@evaluate.command()
@click.option("--train", "train_file", type=_FILE, help="What is learned from.")
@click.option("--valid", type=_FILE, help="What settings are chosen on. Default: part of train.")
@click.option("--test", "test_file", type=_FILE, help="What is asked once, at last.")
@click.option(
    "--protocol",
    type=click.Choice(["next", "set"]),
    default="next",
    show_default=True,
    help="next: the last row of each listener, in time order; set: all test rows of each.",
)
@click.option("--keep-seen", is_flag=True, help="Songs of the history may be recommended.")
@click.option("--algorithms", type=Names(), default=ALGORITHMS, help="Default: all.")
@click.option("--k", "ks", type=Numbers(), default=(10, 20), help="Lengths of the lists.")
@click.option("--seed", default=7, show_default=True)
@network_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone.")
@click.pass_obj
def recommenders(
    settings: Settings,
    train_file: Path | None,
    valid: Path | None,
    test_file: Path | None,
    protocol: Any,
    keep_seen: bool,
    algorithms: tuple[str, ...],
    ks: tuple[int, ...],
    seed: int,
    network: str,
    as_json: bool,
) -> None:
    """Compare recommenders on files of `user_id item_id value timestamp` (TSV, gzipped or not).

    Without files: on what the listeners of this site did, split by time.

    Settings are chosen on the validation, then fitted on all of train and tested once. Popularity
    and random always stand in the table.
    """
    quiet_tensorflow()
    from backend.recommendations.snapshot import read_interactions
    from models.recommender.benchmark import compare, compare_files
    from models.recommender.trials import trial_of_interactions

    if min(ks) < 1:
        raise Invalid("--k: a list has at least one song.")
    if (train_file is None) != (test_file is None):
        raise Invalid("Give both --train and --test, or neither: then this site's own data.")
    with progress_bars() as progress:
        show = progress("evaluate")
        if train_file is None or test_file is None:
            with Session(ready_engine(settings)) as session:
                trial = trial_of_interactions(read_interactions(session, progress=show), seed=seed)
            rows = compare(trial, algorithms, ks=ks, seed=seed, network=network, progress=show)
        else:
            rows = compare_files(
                train=train_file,
                valid=valid,
                test=test_file,
                protocol=protocol,
                keep_seen=keep_seen,
                algorithms=algorithms,
                ks=ks,
                seed=seed,
                network=network,
                progress=show,
            )
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for line in _table(rows, ks):
            say(line)


def _table(rows: Sequence[dict[str, Any]], ks: Sequence[int]) -> Iterator[str]:
    first, last = min(ks), max(ks)
    shown = (
        f"hr@{first}",
        f"recall@{last}",
        f"ndcg@{first}",
        f"mrr@{last}",
        f"coverage@{first}",
        f"novelty@{first}",
        f"diversity@{first}",
        "fit_cpu_s",
        "ms_per_user",
    )
    yield f"{'algorithm':<14}" + "".join(f"{name:>13}" for name in shown)
    for row in rows:
        cells = (f"{row[name]:.4g}" if name in row else "" for name in shown)
        yield f"{row['algorithm']:<14}" + "".join(f"{cell:>13}" for cell in cells)
