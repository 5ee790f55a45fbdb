"""Cards shown, opened and played, by recommender and day."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.listening import service
from backend.listening.tables import Impression
from tests.backend.conftest import Person
from tests.factories.library import Library

Persons = Callable[[str], Person]
ZONE = ZoneInfo("Asia/Shanghai")


def show(me: Person, row: str, algorithm: str, *songs: int) -> None:
    items = [
        {"id": str(uuid4()), "row_id": row, "algorithm": algorithm, "song_id": s, "position": p}
        for p, s in enumerate(songs)
    ]
    assert me.post("/api/impressions", {"items": items}).json["accepted"] == len(songs)


def follow(me: Person, deed: str, row: str | None, song: int) -> None:
    body = {"id": str(uuid4()), "song_id": song, "row_id": row}
    assert me.post(f"/api/{deed}", body).status_code == 202


def test_a_card_counts_as_opened_or_played_once_and_only_from_its_own_row(
    admin: Person, person: Persons, library: Library
) -> None:
    one, two, three = (song.id for song in library.songs(3))
    me, other = person("listener"), person("somebody")
    show(me, "r1", "itemcf", one, two, three)
    show(other, "r2", "itemcf", one)
    show(me, "r3", "rnn", one)
    for _ in range(2):
        follow(me, "clicks", "r1", one)
    follow(me, "plays", "r1", two)
    follow(me, "clicks", None, three)
    follow(me, "clicks", "another-row", two)
    follow(other, "clicks", "r1", three)
    items = admin.get("/api/impressions/report?days=1").json["items"]
    today = utc_now().astimezone(ZONE).date().isoformat()
    assert items == [
        {"day": today, "algorithm": "itemcf", "shown": 4, "opened": 1, "played": 1},
        {"day": today, "algorithm": "rnn", "shown": 1, "opened": 0, "played": 0},
    ]


def test_days_are_those_asked_for_newest_first(
    admin: Person, library: Library, session: Session
) -> None:
    one, two = (song.id for song in library.songs(2))
    show(admin, "r1", "usercf", one)
    show(admin, "r2", "usercf", two)
    old = session.scalars(select(Impression).where(Impression.row_id == "r1")).one()
    old.day -= timedelta(days=3)
    session.flush()
    seen = [i["day"] for i in admin.get("/api/impressions/report").json["items"]]
    assert len(seen) == 2
    assert seen == sorted(seen, reverse=True)
    assert len(admin.get("/api/impressions/report?days=3").json["items"]) == 1
    assert admin.get("/api/impressions/report?days=91").status_code == 422


def test_impressions_are_forgotten_after_ninety_days(
    admin: Person, library: Library, session: Session
) -> None:
    one, two = (song.id for song in library.songs(2))
    show(admin, "r1", "usercf", one, two)
    old = session.scalars(select(Impression).where(Impression.song_id == one)).one()
    old.created_at -= timedelta(days=91)
    session.flush()
    assert service.forget_impressions(session) == 1
    assert session.scalars(select(Impression.song_id)).all() == [two]


def test_nobody_else_reads_the_report(person: Persons) -> None:
    assert person("listener").get("/api/impressions/report").status_code == 403
