"""Scores of comments: stored with them, and counted at their songs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from backend.blocks import service as blocks
from backend.blocks.service import Kind
from backend.comments.tables import Comment
from backend.db.base import table
from backend.songs.tables import Song
from models.sentiment.ensemble import Ensemble
from models.sentiment.interface import Analysis, Label

NUMBERS: dict[Label, int] = {"positive": 1, "neutral": 0, "negative": -1}
LABELS: dict[int, Label] = {number: label for label, number in NUMBERS.items()}
SHOWN_WORDS = 5
_CHUNK = 5_000

_comment, _song = table(Comment), table(Song)


@dataclass(frozen=True)
class Judge:
    """A scorer with its version."""

    scorer: Ensemble
    version: str


def columns_of(analysis: Analysis, version: str) -> dict[str, Any]:
    """Return the columns that hold a score."""
    return {
        "probability": round(analysis.probability, 4),
        "label": NUMBERS[analysis.label],
        "words": [[w.text, round(w.weight, 2)] for w in analysis.deciding(SHOWN_WORDS)],
        "scored_by": version,
    }


def unscored(session: Session, *, version: str, limit: int) -> Sequence[Any]:
    """Return (id, song_id, text) of comments no scorer, or another version, has scored."""
    chosen = select(_comment.c.id, _comment.c.song_id, _comment.c.text).limit(limit)
    fresh = session.execute(chosen.where(_comment.c.scored_by.is_(None))).all()
    return fresh or session.execute(chosen.where(_comment.c.scored_by != version)).all()


def count_unscored(session: Session, *, version: str) -> int:
    """Count the comments that wait for this version."""
    waits = or_(_comment.c.scored_by.is_(None), _comment.c.scored_by != version)
    return session.scalar(select(func.count()).select_from(_comment).where(waits)) or 0


def has_unscored(session: Session, *, version: str) -> bool:
    """Tell whether any comment waits for this version."""
    return bool(unscored(session, version=version, limit=1))


def store_scores(session: Session, judge: Judge, comments: Sequence[tuple[int, str]]) -> None:
    """Score comments, given as (id, text), and store what came out."""
    rows = [
        {"comment": comment_id, **columns_of(judge.scorer.explain(text), judge.version)}
        for comment_id, text in comments
    ]
    if rows:
        names = ("probability", "label", "words", "scored_by")
        values = {name: bindparam(f"new_{name}", type_=_comment.c[name].type) for name in names}
        session.connection().execute(
            update(_comment).where(_comment.c.id == bindparam("comment")).values(values),
            [
                {"comment": row["comment"], **{f"new_{name}": row[name] for name in names}}
                for row in rows
            ],
        )


def unscore(session: Session, *, source: str, source_ids: Collection[str]) -> None:
    """Forget the scores of comments whose text changed; they are scored anew behind the pages."""
    ids = list(source_ids)
    blank = {"probability": None, "label": None, "words": None, "scored_by": None}
    for start in range(0, len(ids), _CHUNK):
        session.execute(
            update(_comment)
            .where(
                _comment.c.source == source,
                _comment.c.source_id.in_(ids[start : start + _CHUNK]),
            )
            .values(blank)
        )


def recount_songs(session: Session, song_ids: Collection[int]) -> None:
    """Count the labels of songs' comments anew."""
    ids = sorted(song_ids)
    blocks.touch(session, ids, Kind.COMMENTS)
    for start in range(0, len(ids), _CHUNK):
        chosen = ids[start : start + _CHUNK]
        counted = {
            name: select(func.count())
            .where(_comment.c.song_id == _song.c.id, _comment.c.label == number)
            .scalar_subquery()
            for name, number in (
                ("positive_count", 1),
                ("neutral_count", 0),
                ("negative_count", -1),
            )
        }
        session.execute(update(_song).where(_song.c.id.in_(chosen)).values(counted))
