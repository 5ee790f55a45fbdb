from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.db.base import utc_now
from backend.db.upsert import upsert


def rows(number: int, **columns: object) -> list[dict[str, object]]:
    return [
        {
            "username": f"u{i}",
            "username_norm": f"u{i}",
            "role": "listener",
            "created_at": utc_now(),
            **columns,
        }
        for i in range(number)
    ]


def test_new_rows_are_inserted_and_known_ones_updated(session: Session) -> None:
    upsert(session, User, rows(2), key=["username_norm"], update=["role"])
    upsert(session, User, rows(3, role="analyst"), key=["username_norm"], update=["role"])
    roles = session.scalars(select(User.role).where(User.username.like("u%")))
    assert list(roles) == ["analyst"] * 3


def test_without_update_columns_known_rows_stay(session: Session) -> None:
    upsert(session, User, rows(1), key=["username_norm"])
    upsert(session, User, rows(1, role="admin"), key=["username_norm"])
    assert session.scalars(select(User.role)).all() == ["listener"]


def test_more_rows_than_a_statement_holds(session: Session) -> None:
    upsert(session, User, rows(9000), key=["username_norm"])
    assert len(session.scalars(select(User.id)).all()) == 9000


def test_keys_differ_by_case_accent_and_emoji_on_every_server(session: Session) -> None:
    names = ["ab", "AB", "áb", "a🎵", "a🎶"]
    for name in names:
        upsert(session, User, rows(1, username_norm=name), key=["username_norm"])
    assert sorted(session.scalars(select(User.username_norm))) == sorted(names)


def test_a_moment_keeps_its_microseconds_and_needs_a_zone(session: Session) -> None:
    at = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)
    session.add(User(username="u", username_norm="u", created_at=at))
    session.flush()
    session.expire_all()
    assert session.scalars(select(User.created_at)).one() == at
    with pytest.raises(Exception, match="time zone"):
        upsert(session, User, rows(1, created_at=datetime(2026, 1, 1)), key=["username_norm"])
