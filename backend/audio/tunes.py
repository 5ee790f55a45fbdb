"""The demo's tunes: made on first play by a process of its own, kept within a size."""

import hashlib
import json
import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from threading import Lock

import structlog

from backend.audio.errors import TunesBusy
from backend.audio.service import TuneFacts

VERSION = 1
"""Of the synthesiser: a tune of another version is made anew."""
WITHIN_S = 60
WAITING = 32
"""Tunes asked for at once, before more are turned away."""

log = structlog.get_logger()


class TuneMaker:
    """Makes one tune at a time beside the requests, which never wait for it."""

    def __init__(self, folder: Path, *, limit: int) -> None:
        self._folder = folder
        self._limit = limit
        self._making: dict[str, Future[None]] = {}
        self._lock = Lock()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="tunes")

    def get(self, facts: TuneFacts) -> Path | None:
        """Return the tune's file, or None while it is being made.

        Raises:
            TunesBusy: too many are being made.
        """
        name = self._name(facts)
        path = self._folder / name
        with suppress(FileNotFoundError):
            # Heard now: the last to go.
            os.utime(path)
            return path
        with self._lock:
            if name not in self._making:
                if len(self._making) >= WAITING:
                    raise TunesBusy
                self._making[name] = self._pool.submit(self._make, facts, path)
        return None

    @staticmethod
    def _name(facts: TuneFacts) -> str:
        told = json.dumps([VERSION, asdict(facts)], ensure_ascii=True, sort_keys=True)
        return f"{hashlib.sha256(told.encode()).hexdigest()[:32]}.mp3"

    def _make(self, facts: TuneFacts, path: Path) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            subprocess.run(
                [sys.executable, "-m", "backend.demo.tune_process", str(path)],
                input=json.dumps(asdict(facts)).encode(),
                capture_output=True,
                check=True,
                timeout=WITHIN_S,
            )
            self._remove_old(path)
        except (OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or b""
            log.error("tune not made", song=facts.source_id, said=said.decode()[-500:])
        finally:
            with self._lock:
                del self._making[path.name]

    def _remove_old(self, newest: Path) -> None:
        kept = 0
        files = [(path.stat(), path) for path in self._folder.glob("*.mp3")]
        for stat, path in sorted(files, key=lambda file: -file[0].st_mtime_ns):
            kept += stat.st_size
            if kept > self._limit and path != newest:
                path.unlink(missing_ok=True)
