"""Fitted models in memory, swapped when a new version is promoted."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import structlog

from models.artifacts import Artifact, ArtifactError, ArtifactStore

CHECK_EVERY = 1.0
"""Seconds between two looks at a promotion pointer."""

log = structlog.get_logger()
M = TypeVar("M")


@dataclass(frozen=True)
class Loaded(Generic[M]):
    """A model that answers now."""

    model: M
    version: str
    data_until: datetime
    """When the data it learned from were taken."""


class Shelf(Generic[M]):
    """Gives the promoted version of each model; safe to use from many threads.

    A new version is loaded beside the old one by the thread that notices it, while the others
    go on with the old. A version that cannot be read is logged and passed over: the one in
    memory serves on, else the newest readable one; without any the rows say so.
    """

    def __init__(self, store: ArtifactStore, load: Callable[[Artifact], M]) -> None:
        self.store = store
        self._load = load
        self._loaded: dict[str, Loaded[M]] = {}
        self._refused: dict[str, str] = {}
        self._checked: dict[str, float] = {}
        self._locks: dict[str, threading.Lock] = {}

    def get(self, name: str) -> Loaded[M] | None:
        """Return the model that serves, None when there is none."""
        now = time.monotonic()
        if now - self._checked.get(name, -CHECK_EVERY) >= CHECK_EVERY:
            lock = self._locks.setdefault(name, threading.Lock())
            # Only the very first load is waited for.
            if lock.acquire(blocking=name not in self._loaded):
                try:
                    self._look(name)
                    self._checked[name] = time.monotonic()
                finally:
                    lock.release()
        return self._loaded.get(name)

    def _look(self, name: str) -> None:
        version = self.store.current_version(name)
        held = self._loaded.get(name)
        if version is None or version == self._refused.get(name):
            return
        if held is not None and held.version == version:
            return
        if not self._take(name, version):
            self._refused[name] = version
            if held is None:
                older = (m.version for m in reversed(self.store.versions(name)))
                next((v for v in older if v != version and self._take(name, v)), None)

    def _take(self, name: str, version: str) -> bool:
        """Load a version; tell whether it could be read."""
        try:
            artifact = self.store.open(name, version)
            self._loaded[name] = Loaded(
                self._load(artifact), version, datetime.fromisoformat(artifact.manifest.data_until)
            )
        except ArtifactError as error:
            log.error("artifact refused", model=name, version=version, error=str(error))
            return False
        return True
