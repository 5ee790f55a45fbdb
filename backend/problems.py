"""The one table from what went wrong to an RFC 9457 answer."""

from typing import Any

import structlog
from apiflask import APIFlask
from apiflask.exceptions import _ValidationError
from flask import Response, request
from flask_jwt_extended import unset_jwt_cookies
from flask_limiter import RateLimitExceeded
from pydantic import ValidationError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from backend import errors
from backend.errors import kebab
from backend.extensions import db, jwt
from backend.wire import FieldProblem, Problem

log = structlog.get_logger()

STATUS: dict[type[errors.HuishengError], int] = {
    errors.Unauthorized: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.Invalid: 422,
    errors.Unavailable: 503,
}
TITLES = {
    400: "Bad request",
    401: "Log in first",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    422: "Invalid input",
    429: "Too many requests",
    500: "Internal error",
    503: "Unavailable",
}


def answer(
    kind: str, status: int, detail: str, fields: tuple[errors.FieldError, ...] = ()
) -> Response:
    """Build a problem+json response."""
    problem = Problem(
        type=f"/problems/{kind}",
        title=TITLES.get(status, "Error"),
        status=status,
        detail=detail,
        instance=request.path,
        errors=[FieldProblem(field=e.field, code=e.code, message=e.message) for e in fields],
    )
    return Response(problem.model_dump_json(), status, mimetype="application/problem+json")


def _own(error: errors.HuishengError) -> Response:
    status = next(code for kind, code in STATUS.items() if isinstance(error, kind))
    return answer(kebab(type(error).__name__), status, str(error), getattr(error, "errors", ()))


def of_http(error: HTTPException) -> Response:
    """Answer what Flask itself refuses."""
    status = error.code or 500
    response = answer(kebab(type(error).__name__), status, error.description or error.name)
    for name, value in error.get_headers():
        if name.lower() in ("allow", "retry-after", "content-range"):
            response.headers[name] = value
    return response


def _limited(error: RateLimitExceeded) -> Response:
    return answer("too-many-requests", 429, f"At most {error.limit.limit}. Wait and try again.")


def _invalid(error: _ValidationError) -> Response:
    cause = error.__cause__
    fields: tuple[errors.FieldError, ...] = ()
    if isinstance(cause, ValidationError):
        fields = tuple(
            errors.FieldError(".".join(map(str, e["loc"])) or "body", kebab_code(e), e["msg"])
            for e in cause.errors(include_url=False)
        )
    detail = "; ".join(f"{e.field}: {e.message}" for e in fields) or "The input is invalid."
    return answer("invalid", 422, detail, fields)


def kebab_code(error: Any) -> str:
    """Return Pydantic's error type as a code: `string_too_short` → `string-too-short`."""
    return str(error["type"]).replace("_", "-")


def of_database(error: DBAPIError) -> Response:
    """Answer what the database refuses."""
    # Only a lost or locked database is worth trying again; the rest is our mistake.
    db.session.rollback()
    text = str(error.orig)
    if error.connection_invalidated or "locked" in text or "connect" in text.lower():
        log.warning("database unavailable", error=text)
        response = answer("database-unavailable", 503, "The database does not answer. Try again.")
        response.headers["Retry-After"] = "2"
        return response
    return _unknown(error)


def _unknown(error: Exception) -> Response:
    db.session.rollback()
    log.exception("unhandled", exc_info=error)
    return answer("internal", 500, "Something broke on our side. It has been logged.")


def _unauthorized(reason: str) -> Response:
    return answer("unauthorized", 401, f"Log in first ({reason}).")


def _ended(*_: object) -> Response:
    response = answer("session-ended", 401, "This session has ended. Log in again.")
    if request.path == "/api/accounts/refresh":
        unset_jwt_cookies(response)
    return response


def register(app: APIFlask) -> None:
    """Make every failure of `app` answer problem+json."""
    app.register_error_handler(errors.HuishengError, _own)
    app.register_error_handler(RateLimitExceeded, _limited)
    app.register_error_handler(HTTPException, of_http)
    app.register_error_handler(DBAPIError, of_database)
    app.register_error_handler(Exception, _unknown)
    app.register_error_handler(_ValidationError, _invalid)
    jwt.unauthorized_loader(_unauthorized)
    jwt.invalid_token_loader(_unauthorized)
    jwt.expired_token_loader(_ended)
    jwt.revoked_token_loader(_ended)
