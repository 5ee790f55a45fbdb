"""What administrators do with comments that were reported."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from backend.comments import service
from backend.comments.lists import shown
from backend.comments.tables import CommentReport, RemovedComment, Why
from backend.db.base import table, utc_now
from backend.songs.tables import Song

_report, _song = table(CommentReport), table(Song)


@dataclass(frozen=True)
class Reported:
    """A comment with how many gave each reason, and when the last one did."""

    comment: Any
    song_title: str
    reasons: dict[Why, int]
    last: datetime


def reported(session: Session, *, offset: int, limit: int) -> tuple[Sequence[Reported], int]:
    """Return comments somebody reported, most reports first; and how many there are."""
    count, last = func.count(), func.max(_report.c.created_at)
    page = session.execute(
        select(_report.c.comment_id, last)
        .group_by(_report.c.comment_id)
        .order_by(count.desc(), last.desc(), _report.c.comment_id)
        .offset(offset)
        .limit(limit)
    ).all()
    total = session.scalar(select(func.count(_report.c.comment_id.distinct()))) or 0
    ids = [comment_id for comment_id, _ in page]
    comments = {row.id: row for row in shown(session, comment_ids=ids)}
    songs = {row.song_id for row in comments.values()}
    titles = dict(
        session.execute(select(_song.c.id, _song.c.title).where(_song.c.id.in_(songs))).all()
    )
    reasons: dict[int, dict[Why, int]] = {}
    for comment_id, reason, given in session.execute(
        select(_report.c.comment_id, _report.c.reason, func.count())
        .where(_report.c.comment_id.in_(ids))
        .group_by(_report.c.comment_id, _report.c.reason)
        .order_by(func.count().desc(), _report.c.reason)
    ):
        reasons.setdefault(comment_id, {})[reason] = given
    listed = [
        Reported(comments[one], titles[comments[one].song_id], reasons[one], at) for one, at in page
    ]
    return listed, total


def remove(session: Session, *, comment_id: int) -> None:
    """Remove a comment, whoever wrote it, with everything that hangs on it.

    A source's own comment is remembered by its id, so that no crawl brings it back.

    Raises:
        CommentNotFound: no such comment.
    """
    comment = service.get(session, comment_id)
    if comment.source != service.OWN:
        row = {"source": comment.source, "source_id": comment.source_id, "removed_at": utc_now()}
        session.execute(insert(table(RemovedComment)).values(row))
    service.delete(session, comment)


def removed(session: Session, *, source: str, source_ids: Collection[str]) -> set[str]:
    """Return those ids of a source's comments that were taken down here."""
    gone = table(RemovedComment).c
    query = select(gone.source_id).where(gone.source == source, gone.source_id.in_(source_ids))
    return set(session.scalars(query))


def dismiss(session: Session, *, comment_id: int) -> None:
    """Let a comment stand: forget its reports. Twice is once.

    Raises:
        CommentNotFound: no such comment.
    """
    service.get(session, comment_id)
    session.execute(delete(_report).where(_report.c.comment_id == comment_id))
