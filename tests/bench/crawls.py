"""Crawls: songs a second, memory as the source grows, a whole crawl; against the replay source."""

import subprocess
import time
from pathlib import Path

import psutil
import sqlalchemy as sa
from sqlalchemy.orm import Session

from backend.db.session import create_engine
from backend.jobs.tables import Job
from tests import live
from tests.bench.figures import Figure

SMALL, LARGE = 5_000, 50_000
KINDS = ("song", "artist", "album", "lyric", "comments")


def measure(home: Path, *, quick: bool) -> list[Figure]:
    """Return what crawls of invented catalogues took; quick ones are a tenth of the size."""
    small, large = (SMALL // 10, LARGE // 10) if quick else (SMALL, LARGE)
    figures = []
    peaks = []
    for songs in (small, large):
        took, peak = _crawl(home / f"songs-{songs}", songs, KINDS[:1])
        peaks.append(peak)
        figures.append(
            Figure(f"crawl, 1,000 of {songs:,} songs", 1_000 * took / songs, "s", 1.0, "no delay")
        )
        figures.append(Figure(f"crawl of {songs:,} songs, peak", peak, "MB", None, "RSS"))
    grown = peaks[1] / peaks[0]
    figures.append(Figure("crawl, memory at ten times the songs", grown, "x", 1.25, ""))
    took, peak = _crawl(home / "whole", small, KINDS)
    note = f"with singers, albums, lyrics, comments; {peak:.0f} MB"
    figures.append(Figure(f"whole crawl of {small:,} songs", took, "s", 120.0, note))
    return figures


def _crawl(home: Path, songs: int, kinds: tuple[str, ...]) -> tuple[float, float]:
    """Crawl a catalogue into an empty SQLite database; return the job's seconds and peak in MB."""
    with live.replaying(home / "replay", "--songs", str(songs)) as address:
        environ = live.environment(home / "data", ncm_base_url=address)
        options = [option for kind in kinds for option in ("--kind", kind)]
        peak = 0
        with subprocess.Popen(
            live.command("crawl", "ncm", *options), env=environ, stdout=subprocess.DEVNULL
        ) as process:
            watched = psutil.Process(process.pid)
            while process.poll() is None:
                try:
                    peak = max(peak, watched.memory_info().rss)
                except psutil.NoSuchProcess:
                    break
                time.sleep(0.1)
        if process.returncode:
            raise RuntimeError(f"The crawl ended with code {process.returncode}.")
    engine = create_engine(f"sqlite:///{home / 'data' / 'huisheng.db'}")
    with Session(engine) as session:
        job = session.scalars(sa.select(Job)).one()
        assert job.started_at is not None
        assert job.ended_at is not None
        took = (job.ended_at - job.started_at).total_seconds()
    engine.dispose()
    return took, peak / 2**20
