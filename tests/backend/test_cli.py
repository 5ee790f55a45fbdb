import socket
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.accounts.errors import WrongCredentials
from backend.cli import cli
from backend.db import schema
from backend.db.session import create_engine
from backend.settings import Settings
from tests.backend.conftest import PASSWORD, Command
from tests.mariadb import Server


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name)


@pytest.mark.parametrize("path", list(commands(cli)), ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...], huisheng: Command) -> None:
    shown = huisheng(*path, "--help")
    assert shown.exit_code == 0
    assert shown.output.startswith("Usage: ")
    _, explained, *_ = shown.output.split("\n\n")
    assert len(explained.strip()) > 10


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"port": "eighty"}, "HUISHENG_PORT"),
        ({"timezone": "Middle/Earth"}, "HUISHENG_TIMEZONE: Value error, name an IANA zone"),
        ({"secret_key": "short and secret"}, "HUISHENG_SECRET_KEY: Value error, give at least 32"),
        ({"database_url": "mysql://root:secret@db/x"}, "HUISHENG_DATABASE_URL"),
        ({"limits_url": "nowhere"}, "HUISHENG_LIMITS_URL"),
    ],
)
def test_a_bad_setting_is_named_and_its_value_kept_quiet(
    settings: dict[str, str], named: str, huisheng: Command
) -> None:
    ended = huisheng("run", **settings)
    assert ended.exit_code == 1
    assert named in ended.stderr
    assert len(ended.stderr.splitlines()) == 1
    assert not any(value in ended.output for value in settings.values())


def test_a_taken_port_is_told_with_another_to_choose(huisheng: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        for command in ("run", "serve"):
            ended = huisheng(command, port=port)
            assert ended.exit_code == 1
            assert f"127.0.0.1:{port} is taken" in ended.stderr
            assert f"HUISHENG_PORT={port + 1}" in ended.stderr


def test_an_address_of_another_machine_is_told(huisheng: Command) -> None:
    ended = huisheng("run", host="192.0.2.1", secret_key="k" * 32)
    assert ended.exit_code == 1
    assert "192.0.2.1:8000 cannot be listened on" in ended.stderr


def test_a_wide_open_bind_needs_a_key_of_ones_own(huisheng: Command) -> None:
    for command in ("run", "serve"):
        ended = huisheng(command, host="0.0.0.0")
        assert ended.exit_code == 1
        assert "set HUISHENG_SECRET_KEY" in ended.stderr


def test_a_data_directory_that_cannot_be_made_is_named(huisheng: Command, tmp_path: Path) -> None:
    for command in (("run",), ("train",), ("user", "password", "nobody", "--password", PASSWORD)):
        ended = huisheng(*command, data_dir=tmp_path / "file" / "data")
        assert ended.exit_code == 1
        assert "file" in ended.stderr
        assert "Not a directory" in ended.stderr


def test_every_command_brings_sqlite_to_head(huisheng: Command, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    assert huisheng("train").exit_code == 1  # there is nothing to learn from
    engine = create_engine(settings.url)
    assert schema.current(engine) == schema.head()
    engine.dispose()


def test_training_on_nothing_says_so(huisheng: Command) -> None:
    ended = huisheng("train")
    assert ended.exit_code == 1
    assert "there are no interactions: import or rate some songs first" in ended.stderr


def test_an_unknown_recommender_is_refused_with_the_known_ones(huisheng: Command) -> None:
    ended = huisheng("train", "magic")
    assert ended.exit_code == 2
    assert "itemcf" in ended.stderr


def test_a_user_can_be_made_and_given_a_new_password(huisheng: Command, tmp_path: Path) -> None:
    made = huisheng("user", "create", "listener", answers=f"{PASSWORD}\n{PASSWORD}\n")
    assert made.exit_code == 0
    assert "listener can log in as listener." in made.output
    assert PASSWORD not in made.output
    made = huisheng("user", "create", "ruler", "--role", "admin", "--password", PASSWORD)
    assert "ruler can log in as admin." in made.output
    changed = huisheng("user", "password", "listener", "--password", "another 密码")
    assert changed.exit_code == 0

    engine = create_engine(Settings(data_dir=tmp_path / "data").url)
    with Session(engine) as session:
        assert accounts.has_admin(session)
        accounts.authenticate(session, username="listener", password="another 密码")
        with pytest.raises(WrongCredentials):
            accounts.authenticate(session, username="listener", password=PASSWORD)
    engine.dispose()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("create", "bad name!", "--password", PASSWORD), "4–20 letters"),
        (("create", "listener", "--password", "short"), "8–128 characters"),
        (("password", "nobody", "--password", PASSWORD), "no user nobody"),
    ],
)
def test_what_users_cannot_be_is_told(
    arguments: tuple[str, ...], told: str, huisheng: Command
) -> None:
    ended = huisheng("user", *arguments)
    assert ended.exit_code == 1
    assert told in ended.stderr


def test_a_taken_name_is_told(huisheng: Command) -> None:
    create = ("user", "create", "listener", "--password", PASSWORD)
    assert huisheng(*create).exit_code == 0
    again = huisheng(*create)
    assert again.exit_code == 1
    assert "The name listener is taken" in again.stderr


def test_an_unknown_schema_revision_is_told(huisheng: Command) -> None:
    assert huisheng("db", "upgrade").exit_code == 0
    ended = huisheng("db", "upgrade", "9999")
    assert ended.exit_code == 1
    assert "9999" in ended.stderr


def test_a_downgrade_asks_first(huisheng: Command) -> None:
    huisheng("db", "upgrade")
    refused = huisheng("db", "downgrade", "base", answers="n\n")
    assert refused.exit_code == 1
    assert "is lost" in refused.output
    assert "The database is at None." in huisheng("db", "downgrade", "base", "--yes").output


def test_a_database_server_is_never_changed_unasked(
    huisheng: Command, mariadb_server: Server
) -> None:
    url = mariadb_server.create("behind")
    create = ("user", "create", "listener", "--password", PASSWORD)
    ended = huisheng(*create, database_url=url)
    assert ended.exit_code == 1
    assert "huisheng db upgrade" in ended.stderr
    assert huisheng("db", "upgrade", database_url=url).exit_code == 0
    assert huisheng(*create, database_url=url).exit_code == 0


def test_a_database_server_that_is_not_there_is_told(huisheng: Command) -> None:
    ended = huisheng("train", database_url="mysql+pymysql://root@127.0.0.1:1/huisheng")
    assert ended.exit_code == 1
    assert "Can't connect to MySQL server on '127.0.0.1'" in ended.stderr
