"""Care plans: what is avoided is proposed nowhere; who may see and write what."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from apiflask import APIFlask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.care import service
from backend.care.tables import CareCode, CareItem, CareNote
from backend.db.base import table, utc_now
from backend.healing.tables import SongMood
from tests.backend.conftest import Person
from tests.factories.library import Library

Make = Callable[[str], Person]


@pytest.fixture
def clinician(person: Make, session: Session) -> Person:
    found = person("林医生本人")
    session.get_one(User, found.id).role = "clinician"
    session.commit()
    return found


def _linked(patient: Person, clinician: Person, **scope: bool) -> int:
    code = patient.post("/api/me/care/code").json["code"]
    link: int = clinician.post("/api/clinic/codes", {"code": code.lower()}).json["id"]
    body = {"may_list": True, "may_note": True, **scope}
    assert patient.put(f"/api/me/care/links/{link}", body).status_code == 204
    return link


@pytest.mark.parametrize("seed", range(12))
def test_avoid_always_wins(library: Library, session: Session, seed: int) -> None:
    """Random lists of listener and clinician against a plain reading of them."""
    rng = np.random.default_rng(seed)
    artists = [library.artist(f"歌手{seed}-{i}") for i in range(3)]
    songs = [
        library.song(
            f"歌{i}", artists=(artists[int(rng.integers(3))],),
            genres=(f"曲风{int(rng.integers(3))}",),
        )
        for i in range(12)
    ]  # fmt: skip
    user, author = library.listener(), library.listener()
    said: dict[tuple[int, str, int], bool] = {}
    for _ in range(8):
        kind: Any = ("genre", "artist", "song")[int(rng.integers(3))]
        target = {
            "genre": library.genre(f"曲风{int(rng.integers(3))}").id,
            "artist": artists[int(rng.integers(3))].id,
            "song": songs[int(rng.integers(12))].id,
        }[kind]
        avoid = bool(rng.random() < 0.6)
        service.set_wish(
            session, user_id=user.id, author_id=user.id, kind=kind, target_id=target, avoid=avoid
        )
        said[user.id, kind, target] = avoid
    # Another's list without consent counts for nothing.
    service.set_wish(
        session, user_id=author.id, author_id=author.id, kind="song", target_id=songs[0].id,
        avoid=True,
    )  # fmt: skip
    no = {(kind, target) for (_, kind, target), avoid in said.items() if avoid}
    of_artist = {a: b for a, b in session.execute(select(*_pair("song_artists", "artist_id")))}
    of_genre = {a: b for a, b in session.execute(select(*_pair("song_genres", "genre_id")))}
    expected = {
        song.id
        for song in songs
        if ("song", song.id) in no
        or ("artist", of_artist[song.id]) in no
        or ("genre", of_genre[song.id]) in no
    }
    assert service.avoided_songs(session, user_id=user.id) == expected
    assert service.avoided_songs(session, user_id=None) == frozenset()


def _pair(name: str, column: str) -> tuple[Any, Any]:
    found = CareItem.metadata.tables[name]
    return found.c.song_id, found.c[column]


def test_what_is_avoided_is_proposed_nowhere_but_found(
    person: Make, library: Library, session: Session
) -> None:
    artist = library.artist("不想听的人")
    mine = [
        library.song(f"甲{i}", artists=(artist,), audio_seconds=30.0, heat=99) for i in range(3)
    ]
    rest = library.songs(12, audio_seconds=30.0)
    for song in (*mine, *rest):
        session.add(
            SongMood(song_id=song.id, valence=0, arousal=0, evidence="audio", version="t",
                     placed_at=utc_now())
        )  # fmt: skip
    session.commit()
    who = person("听歌的人")
    body = {"kind": "artist", "target_id": artist.id, "avoid": True}
    assert who.put("/api/me/care/wishes", body).status_code == 204
    names = [one["name"] for one in who.get("/api/me/care").json["wishes"]]
    assert names == ["不想听的人"]

    avoided = {song.id for song in mine}
    start = {"valence": 0, "arousal": 0}
    journeys = who.post("/api/healing/journeys", {"start": start, "wish": start}).json["journeys"]
    proposed = {step["song"]["id"] for one in journeys for step in one["steps"]}
    proposed |= {one["song"]["id"] for one in who.get("/api/home/carousel").json["items"]}
    proposed |= {one["id"] for one in who.get("/api/home/newest").json["items"]}
    for row in who.get("/api/recommendations").json["rows"]:
        proposed |= {one["song"]["id"] for one in row["items"]}
    assert proposed
    assert not proposed & avoided
    assert who.get(f"/api/songs/{mine[0].id}").status_code == 200
    listed = who.get(f"/api/songs?artist_id={artist.id}").json["items"]
    assert {one["id"] for one in listed} == avoided

    assert who.delete(f"/api/me/care/wishes/artist/{artist.id}").status_code == 204
    assert who.get("/api/me/care").json["wishes"] == []


def test_a_code_is_entered_confirmed_obeyed_and_revoked(
    person: Make, clinician: Person, library: Library, session: Session
) -> None:
    song = library.song("刺耳", genres=("重金属",))
    patient, other = person("来访的人"), person("别的听众")
    code = patient.post("/api/me/care/code").json["code"]
    assert other.post("/api/clinic/codes", {"code": code}).status_code == 403
    entered = clinician.post("/api/clinic/codes", {"code": f" {code[:5]}-{code[5:]} "})
    assert (entered.status_code, entered.json["patient"]) == (201, None)
    assert clinician.post("/api/clinic/codes", {"code": code}).status_code == 404
    link = entered.json["id"]
    wish = {"kind": "genre", "name": "重金属", "avoid": True}
    lists = f"/api/clinic/patients/{link}/wishes"
    assert clinician.put(lists, wish).status_code == 409

    assert (
        other.put(f"/api/me/care/links/{link}", {"may_list": True, "may_note": True}).status_code
        == 404
    )
    scope = {"may_list": True, "may_note": False}
    assert patient.put(f"/api/me/care/links/{link}", scope).status_code == 204
    assert clinician.get("/api/clinic/patients").json["items"][0]["patient"] == "来访的人"
    assert clinician.put(lists, wish).status_code == 204
    notes = f"/api/clinic/patients/{link}/notes"
    assert clinician.post(notes, {"text": "先不听重的"}).status_code == 409
    scope["may_note"] = True
    assert patient.put(f"/api/me/care/links/{link}", scope).status_code == 204
    assert clinician.post(notes, {"text": "先不听重的"}).status_code == 201
    session.commit()

    seen = patient.get("/api/me/care").json
    (mine,) = seen["links"]
    assert (mine["clinician"], mine["wishes"][0]["name"]) == ("林医生本人", "重金属")
    assert mine["notes"][0]["text"] == "先不听重的"
    assert service.avoided_songs(session, user_id=patient.id) == {song.id}
    assert service.avoided_songs(session, user_id=other.id) == frozenset()

    assert patient.delete(f"/api/me/care/links/{link}").status_code == 204
    assert service.avoided_songs(session, user_id=patient.id) == frozenset()
    assert clinician.get("/api/clinic/patients").json["items"] == []
    assert clinician.put(lists, wish).status_code == 404
    assert session.scalars(select(CareNote)).all() == []
    log = [one["what"] for one in patient.get("/api/me/care").json["events"]]
    assert log == ["ended", "noted", "confirmed", "listed", "confirmed", "asked", "code"]


def test_withdrawing_the_lists_alone_frees_the_songs(
    person: Make, clinician: Person, library: Library, session: Session
) -> None:
    song = library.song()
    patient = person("来访的人")
    link = _linked(patient, clinician)
    body = {"kind": "song", "target_id": song.id, "avoid": True}
    assert clinician.put(f"/api/clinic/patients/{link}/wishes", body).status_code == 204
    assert service.avoided_songs(session, user_id=patient.id) == {song.id}
    scope = {"may_list": False, "may_note": True}
    assert patient.put(f"/api/me/care/links/{link}", scope).status_code == 204
    assert service.avoided_songs(session, user_id=patient.id) == frozenset()


def test_an_old_code_is_no_code(person: Make, clinician: Person, session: Session) -> None:
    code = person("来访的人").post("/api/me/care/code").json["code"]
    past = utc_now() - timedelta(minutes=1)
    session.execute(update(table(CareCode)).values(expires_at=past))
    session.commit()
    assert clinician.post("/api/clinic/codes", {"code": code}).status_code == 404


def test_administrators_and_other_clinicians_see_nothing(
    person: Make, clinician: Person, admin: Person, session: Session, app: APIFlask
) -> None:
    link = _linked(person("来访的人"), clinician)
    stranger = person("王医生本人")
    session.get_one(User, stranger.id).role = "clinician"
    session.commit()
    assert stranger.get("/api/clinic/patients").json["items"] == []
    for who, code in ((stranger, 404), (admin, 403)):
        answer = who.post(f"/api/clinic/patients/{link}/notes", {"text": "x"})
        assert answer.status_code == code
    assert admin.get("/api/clinic/patients").status_code == 403


@pytest.mark.parametrize(
    "body",
    [{"kind": "song", "avoid": True}, {"kind": "genre", "target_id": 1, "avoid": True},
     {"kind": "song", "target_id": 1, "avoid": "yes"}, {"kind": "mood", "avoid": True}],
)  # fmt: skip
def test_a_wish_names_what_it_means(person: Make, body: object) -> None:
    assert person("听歌的人").put("/api/me/care/wishes", body).status_code == 422


def test_what_does_not_exist_is_on_no_list(person: Make) -> None:
    who = person("听歌的人")
    for body in ({"kind": "song", "target_id": 10**9}, {"kind": "genre", "name": "没有"}):
        assert who.put("/api/me/care/wishes", {**body, "avoid": True}).status_code == 404
