"""Mood to music as a browser sees it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import structlog
from apiflask import APIFlask
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.healing.tables import MoodCheck, SongMood
from backend.tables import Base
from tests.backend.conftest import Person
from tests.factories.library import Library

Make = Callable[[str], Person]
SAD = {"valence": -0.7, "arousal": -0.5}
WARM = {"valence": 0.45, "arousal": -0.25}


@pytest.fixture
def placed(library: Library, session: Session) -> list[int]:
    """Songs over the whole plane, ten by ten."""
    songs = library.songs(100, audio_seconds=30.0)
    for number, song in enumerate(songs):
        session.add(
            SongMood(
                song_id=song.id,
                valence=-0.95 + 0.21 * (number % 10),
                arousal=-0.95 + 0.21 * (number // 10),
                tempo=None if number % 3 == 0 else 60 + number,
                evidence="audio",
                version="test",
                placed_at=utc_now(),
            )
        )
    session.commit()
    return [song.id for song in songs]


def _journeys(who: Person, **body: Any) -> Any:
    answer = who.post("/api/healing/journeys", {"start": SAD, "wish": WARM, **body})
    assert answer.status_code == 200, answer.text
    return {one["mode"]: one["steps"] for one in answer.json["journeys"]}


def test_a_text_becomes_a_state_with_its_deciding_words(visitor: Person) -> None:
    text = "失恋了，好孤独，想平静一点"
    answer = visitor.post("/api/healing/state", {"text": text}).json
    mood = answer["mood"]
    assert (answer["crisis"], mood["certain"]) == (False, True)
    assert mood["point"]["valence"] < -0.4
    assert [text[w["start"] : w["end"]] for w in mood["words"]] == ["失恋", "孤独"]
    assert mood["wish"] == {"valence": 0.5, "arousal": -0.6}
    assert [one["why"] for one in mood["suggestions"]] == ["meets", "eases", "leads"]


def test_a_tap_on_the_plane_is_a_state_too(visitor: Person) -> None:
    answer = visitor.post("/api/healing/state", {"point": SAD}).json
    assert answer["mood"]["point"] == SAD
    assert (answer["mood"]["words"], answer["mood"]["certain"]) == ([], True)


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": "  "}, {"text": "好" * 1001}, {"text": "好", "point": SAD},
             {"point": {"valence": 2, "arousal": 0}}, {"text": "\u200b"}],
)  # fmt: skip
def test_nothing_and_too_much_are_refused(visitor: Person, body: object) -> None:
    assert visitor.post("/api/healing/state", body).status_code == 422


def test_help_lines_come_first_and_the_person_chooses(visitor: Person) -> None:
    text = "失恋了，我不想活了"
    assert visitor.post("/api/healing/state", {"text": text}).json == {
        "crisis": True,
        "mood": None,
        "read_by": "local",
        "fallback": None,
    }
    chosen = visitor.post("/api/healing/state", {"text": text, "go_on": True}).json
    assert (chosen["crisis"], chosen["mood"]["certain"]) == (True, True)


def test_a_text_is_neither_stored_nor_logged(
    app: APIFlask, person: Make, session: Session, placed: list[int]
) -> None:
    text = "今天很难过又焦虑，绿毛龟爬过琉璃瓦，我不想活了"
    who = person("难过的人")
    with structlog.testing.capture_logs() as logs:
        for body in ({"text": text}, {"text": text, "go_on": True}):
            assert who.post("/api/healing/state", body).status_code == 200
        _journeys(who)
    assert "琉璃瓦" not in json.dumps(logs, ensure_ascii=False)
    assert [one["mode"] for one in logs if one["event"] == "journey"] == ["iso", "target"]
    assert "user" not in json.dumps(logs)
    for table in Base.metadata.sorted_tables:
        assert "琉璃瓦" not in str(session.execute(select(table)).all()), table.name


def test_two_journeys_start_near_and_end_near(visitor: Person, placed: list[int]) -> None:
    both = _journeys(visitor, length=7, seed=3)
    assert [len(steps) for steps in both.values()] == [7, 7]
    iso, target = both["iso"], both["target"]
    assert iso[0]["point"] == SAD
    assert iso[-1]["point"] == WARM
    assert {json.dumps(step["point"]) for step in target} == {json.dumps(WARM)}
    for step in iso:
        assert step["distance"] <= 0.2
        assert sum(step["parts"].values()) == pytest.approx(step["score"], abs=1e-3)
        assert step["song"]["audio"] is not None
    assert len({step["song"]["id"] for step in iso}) == 7
    assert _journeys(visitor, length=7, seed=3) == both


def test_hidden_songs_are_on_no_journey(person: Make, placed: list[int], session: Session) -> None:
    who = person("听歌的人")
    first = {s["song"]["id"] for steps in _journeys(who).values() for s in steps}
    for song in first:
        assert who.put(f"/api/songs/{song}/hidden").status_code in (200, 204)
    second = {s["song"]["id"] for steps in _journeys(who).values() for s in steps}
    assert second
    assert not first & second


def test_songs_without_audio_or_place_are_on_no_journey(
    visitor: Person, library: Library, session: Session
) -> None:
    silent = library.song("无声")
    session.add(
        SongMood(song_id=silent.id, valence=0, arousal=0, evidence="lyrics", version="t",
                 placed_at=utc_now())
    )  # fmt: skip
    session.commit()
    answer = visitor.post("/api/healing/journeys", {"start": SAD, "wish": WARM}).json
    assert (answer["songs"], [one["steps"] for one in answer["journeys"]]) == (0, [[], []])


def test_how_one_felt_is_kept_only_when_asked_and_erased(person: Make, session: Session) -> None:
    who, other = person("记录的人"), person("另一个人")
    assert who.get("/api/me/mood-checks").json["total"] == 0
    body = {"start": SAD, "wish": WARM, "mode": "iso", "felt": 1}
    made = who.post("/api/me/mood-checks", body)
    assert (made.status_code, made.json["felt"]) == (201, 1)
    session.commit()
    assert who.get("/api/me/mood-checks").json["items"][0]["start"] == SAD
    assert other.get("/api/me/mood-checks").json["total"] == 0
    assert who.post("/api/me/mood-checks", {**body, "felt": 2}).status_code == 422
    assert who.delete("/api/me/mood-checks").status_code == 204
    assert session.scalars(select(MoodCheck)).all() == []
