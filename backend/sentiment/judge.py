"""The scorer of this web process."""

from flask import current_app

from backend.comments.scores import Judge
from backend.recommendations.shelf import Shelf
from backend.sentiment.errors import NoScorer
from models.sentiment.ensemble import Ensemble
from models.sentiment.registry import DEFAULT, artifact_name

NAME = artifact_name(DEFAULT)


def judge() -> Judge | None:
    """Return the promoted scorer, None before one is trained."""
    shelf: Shelf[Ensemble] = current_app.extensions["sentiment"]
    loaded = shelf.get(NAME)
    return None if loaded is None else Judge(loaded.model, loaded.version)


def required() -> Judge:
    """Return the promoted scorer.

    Raises:
        NoScorer: none is trained.
    """
    found = judge()
    if found is None:
        raise NoScorer
    return found
