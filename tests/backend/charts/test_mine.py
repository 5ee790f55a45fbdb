"""My listening: every number beside plain SQL; private; empty for a newcomer."""

import csv
from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.charts.registry import MINE
from backend.songs.tables import Song
from tests.backend.conftest import Person
from tests.factories.library import Library

Persons = Callable[[str], Person]
PLAYED = {
    "my-plays": "SELECT substr(p.day, 1, 7), sum(p.count) FROM plays p WHERE p.user_id = :me"
    " GROUP BY substr(p.day, 1, 7)",
    "my-songs": "SELECT s.title, sum(p.count) FROM plays p JOIN songs s ON s.id = p.song_id"
    " WHERE p.user_id = :me GROUP BY s.id, s.title",
    "my-artists": "SELECT a.name, sum(p.count) FROM plays p JOIN song_artists sa"
    " ON sa.song_id = p.song_id JOIN artists a ON a.id = sa.artist_id"
    " WHERE p.user_id = :me GROUP BY a.id, a.name",
    "my-genres": "SELECT g.name, sum(p.count) FROM plays p LEFT JOIN song_genres sg"
    " ON sg.song_id = p.song_id LEFT JOIN genres g ON g.id = sg.genre_id"
    " WHERE p.user_id = :me GROUP BY g.name",
    "my-moods": "SELECT s.mood, sum(p.count) FROM plays p JOIN songs s ON s.id = p.song_id"
    " WHERE p.user_id = :me GROUP BY s.mood",
    "my-ratings": "SELECT substr(r.rated_at, 1, 7), count(*) FROM ratings r"
    " WHERE r.user_id = :me AND r.stars > 0 GROUP BY substr(r.rated_at, 1, 7)",
}


@pytest.fixture
def me(person: Persons, library: Library, session: Session, twelve: list[Song]) -> Person:
    """Somebody who played and rated some of the twelve songs, beside two others who did too."""
    mine = person("mineown")
    user = session.get_one(User, mine.id)
    for place, song in enumerate(twelve):
        song.mood = (None, "怅惘", "豪放")[place % 3]
    for place in (0, 1, 3, 8, 9):
        song, month = twelve[place], 1 + place % 4
        play = library.play(user, song, datetime(2026, month, 5, 12, tzinfo=UTC), count=1 + place)
        if place != 9:
            play.day, play.hour = date(2026, month, 5), 20
        play.seconds = 200
        library.rate(user, song, place % 6, datetime(2026, month, 6, tzinfo=UTC))
    library.comment(twelve[0], user_id=user.id)
    session.flush()
    return mine


@pytest.mark.parametrize("name", PLAYED)
def test_every_number_equals_its_plain_sql(me: Person, session: Session, name: str) -> None:
    plain: dict[Any, int] = {
        label: int(count) for label, count in session.execute(text(PLAYED[name]), {"me": me.id})
    }
    rows = me.get(f"/api/me/listening/{name}").json["rows"]
    assert {r["label"]: r["count"] for r in rows if r["count"]} == plain
    assert len(plain) > 1


def test_the_summary_adds_up(me: Person) -> None:
    rows = me.get("/api/me/listening/my-summary").json["rows"]
    assert {row["label"]: row["count"] for row in rows} == {
        "plays": 26, "songs": 5, "artists": 3, "minutes": 17, "ratings": 4, "hearts": 0,
        "comments": 1,
    }  # fmt: skip


def test_months_without_plays_are_nought_and_means_are_of_their_month(me: Person) -> None:
    plays = me.get("/api/me/listening/my-plays").json
    assert [row["label"] for row in plays["rows"]] == [
        "2026-01",
        "2026-02",
        "2026-03",
        "2026-04",
        None,
    ]
    assert plays["rows"][2]["count"] == 0
    ratings = me.get("/api/me/listening/my-ratings").json
    assert ratings["rows"][0] == {"label": "2026-01", "count": 1, "mean": 2.0}
    assert ratings["finding"]["values"]["count"] == 4


def test_hours_are_those_of_the_sites_clock(me: Person) -> None:
    chart = me.get("/api/me/listening/my-hours").json
    heard = {(r["weekday"], r["hour"]): r["count"] for r in chart["rows"] if r["count"]}
    assert heard == {(0, 20): 10, (3, 20): 2, (6, 20): 4, (None, None): 10}


def test_csv_holds_the_same_rows(me: Person) -> None:
    for name in MINE:
        rows = me.get(f"/api/me/listening/{name}").json["rows"]
        answer = me.get(f"/api/me/listening/{name}.csv")
        assert answer.headers["Cache-Control"].startswith("private")
        lines = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
        assert lines == [{k: "" if v is None else str(v) for k, v in r.items()} for r in rows]


def test_a_newcomer_has_empty_charts_and_nobody_sees_anothers(
    me: Person, person: Persons, visitor: Person
) -> None:
    newcomer = person("newcomer")
    names = [item["name"] for item in newcomer.get("/api/me/listening").json["items"]]
    assert names == list(MINE)
    for name in names:
        chart = newcomer.get(f"/api/me/listening/{name}").json
        assert not any(row["count"] for row in chart["rows"]), name
        assert chart["finding"] is None
        assert visitor.get(f"/api/me/listening/{name}").status_code == 401
    assert newcomer.get("/api/me/listening/genres").status_code == 404
    assert newcomer.get(f"/api/me/listening/my-plays?user_id={me.id}").json["rows"] == []
    assert newcomer.get("/api/charts/my-plays").status_code == 404


def test_a_play_counts_at_once(me: Person, twelve: list[Song]) -> None:
    before = me.get("/api/me/listening/my-summary").json["rows"][0]["count"]
    body = {"id": "6f9619ff-8b86-4d01-b42d-00cf4fc964ff", "song_id": twelve[2].id}
    assert me.post("/api/plays", body).status_code == 202
    assert me.get("/api/me/listening/my-summary").json["rows"][0]["count"] == before + 1
