"""Who calls: cookies and tokens at the HTTP edge. User identity comes from here alone."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Response, g
from flask_jwt_extended import (
    create_access_token,
    create_refresh_token,
    get_jwt,
    jwt_required,
    set_access_cookies,
    set_refresh_cookies,
)

from backend.accounts import sessions
from backend.accounts.errors import RoleRequired
from backend.accounts.sessions import Caller, Grant
from backend.extensions import jwt, request_session

ACCESS_LIFETIME = timedelta(minutes=15)

Params = ParamSpec("Params")
Answer = TypeVar("Answer")


@jwt.token_in_blocklist_loader
def _has_ended(_header: dict[str, Any], payload: dict[str, Any]) -> bool:
    """Ask the database, so that an ended session or a changed role holds at once."""
    g.caller = sessions.caller(
        request_session(), user_id=int(payload["sub"]), session_id=payload["sid"]
    )
    return g.caller is None


def current() -> Caller:
    """Return who calls; only under `@jwt_required()`."""
    caller: Caller = g.caller
    return caller


def user_id() -> int:
    """Return the caller's id; only under `@jwt_required()`."""
    return current().user_id


def optional_user_id() -> int | None:
    """Return the caller's id or None; only under `@jwt_required(optional=True)`."""
    caller: Caller | None = g.get("caller")
    return None if caller is None else caller.user_id


def roles_required(
    *roles: str,
) -> Callable[[Callable[Params, Answer]], Callable[Params, Answer]]:
    """Let in only callers of these roles; stands where `@jwt_required()` would.

    Raises:
        RoleRequired: the caller has another role.
    """

    def decorate(view: Callable[Params, Answer]) -> Callable[Params, Answer]:
        @jwt_required()  # type: ignore[untyped-decorator]  # flask-jwt-extended's
        @wraps(view)
        def guarded(*args: Params.args, **kwargs: Params.kwargs) -> Answer:
            if current().role not in roles:
                raise RoleRequired(roles)
            return view(*args, **kwargs)

        return guarded  # type: ignore[no-any-return]  # for the same reason

    return decorate


def access_token(grant: Grant) -> str:
    """Make the short-lived token that names the user and the session."""
    token: str = create_access_token(
        str(grant.user_id),
        expires_delta=ACCESS_LIFETIME,
        additional_claims={"sid": grant.session_id},
    )
    return token


def set_cookies(response: Response, grant: Grant) -> Response:
    """Put both tokens into httpOnly cookies, with their CSRF twins beside them."""
    refresh_token = create_refresh_token(
        str(grant.user_id),
        expires_delta=sessions.LIFETIME,
        additional_claims={"sid": grant.session_id, "jti": grant.refresh_jti},
    )
    age = int(sessions.LIFETIME.total_seconds())
    set_access_cookies(response, access_token(grant), max_age=age)
    set_refresh_cookies(response, refresh_token, max_age=age)
    return response


def refresh_jti() -> str:
    """Return the id of the refresh token sent; only under `@jwt_required(refresh=True)`."""
    jti: str = get_jwt()["jti"]
    return jti
