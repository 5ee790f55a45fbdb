"""`huisheng score` and `huisheng evaluate sentiment`: what a text says, how well that is told."""

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from sqlalchemy.orm import Session

from backend.database import ready_engine
from backend.errors import Invalid
from backend.jobs.locks import only_one
from backend.model_commands import evaluate
from backend.sentiment.errors import NoScorer
from backend.settings import Settings, quiet_tensorflow
from backend.terminal import job_option, progress_bars, say
from models.artifacts import ArtifactStore
from models.progress import Progress
from models.sentiment import registry
from models.sentiment.ensemble import Ensemble
from models.sentiment.interface import label_of
from models.sentiment.scorers import load

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_SCORER = click.option(
    "--scorer", type=click.Choice(registry.SCORERS), default=registry.DEFAULT, show_default=True
)
LONGEST = 1000


@evaluate.command("sentiment")
@click.option("--data", type=_FILE, required=True, help="CSV with the columns label,text (0 or 1).")
@click.option(
    "--scorer",
    "scorers",
    type=click.Choice(registry.SCORERS),
    multiple=True,
    default=(registry.DEFAULT,),
    show_default=True,
    help="Repeat it to compare.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON alone.")
@click.pass_obj
def evaluate_sentiment(
    settings: Settings, data: Path, scorers: Sequence[str], as_json: bool
) -> None:
    """Measure sentiment scorers on labelled rows; those it learned are left out.

    A scorer that has not been trained is trained first.
    """
    quiet_tensorflow()
    from models.sentiment.corpus import CorpusError, read_corpus
    from models.sentiment.evaluate import RowsError, read_rows
    from models.sentiment.evaluate import evaluate as measure
    from models.sentiment.train import corrections_of

    store = ArtifactStore(settings.artifacts_dir)
    reports = []
    try:
        texts, labels = read_rows(data)
        seen = read_corpus().seen
        with progress_bars() as progress:
            for name in scorers:
                show = progress(name)
                scorer = load(name, _trained(store, name, show))
                artifact = store.current(registry.artifact_name(name))
                learned = corrections_of(artifact) if artifact and name in registry.TRAINED else ()
                show("score", 0, None)
                reports.append(measure(scorer, texts, labels, learned={*seen, *learned}))
    except (RowsError, CorpusError) as error:
        raise Invalid(str(error)) from error
    if as_json:
        rows = [report.to_json() for report in reports]
        click.echo(json.dumps(rows[0] if len(rows) == 1 else rows, ensure_ascii=False))
        return
    say("scorer          n  leaked  accuracy      f1     auc  texts/cpu s")
    for one in reports:
        area = "-" if one.auc is None else f"{one.auc:.4f}"
        say(
            f"{one.scorer:<10}{one.n:>7}{one.leaked:>8}{one.accuracy:>10.4f}{one.f1:>8.4f}"
            f"{area:>8}{one.texts_per_cpu_s:>13.0f}"
        )
        (pan_right, pan_wrong), (praise_wrong, praise_right) = one.confusion
        say(
            f"{'':<10}panned: {pan_right} right, {pan_wrong} wrong; "
            f"praised: {praise_right} right, {praise_wrong} wrong"
        )


@click.command()
@click.argument("text", required=False)
@click.option("--file", "file", type=_FILE, help="One text a line, or CSV with a column text.")
@_SCORER
@click.pass_obj
def score(settings: Settings, text: str | None, file: Path | None, scorer: str) -> None:
    """Say whether TEXT praises or pans, and which words decide it.

    With --file: CSV of text, probability and label on standard output.
    """
    quiet_tensorflow()
    if (text is None) == (file is None):
        raise Invalid("Give a TEXT or --file, one of them.")
    with progress_bars() as progress:
        store = _trained(ArtifactStore(settings.artifacts_dir), scorer, progress(scorer))
        loaded = load(scorer, store)
    if file is not None:
        texts = read_texts(file)
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(("text", "probability", "label"))
        for one, p in zip(texts, loaded.probabilities(texts), strict=True):
            out.writerow((one, f"{p:.4f}", label_of(float(p))))
        return
    assert text is not None
    if not text.strip() or len(text) > LONGEST:
        raise Invalid(f"A text has 1 to {LONGEST} signs; this one has {len(text.strip())}.")
    probability = float(loaded.probabilities([text])[0])
    say(f"{label_of(probability)}  {probability:.4f}")
    if isinstance(loaded, Ensemble):
        analysis = loaded.explain(text)
        for word in analysis.deciding():
            say(f"  {word.weight:+.2f}  {word.text}")
        if analysis.rules:
            say(f"  rules: {', '.join(analysis.rules)}")


@click.command("score-comments")
@job_option
@click.pass_obj
def score_comments(settings: Settings, job_id: int | None) -> None:
    """Score new and changed comments, and count the words of lyrics and comments.

    After a new model all comments are scored again.
    """
    from backend.comments.jobs import load_judge, score_and_count
    from backend.jobs import service as jobs

    engine = ready_engine(settings)
    judge = load_judge(ArtifactStore(settings.artifacts_dir))
    if judge is None:
        raise NoScorer
    with (
        only_one(settings.data_dir, "score-comments", what="scoring"),
        jobs.job(engine, kind="score", subject="comments", job_id=job_id) as log,
        progress_bars() as progress,
    ):
        show = progress("score")

        def both(stage: str, done: int, total: int | None) -> None:
            log(stage, done, total)
            show(stage, done, total)

        done = score_and_count(engine, judge, progress=both)
        log.result = {"comments": done.comments, "lyrics": done.lyrics}
    say(f"{done.comments:,} comments scored, the words of {done.lyrics:,} songs counted.")


@click.command("export-corrections")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def export_corrections(settings: Settings, file: Path) -> None:
    """Write labels people put right to FILE, as label,text rows.

    `huisheng train sentiment` reads them from the database by itself; another site learns from the
    file with --corrections.
    """
    from backend.comments.service import corrections_for_training

    with Session(ready_engine(settings)) as session, file.open("w", newline="") as out:
        rows = corrections_for_training(session)
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("label", "text"))
        writer.writerows(rows)
    say(f"Wrote {len(rows):,} corrections to {file}.")


def read_texts(path: Path) -> list[str]:
    """Read one text a line, or the column `text` of a CSV file.

    Raises:
        Invalid: it is not UTF-8, or a CSV without that column.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(f"{path} is not UTF-8: {error}") from error
    if path.suffix.lower() != ".csv":
        return [line for line in content.splitlines() if line.strip()]
    rows = csv.DictReader(content.splitlines(keepends=True))
    if "text" not in (rows.fieldnames or ()):
        raise Invalid(f"{path}: the first line must name a column text.")
    return [row["text"] or "" for row in rows]


def read_corrections(settings: Settings, file: Path | None) -> list[tuple[int, str]]:
    """Return (1 or 0, text) rows of a file, or, without one, those stored on this site."""
    from backend.comments.service import corrections_for_training
    from models.sentiment.evaluate import RowsError, read_rows

    if file is None:
        with Session(ready_engine(settings)) as session:
            return corrections_for_training(session)
    try:
        texts, labels = read_rows(file)
    except RowsError as error:
        raise Invalid(str(error)) from error
    return list(zip(labels, texts, strict=True))


def train_scorer(
    store: ArtifactStore,
    name: str,
    *,
    corrections: list[tuple[int, str]],
    seed: int,
    show: Progress,
) -> None:
    """Train one scorer and print its figures."""
    from models.sentiment.corpus import CorpusError
    from models.sentiment.train import train

    try:
        artifact = train(name, store, corrections=corrections, seed=seed, progress=show)
    except CorpusError as error:
        raise Invalid(str(error)) from error
    own = artifact.manifest.metrics["own"]
    say(
        f"sentiment {name:<9} {artifact.manifest.version}  held out: accuracy "
        f"{own['accuracy']:.4f}, auc {own['auc']:.4f}; {len(corrections):,} corrections learned"
    )


def _trained(store: ArtifactStore, name: str, show: Progress) -> ArtifactStore:
    """Train a scorer that has no artifact yet; standard output stays clean."""
    if name in registry.TRAINED and store.current(registry.artifact_name(name)) is None:
        from models.sentiment.train import train

        train(name, store, progress=show)
    return store
