"""Login sessions and the rotation of their refresh tokens.

A refresh token is used once. Two tabs may use it within ten seconds of each other: the later
one gets the same successor. Any later reuse means a stolen token, and ends the session.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from backend.accounts.errors import SessionEnded, SessionNotFound
from backend.accounts.tables import LoginSession, RefreshToken, User
from backend.db.base import table, utc_now

LIFETIME = timedelta(days=30)
GRACE = timedelta(seconds=10)
AGENT = 255
"""Signs kept of a browser's name for itself."""


@dataclass(frozen=True)
class Grant:
    """What a log-in or a refresh hands out."""

    user_id: int
    session_id: str
    refresh_jti: str


@dataclass(frozen=True)
class Caller:
    """Who sends this request, as the database says right now."""

    user_id: int
    role: str
    session_id: str


@dataclass(frozen=True)
class Live:
    """A login session that has not ended."""

    id: str
    agent: str | None
    created_at: datetime
    seen_at: datetime
    """When it last asked for fresh tokens; at most a quarter of an hour behind."""


def start(session: Session, *, user_id: int, agent: str | None = None) -> Grant:
    """Open a login session; `agent` is what the browser calls itself."""
    now = utc_now()
    login = LoginSession(
        id=str(uuid.uuid4()),
        user_id=user_id,
        expires_at=now + LIFETIME,
        agent=agent[:AGENT] if agent else None,
    )
    token = RefreshToken(jti=str(uuid.uuid4()), session_id=login.id)
    session.add(login)
    session.flush()
    session.add(token)
    session.flush()
    return Grant(user_id, login.id, token.jti)


def refresh(session: Session, *, jti: str) -> Grant:
    """Exchange a refresh token for its successor.

    Raises:
        SessionEnded: unknown, expired or revoked; a reuse after the grace time revokes the session.
    """
    now = utc_now()
    successor = str(uuid.uuid4())
    # The conditional update decides which of two racing requests is the first.
    first = session.execute(
        update(RefreshToken)
        .where(RefreshToken.jti == jti, RefreshToken.used_at.is_(None))
        .values(used_at=now, successor=successor)
        .execution_options(synchronize_session=False)
    )
    found = session.execute(
        select(RefreshToken, LoginSession)
        .join(LoginSession, LoginSession.id == RefreshToken.session_id)
        .where(RefreshToken.jti == jti)
    ).one_or_none()
    if found is None:
        raise SessionEnded
    token, login = found
    if login.revoked_at is not None or login.expires_at <= now:
        raise SessionEnded
    if first.rowcount:  # type: ignore[attr-defined]  # an update's result counts rows
        session.add(RefreshToken(jti=successor, session_id=login.id))
        session.flush()
        return Grant(login.user_id, login.id, successor)
    if token.used_at is not None and now - token.used_at <= GRACE and token.successor:
        return Grant(login.user_id, login.id, token.successor)
    login.revoked_at = now
    session.commit()  # the refusal below rolls back; the revocation must stand
    raise SessionEnded


def end(session: Session, *, session_id: str) -> None:
    """End one login session."""
    session.execute(
        update(LoginSession)
        .where(LoginSession.id == session_id, LoginSession.revoked_at.is_(None))
        .values(revoked_at=utc_now())
    )


def live(session: Session, *, user_id: int) -> list[Live]:
    """Return the user's sessions that have not ended, the one seen last first."""
    seen = func.max(RefreshToken.created_at)
    rows = session.execute(
        select(LoginSession.id, LoginSession.agent, LoginSession.created_at, seen)
        .join(RefreshToken, RefreshToken.session_id == LoginSession.id)
        .where(
            LoginSession.user_id == user_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.expires_at > utc_now(),
        )
        .group_by(LoginSession.id, LoginSession.agent, LoginSession.created_at)
        .order_by(seen.desc(), LoginSession.id)
    )
    return [Live(*row) for row in rows]


def end_own(session: Session, *, user_id: int, session_id: str) -> None:
    """End one of the user's own sessions.

    Raises:
        SessionNotFound: it is not his, or not live.
    """
    if session_id not in {one.id for one in live(session, user_id=user_id)}:
        raise SessionNotFound
    end(session, session_id=session_id)


def end_others(session: Session, *, user_id: int, keep: str | None = None) -> None:
    """End every session of the user but `keep`."""
    session.execute(
        update(LoginSession)
        .where(
            LoginSession.user_id == user_id,
            LoginSession.revoked_at.is_(None),
            LoginSession.id != (keep or ""),
        )
        .values(revoked_at=utc_now())
    )


_user, _login = table(User), table(LoginSession)
# Runs with every request that carries a token, so it is built once, from tables.
_CALLER = (
    select(_user.c.id, _user.c.role, _login.c.id)
    .join_from(_login, _user)
    .where(
        _login.c.id == bindparam("session_id"),
        _login.c.user_id == bindparam("user_id"),
        _login.c.revoked_at.is_(None),
    )
)


def caller(session: Session, *, user_id: int, session_id: str) -> Caller | None:
    """Return who holds this live session, or None when it has ended."""
    bound = {"user_id": user_id, "session_id": session_id}
    row = session.execute(_CALLER, bound).one_or_none()
    return None if row is None else Caller(*row)
