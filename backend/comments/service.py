"""What people do with comments: write, like, delete, report, put a label right."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete as sql_delete
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.blocks import service as blocks
from backend.blocks.service import Kind
from backend.comments.errors import CommentEmpty, CommentNotFound, NotScored, NotYourComment
from backend.comments.scores import NUMBERS, Judge, columns_of
from backend.comments.tables import Comment, CommentCorrection, CommentLike, CommentReport, Why
from backend.db.base import table, utc_now
from backend.db.upsert import upsert
from backend.songs.errors import SongNotFound
from backend.songs.tables import Song
from models.sentiment.interface import Label
from models.sentiment.text import has_words

OWN = "huisheng"
"""The source of comments written here."""
COUNTERS = {1: "positive_count", 0: "neutral_count", -1: "negative_count"}

_song, _comment, _like = table(Song), table(Comment), table(CommentLike)


def post(
    session: Session, judge: Judge | None, *, user_id: int, song_id: int, text: str, zone: ZoneInfo
) -> Comment:
    """Store a comment with its score; without a scorer it waits for one.

    Raises:
        SongNotFound: no such song.
        CommentEmpty: nothing in it can be seen.
    """
    if not has_words(text):
        raise CommentEmpty
    _count(session, song_id, 1)
    now = utc_now()
    local = now.astimezone(zone)
    comment = Comment(
        source=OWN,
        source_id="",
        song_id=song_id,
        user_id=user_id,
        text=text,
        likes=0,
        created_at=now,
        day=local.date(),
        hour=local.hour,
    )
    if judge is not None:
        for name, value in columns_of(judge.scorer.explain(text), judge.version).items():
            setattr(comment, name, value)
        _count_label(session, song_id, comment.label, 1)
    comment.source_id = f"{user_id}-{now.timestamp():.6f}"
    session.add(comment)
    session.flush()
    return comment


def delete_own(session: Session, *, user_id: int, comment_id: int) -> None:
    """Remove one's own comment.

    Raises:
        CommentNotFound, NotYourComment: as named.
    """
    comment = get(session, comment_id)
    if comment.user_id != user_id:
        raise NotYourComment
    delete(session, comment)


def delete(session: Session, comment: Comment) -> None:
    """Remove a comment and take it out of its song's counts."""
    _count(session, comment.song_id, -1)
    _count_label(session, comment.song_id, comment.label, -1)
    session.execute(sql_delete(_comment).where(_comment.c.id == comment.id))
    session.expunge(comment)


def set_like(session: Session, *, user_id: int, comment_id: int, on: bool) -> int:
    """Like a comment or take it back; return its likes. Twice is once."""
    get(session, comment_id)
    # The comment's own row is locked by this write before anything is read.
    session.execute(
        update(_comment).where(_comment.c.id == comment_id).values(likes=_comment.c.likes)
    )
    mine = (_like.c.user_id == user_id) & (_like.c.comment_id == comment_id)
    liked = session.scalar(select(func.count()).select_from(_like).where(mine)) == 1
    if liked != on:
        if on:
            row = {"user_id": user_id, "comment_id": comment_id, "created_at": utc_now()}
            session.execute(insert(_like).values(row))
        else:
            session.execute(sql_delete(_like).where(mine))
        session.execute(
            update(_comment)
            .where(_comment.c.id == comment_id)
            .values(likes=_comment.c.likes + (1 if on else -1))
        )
    return session.scalar(select(_comment.c.likes).where(_comment.c.id == comment_id)) or 0


def report(session: Session, *, user_id: int, comment_id: int, reason: Why) -> None:
    """Ask for a comment to be looked at."""
    get(session, comment_id)
    row = {"user_id": user_id, "comment_id": comment_id, "reason": reason, "created_at": utc_now()}
    upsert(session, CommentReport, [row], key=("user_id", "comment_id"), update=["reason"])


def correct(session: Session, *, user_id: int, comment_id: int, label: Label) -> None:
    """Say which label is right.

    Raises:
        CommentNotFound, NotScored: as named.
    """
    if get(session, comment_id).label is None:
        raise NotScored
    row = {
        "user_id": user_id,
        "comment_id": comment_id,
        "label": NUMBERS[label],
        "created_at": utc_now(),
    }
    upsert(
        session,
        CommentCorrection,
        [row],
        key=("user_id", "comment_id"),
        update=["label", "created_at"],
    )


def corrections(session: Session, *, offset: int, limit: int) -> tuple[Sequence[Any], int]:
    """Return comments with the label put right, by whom and when, newest first; and the total.

    Rows of (comment, title of the song, label, username, time).
    """
    right, at = CommentCorrection.label, CommentCorrection.created_at
    rows = session.execute(
        select(Comment, Song.title, right, User.username, at)
        .join(Song, Song.id == Comment.song_id)
        .join(CommentCorrection, CommentCorrection.comment_id == Comment.id)
        .join(User, User.id == CommentCorrection.user_id)
        .order_by(CommentCorrection.created_at.desc(), Comment.id)
        .offset(offset)
        .limit(limit)
    ).all()
    total = session.scalar(select(func.count()).select_from(CommentCorrection)) or 0
    return rows, total


def corrections_for_training(session: Session) -> list[tuple[int, str]]:
    """Return (1 or 0, text) of what most correctors agree on; neutral ones teach no side."""
    mean = func.avg(CommentCorrection.label)
    rows = session.execute(
        select(Comment.text, mean)
        .join(CommentCorrection, CommentCorrection.comment_id == Comment.id)
        .group_by(Comment.id, Comment.text)
        .having(func.abs(mean) > 0.5)
        .order_by(Comment.id)
    )
    return [(int(value > 0), text) for text, value in rows]


def get(session: Session, comment_id: int) -> Comment:
    """Return a comment.

    Raises:
        CommentNotFound: no such comment.
    """
    comment = session.get(Comment, comment_id)
    if comment is None:
        raise CommentNotFound(comment_id)
    return comment


def _count(session: Session, song_id: int, by: int) -> None:
    blocks.touch(session, [song_id], Kind.FACTS, Kind.COMMENTS)
    moved = session.execute(
        update(_song).where(_song.c.id == song_id).values(comment_count=_song.c.comment_count + by)
    )
    if not moved.rowcount:  # type: ignore[attr-defined]  # an update's result counts rows
        raise SongNotFound(song_id)


def _count_label(session: Session, song_id: int, label: int | None, by: int) -> None:
    if label is not None:
        column = _song.c[COUNTERS[label]]
        session.execute(
            update(_song).where(_song.c.id == song_id).values({column.name: column + by})
        )
