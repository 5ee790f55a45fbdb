from collections.abc import Callable
from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.listening.tables import Click, Impression, Play
from tests.backend.conftest import Person
from tests.factories.library import Library

Persons = Callable[[str], Person]


def test_a_play_counts_once_however_often_it_is_sent(
    person: Persons, library: Library, session: Session
) -> None:
    song, me = library.song(), person("listener")
    body = {"id": str(uuid4()), "song_id": song.id, "row_id": "r1", "seconds": 31}
    answers = [me.post("/api/plays", body) for _ in range(3)]
    assert [a.status_code for a in answers] == [202] * 3
    assert [a.json["accepted"] for a in answers] == [1, 0, 0]
    assert me.get(f"/api/songs/{song.id}").json["play_count"] == 1
    [play] = session.scalars(select(Play)).all()
    assert (play.row_id, play.source) == ("r1", "site")


def test_day_and_hour_are_those_of_the_site(
    person: Persons, library: Library, session: Session
) -> None:
    song, me = library.song(), person("listener")
    me.post("/api/plays", {"id": str(uuid4()), "song_id": song.id})
    [play] = session.scalars(select(Play)).all()
    assert play.played_at is not None
    offset = (play.hour - play.played_at.hour) % 24  # the tests' site is in Shanghai
    assert offset == 8
    assert abs((datetime.now(UTC) - play.played_at).total_seconds()) < 60


def test_two_listeners_may_use_one_client_id(person: Persons, library: Library) -> None:
    song, same = library.song(), str(uuid4())
    for name in ("listener", "somebody"):
        answer = person(name).post("/api/plays", {"id": same, "song_id": song.id})
        assert answer.json["accepted"] == 1


def test_impressions_are_taken_in_one_batch_and_never_doubled(
    person: Persons, library: Library, session: Session
) -> None:
    me = person("listener")
    shown = [
        {
            "id": str(uuid4()),
            "row_id": "r1",
            "algorithm": "itemcf",
            "model_version": "v1",
            "song_id": song.id,
            "position": place,
        }
        for place, song in enumerate(library.songs(3))
    ]
    gone = {**shown[0], "id": str(uuid4()), "song_id": 999_999}
    assert me.post("/api/impressions", {"items": [*shown, gone]}).json["accepted"] == 3
    assert me.post("/api/impressions", {"items": shown}).json["accepted"] == 0
    assert len(session.scalars(select(Impression.id)).all()) == 3


def test_a_click_is_kept_with_its_row(person: Persons, library: Library, session: Session) -> None:
    song, me = library.song(), person("listener")
    me.post("/api/clicks", {"id": str(uuid4()), "song_id": song.id, "row_id": "r9"})
    assert session.scalars(select(Click.row_id)).all() == ["r9"]


def test_what_does_not_fit_is_refused(person: Persons, library: Library) -> None:
    song, me = library.song(), person("listener")
    good = {"id": str(uuid4()), "song_id": song.id}
    for bad, code in (
        ({**good, "id": "not-a-uuid"}, 422),
        ({**good, "count": 0}, 422),
        ({**good, "user_id": 1}, 422),
        ({**good, "song_id": 999_999}, 404),
    ):
        assert me.post("/api/plays", bad).status_code == code
    assert me.post("/api/impressions", {"items": []}).status_code == 422


def test_visitors_log_nothing(visitor: Person, library: Library) -> None:
    body = {"id": str(uuid4()), "song_id": library.song().id}
    for path in ("/api/plays", "/api/clicks"):
        assert visitor.post(path, body).status_code == 401
