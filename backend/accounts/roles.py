"""Who has an account here and what they may do; for administrators."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from backend.accounts.errors import LastAdmin, UserNotFound
from backend.accounts.service import normalised
from backend.accounts.tables import LoginSession, User
from backend.db.base import utc_now

ADMIN = "admin"


@dataclass(frozen=True)
class Account:
    """A person with a password."""

    id: int
    username: str
    role: str
    created_at: datetime
    sessions: int
    """Logged in right now, on so many browsers."""


def accounts(
    session: Session, *, starts: str, role: str | None, offset: int, limit: int
) -> tuple[list[Account], int]:
    """Return a page of people whose name starts like this, newest first, and how many there are."""
    where: list[ColumnElement[bool]] = [User.source.is_(None)]
    if starts:
        where.append(User.username_norm.startswith(normalised(starts), autoescape=True))
    if role is not None:
        where.append(User.role == role)
    people = session.scalars(
        select(User)
        .where(*where)
        .order_by(User.created_at.desc(), User.id.desc())
        .offset(offset)
        .limit(limit)
    ).all()
    rows = session.execute(
        select(LoginSession.user_id, func.count(LoginSession.id))
        .where(
            LoginSession.user_id.in_([one.id for one in people]),
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > utc_now(),
        )
        .group_by(LoginSession.user_id)
    )
    live = {user_id: count for user_id, count in rows}
    total = session.scalar(select(func.count(User.id)).where(*where)) or 0
    return [
        Account(one.id, one.username, one.role, one.created_at, live.get(one.id, 0))
        for one in people
    ], total


def is_last_admin(session: Session, *, user_id: int) -> bool:
    """Tell whether without this user nobody could administer the site."""
    admins = session.scalars(select(User.id).where(User.role == ADMIN).with_for_update()).all()
    return list(admins) == [user_id]


def set_role(session: Session, *, user_id: int, role: str) -> None:
    """Let a person be something else; holds from the next request.

    Raises:
        UserNotFound: nobody with a password has this id.
        LastAdmin: nobody could administer the site any more.
    """
    if role != ADMIN and is_last_admin(session, user_id=user_id):
        raise LastAdmin
    user = session.get(User, user_id)
    if user is None or user.source is not None:
        raise UserNotFound(str(user_id))
    user.role = role
