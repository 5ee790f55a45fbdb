"""Wire types of the sentiment page."""

from datetime import datetime

from pydantic import Field

from backend.wire import In, Out
from models.sentiment.interface import Label

LONGEST = 1000
MOST_TEXTS = 500
"""Texts of one batch call; the page cuts longer lists."""


class TextIn(In):
    text: str = Field(min_length=1, max_length=LONGEST)


class SpanOut(Out):
    """A word at its place (in Unicode code points), and what it adds to the logit."""

    start: int
    end: int
    text: str
    weight: float


class TopWordOut(Out):
    text: str
    weight: float


class AnalysisOut(Out):
    label: Label
    probability: float = Field(ge=0, le=1)
    logit: float
    words: list[SpanOut]
    """The whole text in order, without gaps; all weights together are the logit."""
    top: list[TopWordOut]
    rules: list[str]
    crisis: bool
    """The text speaks of its writer's own death or self-harm: help lines are shown beside."""
    version: str
    ms: float
    """What the analysis took on the server."""


class TextsIn(In):
    texts: list[str] = Field(min_length=1, max_length=MOST_TEXTS)


class ScoreOut(Out):
    """Null where the text is empty or too long."""

    label: Label | None
    probability: float | None
    error: str | None = None
    """`empty` or `too-long`."""
    crisis: bool = False


class ScoresOut(Out):
    items: list[ScoreOut]
    version: str


class ScorerFiguresOut(Out):
    accuracy: float
    f1: float
    auc: float


class ModelCardOut(Out):
    name: str
    version: str
    created: datetime
    texts: int
    """Training texts."""
    own_sentences: int
    corrections: int
    """Labels that people put right, learned too."""
    held_out: int
    figures: ScorerFiguresOut
    """On packaged texts held out of training: reviews of goods and books, not of songs."""
    lexicon: int
    neutral: tuple[float, float]
