"""What the history of models refuses."""

from backend.errors import Conflict, NotFound


class VersionNotFound(NotFound):
    def __init__(self, name: str, version: str) -> None:
        super().__init__(f"{name} has no version {version}. Choose one of the list.")


class VersionDamaged(Conflict):
    """The artifact on disk is gone or differs from its hash."""
