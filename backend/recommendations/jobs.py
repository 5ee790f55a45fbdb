"""Train from a snapshot of the database and promote what measured well."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.db.session import unit_of_work
from backend.jobs import service as jobs
from backend.jobs.locks import only_one
from backend.recommendations.retraining import remember_features
from backend.recommendations.service import TRAINING
from backend.recommendations.snapshot import read_interactions
from backend.recommendations.tables import ModelVersion
from models.artifacts import ArtifactStore, Manifest
from models.progress import Progress
from models.recommender.rnn import NETWORKS
from models.recommender.song_features import FeaturesMissing, SongFeatures, stored_features
from models.recommender.train import NotPromoted, train

FUSED = frozenset({"multimodal", "two_tower"})
"""Those that learn from features of songs too."""
RETRAINING = "retrain"
"""The kind of the jobs by which a worker trains; each holds `train` jobs, one a recommender."""


@dataclass(frozen=True)
class Trained:
    """How one training ended; `refused` says why it was not promoted."""

    name: str
    manifest: Manifest | None
    refused: str | None = None


@contextmanager
def retraining(
    engine: Engine, data_dir: Path, *, job_id: int | None
) -> Iterator[jobs.JobLog | None]:
    """Keep a second training out; yield the worker's row of this one, None at the terminal.

    Raises:
        AlreadyRunning: another training runs.
    """
    if job_id is None:
        with only_one(data_dir, "train", what="A training"):
            yield None
        return
    with (
        jobs.job(engine, kind=RETRAINING, subject="", job_id=job_id) as log,
        only_one(data_dir, "train", what="A training"),
    ):
        yield log


def told_too(
    progress: Callable[[str], Progress], log: jobs.JobLog | None
) -> Callable[[str], Progress]:
    """Return a `progress` that also tells the worker's row which recommender is where."""
    if log is None:
        return progress

    def opened(name: str) -> Progress:
        show = progress(name)

        def report(stage: str, done: int, total: int | None) -> None:
            log(f"{name}: {stage}", done, total)
            show(stage, done, total)

        return report

    return opened


def train_all(
    engine: Engine,
    store: ArtifactStore,
    names: Sequence[str],
    *,
    seed: int,
    force: bool,
    network: str = "gru",
    features: Path | None = None,
    progress: Callable[[str], Progress],
) -> list[Trained]:
    """Train each recommender on one snapshot; `progress(name)` shows how far each is.

    `features` holds vectors of songs; without any multimodal is refused, the others do without.
    `network` is that of rnn. A stopped training of it goes on when the same is asked again.

    Raises:
        InteractionsError: there is nothing to learn from.
        ArtifactError: an artifact could not be written.
    """
    data_until = utc_now()
    with Session(engine) as session:
        interactions = read_interactions(session, progress=progress("snapshot"))
    described: list[SongFeatures] = []
    learned: Callable[[], None] = lambda: None  # noqa: E731
    if features is not None and FUSED.intersection(names):
        if "multimodal" in names:
            learned = remember_features(features)
        described = stored_features(features)
    ended = []
    for name in names:
        show = progress(name)
        with jobs.job(engine, kind=TRAINING, subject=name) as log:

            def both(stage: str, done: int, total: int | None) -> None:
                log(stage, done, total)  # used within this turn only
                show(stage, done, total)  # noqa: B023

            try:
                artifact = train(
                    name,
                    interactions,
                    store,
                    seed=seed,
                    force=force,
                    config=NETWORKS[network] if name == "rnn" else None,
                    features=described if name in FUSED else (),
                    progress=both,
                    checkpoints=store.root / "checkpoints",
                    data_until=data_until,
                )
            except (NotPromoted, FeaturesMissing) as refusal:
                log.result = {"refused": str(refusal)}
                ended.append(Trained(name, None, str(refusal)))
                continue
            with unit_of_work(engine) as session:
                record(session, artifact.manifest)
            log.result = {"version": artifact.manifest.version}
            ended.append(Trained(name, artifact.manifest))
    learned()
    return ended


def record(session: Session, manifest: Manifest) -> None:
    """Write a promoted version into the metric history."""
    session.add(
        ModelVersion(
            name=manifest.name,
            version=manifest.version,
            rows=manifest.rows,
            seed=manifest.seed,
            metrics={who: dict(figures) for who, figures in manifest.metrics.items()},
            created_at=datetime.fromisoformat(manifest.created),
            promoted_at=utc_now(),
        )
    )
    session.flush()
