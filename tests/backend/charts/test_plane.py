"""The library on the valence-arousal plane: every placed song, packed, and what is known of it."""

from base64 import b64decode
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from apiflask import APIFlask
from sqlalchemy.orm import Session

from backend.blocks.service import Kind, touch
from backend.charts.filters import ChartFilter
from backend.charts.plane import places
from backend.db.base import utc_now
from backend.healing import quality
from backend.healing.tables import SongMood
from backend.songs.tables import Song
from models.mood.evaluate_places import Quality
from tests.backend.conftest import Person

TOLD = {"audio": 1, "audio,lyrics": 3, "lyrics,comments": 6, "comments": 4}


def _put(session: Session, song: Song, valence: float, arousal: float, evidence: str) -> None:
    session.merge(
        SongMood(
            song_id=song.id,
            valence=valence,
            arousal=arousal,
            evidence=evidence,
            version="test",
            placed_at=utc_now(),
        )
    )
    touch(session, [song.id], Kind.MOODS)


@pytest.fixture
def placed(twelve: list[Song], session: Session) -> list[Song]:
    """The first eight of twelve songs have a place, the first five something to play."""
    for number, song in enumerate(twelve[:8]):
        _put(session, song, -1 + number / 4, 1 - number / 4, list(TOLD)[number % 4])
        song.audio_seconds = 30.0 if number < 5 else None
    session.commit()
    return twelve


def _map(who: Person, query: str = "") -> dict[str, Any]:
    answer = who.get(f"/api/healing/map{query}")
    assert answer.status_code == 200, answer.text
    packed = answer.json["columns"]
    kinds = {"id_steps": "<u4", "valence": "<i2", "arousal": "<i2", "told": "u1"}
    columns = {
        name: np.frombuffer(b64decode(packed[name]), kind).tolist() for name, kind in kinds.items()
    }
    ids = np.cumsum(columns.pop("id_steps"), dtype=np.int64).tolist()
    return {**answer.json, **columns, "ids": ids}


def test_every_placed_song_is_there_with_what_it_is_told_from(
    visitor: Person, placed: list[Song]
) -> None:
    found = _map(visitor)
    assert (found["songs"], found["placed"], found["shown"]) == (12, 8, 8)
    assert found["ids"] == [song.id for song in placed[:8]]
    assert found["valence"] == [-10000, -7500, -5000, -2500, 0, 2500, 5000, 7500]
    assert found["arousal"] == [10000, 7500, 5000, 2500, 0, -2500, -5000, -7500]
    assert found["told"] == [9, 11, 14, 12, 9, 3, 6, 4]


@pytest.mark.parametrize(
    ("query", "wanted", "songs"),
    [
        ("?genre=民谣", [0, 1, 2], 4), ("?genre=unknown", [], 2), ("?genre=没有", [], 0),
        ("?language=粤语", [4, 5], 2), ("?language=unknown", [7], 2),
        ("?genre=摇滚&language=普通话", [3], 2),
    ],
)  # fmt: skip
def test_a_filter_holds_as_in_the_library(
    visitor: Person, placed: list[Song], query: str, wanted: list[int], songs: int
) -> None:
    found = _map(visitor, query)
    assert found["ids"] == [placed[number].id for number in wanted]
    assert (found["songs"], found["placed"]) == (songs, len(wanted))


def test_packed_songs_stand_where_the_tables_say(
    visitor: Person, placed: list[Song], packed: Callable[[], None]
) -> None:
    live = _map(visitor)
    packed()
    assert _map(visitor) == live


def test_an_answer_that_is_held_is_not_sent_again(
    visitor: Person, placed: list[Song], session: Session
) -> None:
    first = visitor.get("/api/healing/map")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert visitor.client.get("/api/healing/map", headers=tag).status_code == 304
    _put(session, placed[9], 0.5, 0.5, "audio")
    session.commit()
    assert visitor.client.get("/api/healing/map", headers=tag).status_code == 200


def test_too_many_are_an_even_share(session: Session, placed: list[Song]) -> None:
    found = places(session, ChartFilter(), most=3)
    assert found.ids.tolist() == [placed[number].id for number in (0, 3, 7)]
    assert (found.placed, found.songs) == (8, 12)


def test_no_song_is_no_point(visitor: Person) -> None:
    found = _map(visitor)
    assert (found["songs"], found["placed"], found["ids"], found["quality"]) == (0, 0, [], None)


def test_what_was_measured_is_told_and_nothing_else(visitor: Person, app: APIFlask) -> None:
    folder = app.config["SETTINGS"].features_dir
    quality.keep(folder, {"audio": Quality(40, 0.9, 0.81, None)})
    told = _map(visitor)["quality"]
    assert told["groups"] == [
        {"evidence": "audio", "songs": 40, "quadrant": 0.9, "valence_rho": 0.81,
         "arousal_rho": None}
    ]  # fmt: skip
    (folder / "places.json").write_text("{")
    assert _map(visitor)["quality"] is None


def test_songs_by_their_ids_come_in_that_order(visitor: Person, placed: list[Song]) -> None:
    wanted = [placed[3].id, placed[0].id, 10**9, placed[3].id]
    answer = visitor.get(f"/api/songs/chosen?ids={','.join(map(str, wanted))}")
    assert [song["id"] for song in answer.json["items"]] == wanted[:2]
    for refused in ("", "?ids=x", "?ids=" + ",".join(["7"] * 101)):
        assert visitor.get(f"/api/songs/chosen{refused}").status_code == 422
