"""Delete an account: what was counted is counted back, what stays carries no name."""

from pathlib import Path

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from backend.accounts import avatars, profile
from backend.accounts.errors import LastAdmin, WrongConfirmation
from backend.accounts.roles import is_last_admin
from backend.accounts.service import normalised
from backend.accounts.tables import User
from backend.comments import service as comments
from backend.comments.tables import Comment, CommentLike
from backend.db.base import table
from backend.listening.tables import Play
from backend.ratings.tables import Rating
from backend.songs import service as songs


def erase(
    session: Session,
    folder: Path,
    *,
    user_id: int,
    username: str,
    password: str,
    keep_comments: bool,
) -> None:
    """Delete the account and all that was done with it; comments may stay without a name.

    Raises:
        WrongPassword, WrongConfirmation, LastAdmin: as named.
    """
    user = profile.verify(session, user_id=user_id, password=password)
    if normalised(username) != user.username_norm:
        raise WrongConfirmation(user.username)
    if is_last_admin(session, user_id=user_id):
        raise LastAdmin
    _count_back(session, user_id)
    if not keep_comments:
        for comment in session.scalars(select(Comment).where(Comment.user_id == user_id)).all():
            comments.delete(session, comment)
    avatars.remove(session, folder, user_id=user_id)
    session.execute(delete(table(User)).where(table(User).c.id == user_id))
    session.expunge(user)


def _count_back(session: Session, user_id: int) -> None:
    """Take ratings, plays and likes out of the counters, songs in one order against deadlocks."""
    rated = session.execute(
        select(Rating.song_id, Rating.stars)
        .where(Rating.user_id == user_id, Rating.stars > 0)
        .order_by(Rating.song_id)
    ).all()
    for song_id, stars in rated:
        songs.add_rating(session, song_id=song_id, stars=-stars, raters=-1)
    played = session.execute(
        select(Play.song_id, func.sum(Play.count))
        .where(Play.user_id == user_id)
        .group_by(Play.song_id)
        .order_by(Play.song_id)
    ).all()
    for song_id, count in played:
        songs.add_plays(session, song_id=song_id, count=-int(count))
    liked = select(CommentLike.comment_id).where(CommentLike.user_id == user_id)
    comment = table(Comment)
    session.execute(
        update(comment).where(comment.c.id.in_(liked)).values(likes=comment.c.likes - 1)
    )
