from collections.abc import Callable
from datetime import timedelta

import pytest
from apiflask import APIFlask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.accounts import service, sessions
from backend.accounts.tables import LoginSession, RefreshToken, User
from backend.db.base import utc_now
from backend.extensions import limiter
from tests.backend.conftest import PASSWORD, Person
from tests.factories.library import Library

Persons = Callable[[str], Person]


def test_registering_logs_in_with_httponly_strict_cookies(visitor: Person) -> None:
    answer = visitor.post("/api/accounts/register", {"username": "林深", "password": PASSWORD})
    assert answer.status_code == 422  # two letters are too few
    answer = visitor.post("/api/accounts/register", {"username": "林深见鹿", "password": PASSWORD})
    assert answer.status_code == 201
    assert answer.json["username"] == "林深见鹿"
    cookies = {c.split("=")[0]: c for c in answer.headers.getlist("Set-Cookie")}
    for name in ("access_token_cookie", "refresh_token_cookie"):
        assert "HttpOnly" in cookies[name]
        assert "SameSite=Strict" in cookies[name]
    assert "HttpOnly" not in cookies["csrf_access_token"]
    assert visitor.get("/api/accounts/me").json["username"] == "林深见鹿"


@pytest.mark.parametrize(
    ("name", "password", "field", "code"),
    [
        ("abc", PASSWORD, "username", "username-format"),
        ("a" * 21, PASSWORD, "username", "username-format"),
        ("has space", PASSWORD, "username", "username-format"),
        ("emoji🎵🎵🎵", PASSWORD, "username", "username-format"),
        ("listener", "seven77", "password", "password-length"),
        ("listener", "x" * 129, "password", "password-length"),
        ("", PASSWORD, "username", "string-too-short"),
    ],
)
def test_bad_names_and_passwords_are_refused_by_field(
    visitor: Person, name: str, password: str, field: str, code: str
) -> None:
    answer = visitor.post("/api/accounts/register", {"username": name, "password": password})
    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert (answer.json["errors"][0]["field"], answer.json["errors"][0]["code"]) == (field, code)


def test_an_unknown_field_is_refused(visitor: Person) -> None:
    body = {"username": "listener", "password": PASSWORD, "role": "admin"}
    answer = visitor.post("/api/accounts/register", body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["field"] == "role"


def test_names_are_unique_after_normalising(visitor: Person, person: Persons) -> None:
    person("Listener")
    for twin in ("listener", "LISTENER", "Ｌistener"):  # the last begins full-width
        answer = visitor.post("/api/accounts/register", {"username": twin, "password": PASSWORD})
        assert answer.status_code == 409
        assert answer.json["type"] == "/problems/username-taken"


def test_wrong_password_and_unknown_name_get_one_answer(visitor: Person, person: Persons) -> None:
    person("listener")
    wrong = visitor.post("/api/accounts/login", {"username": "listener", "password": "x" * 9})
    unknown = visitor.post("/api/accounts/login", {"username": "nobody", "password": "x" * 9})
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json == unknown.json


def test_nobody_logs_in_as_an_imported_listener(visitor: Person, library: Library) -> None:
    library.listener("imported")
    answer = visitor.post("/api/accounts/login", {"username": "imported", "password": PASSWORD})
    assert answer.status_code == 401


def test_a_change_without_the_csrf_header_is_refused(app: APIFlask, person: Persons) -> None:
    me = person("listener")
    assert me.client.post("/api/accounts/logout").status_code == 401
    assert me.get("/api/accounts/me").status_code == 200
    assert me.post("/api/accounts/logout").status_code == 204
    assert me.get("/api/accounts/me").status_code == 401


def test_a_bearer_token_needs_no_csrf_and_ends_with_its_session(
    app: APIFlask, visitor: Person, person: Persons, session: Session
) -> None:
    person("listener")
    answer = visitor.post("/api/accounts/token", {"username": "listener", "password": PASSWORD})
    headers = {"Authorization": f"Bearer {answer.json['access_token']}"}
    client = app.test_client()
    assert (
        client.put(
            "/api/me/tastes", headers=headers, json={"genres": [], "artists": []}
        ).status_code
        == 200
    )
    service.set_password(session, username="listener", password="another 密码")
    assert client.get("/api/accounts/me", headers=headers).status_code == 401


def test_a_forged_or_broken_token_is_401(app: APIFlask) -> None:
    for token in ("x", "a.b.c", ""):
        headers = {"Authorization": f"Bearer {token}"}
        assert app.test_client().get("/api/accounts/me", headers=headers).status_code == 401


def test_refresh_rotates_and_two_tabs_get_the_same_successor(person: Persons) -> None:
    me = person("listener")
    old = me.client.get_cookie("refresh_token_cookie", path="/api/accounts")
    csrf = me.client.get_cookie("csrf_refresh_token")
    assert old
    assert csrf
    first = me.post("/api/accounts/refresh", csrf="csrf_refresh_token")
    assert first.status_code == 200
    new = me.client.get_cookie("refresh_token_cookie", path="/api/accounts")
    assert new
    assert new.value != old.value
    me.client.set_cookie("refresh_token_cookie", old.value, path="/api/accounts")
    me.client.set_cookie("csrf_refresh_token", csrf.value)
    assert me.post("/api/accounts/refresh", csrf="csrf_refresh_token").status_code == 200


def test_a_late_reuse_ends_the_whole_session(session: Session, library: Library) -> None:
    user = library.listener()
    grant = sessions.start(session, user_id=user.id)
    successor = sessions.refresh(session, jti=grant.refresh_jti)
    session.execute(
        update(RefreshToken)
        .where(RefreshToken.jti == grant.refresh_jti)
        .values(used_at=utc_now() - timedelta(seconds=11))
    )
    session.expire_all()
    with pytest.raises(sessions.SessionEnded):
        sessions.refresh(session, jti=grant.refresh_jti)
    with pytest.raises(sessions.SessionEnded):
        sessions.refresh(session, jti=successor.refresh_jti)
    assert session.get(LoginSession, grant.session_id).revoked_at is not None


def test_an_expired_session_does_not_refresh(session: Session, library: Library) -> None:
    grant = sessions.start(session, user_id=library.listener().id)
    past = utc_now() - timedelta(seconds=1)
    session.execute(update(LoginSession).values(expires_at=past))
    session.expire_all()
    with pytest.raises(sessions.SessionEnded):
        sessions.refresh(session, jti=grant.refresh_jti)


def test_a_changed_role_holds_at_once(person: Persons, session: Session) -> None:
    me = person("listener")
    session.execute(update(User).where(User.id == me.id).values(role="admin"))
    assert me.get("/api/accounts/me").json["role"] == "admin"


def test_log_ins_are_limited_per_address(app: APIFlask) -> None:
    limiter.enabled = True
    limiter.reset()
    client = app.test_client()
    body = {"username": "nobody", "password": "x" * 9}
    answers = [client.post("/api/accounts/login", json=body) for _ in range(11)]
    codes, last = [a.status_code for a in answers], answers[-1]
    limiter.enabled = False
    assert codes == [401] * 10 + [429]
    assert 0 < int(last.headers["Retry-After"]) <= 60


def test_tastes_are_kept_and_unknown_ones_left_out(
    person: Persons, library: Library, session: Session
) -> None:
    artist = library.artist("江野")
    library.genre("民谣")
    me = person("listener")
    body = {"genres": ["民谣", "没有这种"], "artists": [artist.id, 999_999]}
    kept = me.put("/api/me/tastes", body)
    assert kept.json == {"genres": ["民谣"], "artists": [{"id": artist.id, "name": "江野"}]}
    assert me.get("/api/accounts/me").json["tastes"] == kept.json
    assert me.get("/api/accounts/me").json["has_history"] is True
    assert me.put("/api/me/tastes", {"genres": [], "artists": []}).json["genres"] == []


def test_the_password_is_stored_as_argon2id_alone(person: Persons, session: Session) -> None:
    person("listener")
    stored = session.scalar(select(User.password_hash).where(User.username == "listener"))
    assert stored is not None
    assert stored.startswith("$argon2id$")


def test_blanks_around_a_password_are_part_of_it(visitor: Person, person: Persons) -> None:
    body = {"username": "listener", "password": f" {PASSWORD} "}
    assert visitor.post("/api/accounts/register", body).status_code == 201
    trimmed = {"username": "listener", "password": PASSWORD}
    assert visitor.post("/api/accounts/login", trimmed).status_code == 401
    assert visitor.post("/api/accounts/login", body).status_code == 200


def test_tastes_without_anything_are_refused(person: Persons) -> None:
    me = person("listener")
    assert me.put("/api/me/tastes", {}).status_code == 422
    assert me.put("/api/me/tastes", {"genres": None}).status_code == 422
