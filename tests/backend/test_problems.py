from collections.abc import Callable
from typing import Any

import pytest
from apiflask import APIFlask
from pymysql.err import OperationalError as PyMySQLError
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from backend import errors, problems
from backend.extensions import db

Raise = Callable[[Exception], TestResponse]


@pytest.fixture
def answer_to(app: APIFlask) -> Raise:
    """Answers a request during which something is raised."""
    raised: list[Exception] = []

    @app.get("/api/raise")
    def view() -> str:
        raise raised[0]

    def ask(error: Exception) -> TestResponse:
        raised[:] = [error]
        return app.test_client().get("/api/raise")

    return ask


def lost() -> OperationalError:
    """Return what SQLAlchemy raises when the server has gone away."""
    gone = PyMySQLError(2006, "MySQL server has gone away")
    return OperationalError("SELECT 1", {}, gone, connection_invalidated=True)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("SongNotFound", "song-not-found"), ("NotFound", "not-found"), ("Invalid", "invalid"),
        ("URLTooLong", "urltoo-long"), ("Http2Refused", "http2-refused"),
    ],
)  # fmt: skip
def test_class_names_become_kinds(name: str, kind: str) -> None:
    assert errors.kebab(name) == kind


@pytest.mark.parametrize(("kind", "status"), problems.STATUS.items())
def test_each_kind_of_error_has_its_status(
    kind: type[errors.HuishengError], status: int, answer_to: Raise
) -> None:
    error = type("LampIsOut", (kind,), {})("The lamp is out. Light it.")
    answer = answer_to(error)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json == {
        "type": "/problems/lamp-is-out",
        "title": problems.TITLES[status],
        "status": status,
        "detail": "The lamp is out. Light it.",
        "instance": "/api/raise",
        "errors": [],
    }


def test_field_errors_travel(answer_to: Raise) -> None:
    field = errors.FieldError("stars", "too-many", "At most five.")
    answer = answer_to(errors.Invalid("Bad stars.", (field,)))
    assert answer.json["errors"] == [
        {"field": "stars", "code": "too-many", "message": "At most five."}
    ]


def test_what_pydantic_refuses_names_field_and_code(app: APIFlask) -> None:
    answer = app.test_client().post("/api/accounts/login", json={"username": ""})
    assert answer.status_code == 422
    assert answer.json["type"] == "/problems/invalid"
    codes = {(e["field"], e["code"]) for e in answer.json["errors"]}
    assert codes == {("username", "string-too-short"), ("password", "missing")}


def test_a_body_that_is_no_json_is_a_400(app: APIFlask) -> None:
    answer = app.test_client().post(
        "/api/accounts/login", data="{", content_type="application/json"
    )
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")


def test_a_body_beyond_the_limit_is_a_413(app: APIFlask) -> None:
    answer = app.test_client().post("/api/accounts/login", json={"username": "x" * 2_000_000})
    assert (answer.status_code, answer.mimetype) == (413, "application/problem+json")


def test_a_wrong_method_says_which_are_right(app: APIFlask) -> None:
    answer = app.test_client().delete("/api/songs")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.json["type"] == "/problems/method-not-allowed"


def test_a_lost_database_is_a_503_to_try_again(answer_to: Raise) -> None:
    answer = answer_to(lost())
    assert answer.status_code == 503
    assert answer.json["type"] == "/problems/database-unavailable"
    assert int(answer.headers["Retry-After"]) > 0
    assert "MySQL" not in answer.text


def test_a_statement_of_ours_that_fails_is_a_500_without_its_text(answer_to: Raise) -> None:
    wrong = PyMySQLError(1064, "You have an error in your SQL syntax near SECRET")
    answer = answer_to(OperationalError("SELECT SECRET", {}, wrong))
    assert answer.status_code == 500
    assert "SECRET" not in answer.text


def test_a_database_lost_while_committing_is_a_503_too(
    app: APIFlask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise lost()

    monkeypatch.setattr(db.session, "commit", fail)
    answer = app.test_client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json["type"] == "/problems/database-unavailable"


def test_too_many_requests_say_when_to_come_back(app: APIFlask) -> None:
    from backend.extensions import limiter

    limiter.enabled = True
    limiter.reset()
    client = app.test_client()
    body = {"username": "nobody", "password": "no password"}
    answers = [client.post("/api/accounts/login", json=body) for _ in range(11)]
    limiter.reset()
    assert [a.status_code for a in answers] == [401] * 10 + [429]
    assert answers[-1].json["type"] == "/problems/too-many-requests"
    assert int(answers[-1].headers["Retry-After"]) > 0
