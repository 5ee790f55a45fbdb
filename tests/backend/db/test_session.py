"""How a database is connected to."""

import pytest

from backend.db.session import engine_options

TLS_OFF = {"ssl_disabled": True}


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_nothing_is_encrypted_that_stays_on_this_machine(host: str) -> None:
    options = engine_options(f"mysql+pymysql://a:b@{host}:3306/x?charset=utf8mb4")
    assert options["connect_args"] == TLS_OFF


@pytest.mark.parametrize(
    "url",
    [
        "mysql+pymysql://a:b@db/x",
        "mysql+pymysql://a:b@127.0.0.1.example/x",
        "mysql+pymysql://a:b@127.0.0.1/x?ssl_ca=/etc/ca.pem",
        "mysql+pymysql://a:b@localhost/x?charset=utf8mb4&ssl_verify_cert=true",
    ],
)
def test_tls_is_left_to_a_far_server_and_to_whoever_asks_for_it(url: str) -> None:
    assert "connect_args" not in engine_options(url)


def test_sqlite_has_no_options_of_a_server() -> None:
    assert engine_options("sqlite:////tmp/x.db") == {}
