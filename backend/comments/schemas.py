"""Wire types of comments."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pydantic import Field

from backend.comments.lists import Listed, Sort
from backend.comments.scores import LABELS
from backend.comments.tables import Why
from backend.wire import MAX_ID, In, Out, Page
from models.sentiment.interface import Label


class WeightOut(Out):
    """A word and what it adds to the logit; above 0 it praises."""

    text: str
    weight: float


class SentimentOut(Out):
    label: Label
    probability: float = Field(ge=0, le=1)
    words: list[WeightOut]
    version: str


class CommentOut(Out):
    id: int
    song_id: int
    text: str
    """Plain text: show it as such."""
    author: str | None
    """A user of this site; crawled comments carry no identity."""
    mine: bool
    liked: bool
    likes: int
    created_at: datetime | None
    source: str
    stored_at: datetime
    """When it was taken from its source."""
    sentiment: SentimentOut | None
    """Null until it is scored."""


class PostedOut(CommentOut):
    """One's own new comment."""

    crisis: bool
    """It speaks of its writer's own death or self-harm: the writer alone is shown help lines."""


class CommentsQuery(In):
    label: Label | None = None
    sort: Sort = "heat"
    after: str | None = Field(default=None, pattern=r"^[0-9T:.+-]{0,40}~[0-9]{1,15}$")
    """The `after` of the page before."""
    word: str | None = Field(default=None, min_length=1, max_length=32)
    """Only comments that hold this word of a cloud."""
    limit: int = Field(default=20, ge=1, le=50)


class HoldersQuery(CommentsQuery):
    """Comments of any song, of an artist's or of a genre's, that hold a word of their cloud."""

    word: str = Field(min_length=1, max_length=32)
    artist: int | None = Field(default=None, ge=1, le=MAX_ID)
    genre: str | None = Field(default=None, max_length=64)


class HoldersOut(Out):
    items: list[CommentOut]
    after: str | None


class CommentsOut(Out):
    items: list[CommentOut]
    after: str | None
    total: int
    positive: int
    neutral: int
    negative: int


class CommentIn(In):
    text: str = Field(min_length=1, max_length=1000)


class ReportIn(In):
    reason: Why


class CorrectionIn(In):
    label: Label


class LikesOut(Out):
    liked: bool
    likes: int


class ReasonOut(Out):
    reason: Why
    count: int


class ReportedOut(Out):
    """A comment somebody reported."""

    comment: CommentOut
    song_title: str
    reasons: list[ReasonOut]
    """Most often given first."""
    last: datetime


class ReportedPage(Page[ReportedOut]):
    pass


class CorrectionOut(Out):
    comment_id: int
    song_id: int
    song_title: str
    text: str
    label: Label | None
    probability: float | None
    right: Label
    by: str
    at: datetime


class CorrectionPage(Page[CorrectionOut]):
    pass


class MonthOut(Out):
    month: str
    positive: int
    neutral: int
    negative: int


class SongSentimentOut(Out):
    song_id: int
    total: int
    positive: int
    neutral: int
    negative: int
    praise: float | None
    histogram: list[int]
    """Scored comments by probability, ten bins of 0.1."""
    months: list[MonthOut]


def comment_out(row: Any, *, user_id: int | None, liked: bool) -> CommentOut:
    """Turn a row of a list into its wire form."""
    sentiment = None
    if row.label is not None:
        sentiment = {
            "label": LABELS[row.label],
            "probability": row.probability,
            "words": [{"text": text, "weight": weight} for text, weight in row.words or ()],
            "version": row.scored_by,
        }
    own = row.user_id is not None and row.user_source is None
    return CommentOut.model_validate(
        {
            "id": row.id,
            "song_id": row.song_id,
            "text": row.text,
            "author": row.username if own else None,
            "mine": user_id is not None and row.user_id == user_id,
            "liked": liked,
            "likes": row.likes,
            "created_at": row.created_at,
            "source": row.source,
            "stored_at": row.stored_at,
            "sentiment": sentiment,
        }
    )


def comments_out(listed: Listed, *, user_id: int | None) -> Sequence[CommentOut]:
    """Turn a page of comments into wire form."""
    return [
        comment_out(row, user_id=user_id, liked=row.id in listed.liked) for row in listed.comments
    ]
