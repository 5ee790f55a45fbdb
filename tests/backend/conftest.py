"""What tests of the back end share: people who send requests."""

from collections.abc import Callable
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

PASSWORD = "山高水长 river"


class Person:
    """A browser: keeps cookies, sends the CSRF header that belongs to them."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.id = 0

    def register(self, name: str) -> "Person":
        answer = self.post(
            "/api/accounts/register", {"username": name, "password": PASSWORD}
        )
        assert answer.status_code == 201, answer.text
        self.id = answer.json["id"]
        return self

    def get(self, path: str) -> TestResponse:
        return self.client.get(path)

    def post(self, path: str, body: Any = None, *, csrf: str = "csrf_access_token") -> TestResponse:
        return self._send("POST", path, body, csrf)

    def put(self, path: str, body: Any = None) -> TestResponse:
        return self._send("PUT", path, body, "csrf_access_token")

    def delete(self, path: str) -> TestResponse:
        return self._send("DELETE", path, None, "csrf_access_token")

    def _send(self, method: str, path: str, body: Any, csrf: str) -> TestResponse:
        cookie = self.client.get_cookie(csrf)
        headers = {"X-CSRF-TOKEN": cookie.value} if cookie else {}
        extra = {} if body is None else {"json": body}
        return self.client.open(path, method=method, headers=headers, **extra)


@pytest.fixture
def visitor(app: APIFlask) -> Person:
    """Somebody without an account."""
    return Person(app.test_client())


@pytest.fixture
def person(app: APIFlask) -> Callable[[str], Person]:
    """Makes people with an account."""
    return lambda name: Person(app.test_client()).register(name)
