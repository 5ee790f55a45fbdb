"""An import as a job: its row says what came in; how far it is stands beside its log."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine

from backend.crawls.service import IMPORT
from backend.ingest.files import Report
from backend.jobs import logs
from backend.jobs import service as jobs
from models.progress import Progress

REASONS = 20


@dataclass(frozen=True)
class Import:
    """A running import."""

    log: jobs.JobLog
    data_dir: Path
    show: Progress

    def progress(self, stage: str, done: int, total: int | None) -> None:
        """Show how far it is."""
        if total:
            logs.note_progress(self.data_dir, self.log.job_id, done / total)
        self.show(stage, done, total)

    def report(self, report: Report) -> None:
        """Keep what the import did."""
        total = report.counts.total
        kinds = {kind: vars(tally) for kind, tally in sorted(report.counts.kinds.items())}
        reasons: dict[str, int] = {}
        for line in report.refused_lines:
            if line.reason in reasons or len(reasons) < REASONS:
                reasons[line.reason] = reasons.get(line.reason, 0) + 1
        self.log.result = {
            **vars(total),
            "refused": report.refused,
            "kinds": kinds,
            "reasons": reasons,
        }


@contextmanager
def import_job(
    engine: Engine, data_dir: Path, name: str, show: Progress, *, job_id: int | None
) -> Iterator[Import]:
    """Run a block as the job of an import; `job_id` is the row a worker has begun."""
    with jobs.job(engine, kind=IMPORT, subject=name[-64:], job_id=job_id) as log:
        yield Import(log, data_dir, show)
