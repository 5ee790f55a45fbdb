"""Train a sentiment scorer: fit, measure on what was held out, store, promote."""

import hashlib
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from models.artifacts import Artifact, ArtifactStore
from models.progress import Progress, silent
from models.sentiment.corpus import read_corpus
from models.sentiment.evaluate import evaluate
from models.sentiment.interface import NEUTRAL
from models.sentiment.registry import artifact_name
from models.sentiment.text import bare

CORRECTIONS = "corrections.txt"
"""In an artifact: the texts of the corrections it learned, so that none is measured on."""
LIBRARIES = ("numpy", "scipy", "sklearn", "keras", "tensorflow")


def train(
    name: str,
    store: ArtifactStore,
    *,
    corrections: list[tuple[int, str]] | None = None,
    seed: int = 7,
    progress: Progress = silent,
) -> Artifact:
    """Fit the named scorer on the training text, and make it the current one.

    The figures in the manifest are of a part that was held out while choosing the temperature
    (ensemble) or the epoch (neural).

    Raises CorpusError when the training text is not there, ArtifactError when nothing could be
    written.
    """
    corpus = read_corpus(corrections=corrections)
    if name == "neural":
        from models.sentiment import train_neural

        network, held = train_neural.fit(corpus, seed=seed, progress=progress)
        report = evaluate(network, held.texts, held.labels, learned=())

        save: Callable[[Path], None] = partial(train_neural.save, network)
    else:
        from models.sentiment.fit_ensemble import fit

        ensemble, part, held = fit(corpus, seed=seed, progress=progress)
        report = evaluate(part, held.texts, held.labels, learned=())
        save = ensemble.save

    def write(directory: Path) -> None:
        save(directory)
        lines = "".join(f"{bare(text)}\n" for _, text in corrections or ())
        (directory / CORRECTIONS).write_text(lines, encoding="utf-8")

    metrics = {"accuracy": report.accuracy, "f1": report.f1, "auc": report.auc or 0.0}
    artifact = store.create(
        artifact_name(name),
        write=write,
        data_until=datetime.now(UTC),
        code_revision=_code_revision(),
        config={
            "neutral": list(NEUTRAL),
            "own_sentences": corpus.own - len(corrections or ()),
            "corrections": len(corrections or ()),
            "held_out": report.n,
        },
        snapshot_hash=corpus.digest(),
        rows=len(corpus.texts),
        seed=seed,
        metrics={"own": metrics},
        libraries={one: sys.modules[one].__version__ for one in LIBRARIES if one in sys.modules},
    )
    store.promote(artifact_name(name), artifact.manifest.version)
    return artifact


def corrections_of(artifact: Artifact) -> list[str]:
    """Return the corrections an artifact learned, as `bare` texts."""
    path = artifact.path / CORRECTIONS
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _code_revision() -> str:
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.rglob("*.*")):
        if source.suffix in (".py", ".txt"):
            digest.update(source.read_bytes())
    return digest.hexdigest()[:12]
