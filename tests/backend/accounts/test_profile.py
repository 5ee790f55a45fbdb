"""One's own account: name, password, sessions, the way out."""

import io
import json
import zipfile
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from apiflask import APIFlask
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.accounts.takeout import owned
from backend.comments.tables import Comment, CommentLike
from backend.listening.tables import Play
from backend.ratings.tables import Rating
from backend.songs.tables import Song
from tests.backend.conftest import PASSWORD, Person
from tests.factories.library import Library

Persons = Callable[[str], Person]
NEW = "another 山水 password"


def _field(answer: object) -> tuple[str, str]:
    [problem] = answer.json["errors"]
    return problem["field"], problem["code"]


def test_a_new_name_is_shown_and_logs_in(person: Persons, visitor: Person) -> None:
    me = person("oldname")
    answer = me.patch("/api/me", {"username": "新的名字", "bio": "  夜里听琴  "})
    assert (answer.status_code, answer.json["username"]) == (200, "新的名字")
    assert answer.json["bio"] == "夜里听琴"
    body = {"username": "新的名字", "password": PASSWORD}
    assert visitor.post("/api/accounts/login", body).status_code == 200
    assert me.patch("/api/me", {"bio": ""}).json["bio"] is None


def test_a_name_that_is_taken_or_bad_changes_nothing(person: Persons) -> None:
    person("Somebody")
    me = person("listener")
    taken = me.patch("/api/me", {"username": "sOMEBODY", "bio": "x"})
    assert (taken.status_code, taken.json["type"]) == (409, "/problems/username-taken")
    assert _field(me.patch("/api/me", {"username": "ab"})) == ("username", "username-format")
    assert me.patch("/api/me", {}).status_code == 422
    seen = me.get("/api/accounts/me").json
    assert (seen["username"], seen["bio"]) == ("listener", None)


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(
    app: APIFlask, person: Persons
) -> None:
    me, other = person("listener"), Person(app.test_client())
    body = {"username": "listener", "password": PASSWORD}
    assert other.post("/api/accounts/login", body).status_code == 200
    wrong = me.put("/api/me/password", {"password": "x" * 9, "new": NEW})
    assert (wrong.status_code, _field(wrong)) == (422, ("password", "wrong-password"))
    short = me.put("/api/me/password", {"password": PASSWORD, "new": "short"})
    assert _field(short) == ("password", "password-length")
    assert other.get("/api/accounts/me").status_code == 200
    assert me.put("/api/me/password", {"password": PASSWORD, "new": NEW}).status_code == 204
    assert me.get("/api/accounts/me").status_code == 200
    assert other.get("/api/accounts/me").status_code == 401
    assert other.post("/api/accounts/login", body).status_code == 401
    assert other.post("/api/accounts/login", body | {"password": NEW}).status_code == 200


def test_sessions_are_listed_and_one_elsewhere_is_ended(app: APIFlask, person: Persons) -> None:
    me, phone, stranger = person("listener"), Person(app.test_client()), person("stranger")
    body = {"username": "listener", "password": PASSWORD}
    phone.client.post("/api/accounts/login", json=body, headers={"User-Agent": "Phone/1.0"})
    items = me.get("/api/me/sessions").json["items"]
    assert len(items) == 2
    [elsewhere] = [one for one in items if not one["current"]]
    assert elsewhere["agent"] == "Phone/1.0"
    assert stranger.delete(f"/api/me/sessions/{elsewhere['id']}").status_code == 404
    assert phone.get("/api/accounts/me").status_code == 200
    assert me.delete(f"/api/me/sessions/{elsewhere['id']}").status_code == 204
    assert phone.get("/api/accounts/me").status_code == 401
    assert me.delete(f"/api/me/sessions/{elsewhere['id']}").status_code == 404
    assert [one["current"] for one in me.get("/api/me/sessions").json["items"]] == [True]


def _busy(me: Person, library: Library, song: Song) -> None:
    """Let somebody do a bit of everything."""
    me.put(f"/api/songs/{song.id}/rating", {"stars": 4})
    me.post("/api/plays", {"id": str(uuid4()), "song_id": song.id, "seconds": 40})
    other = library.comment(song, "别人写的，真好听")
    library.session.flush()
    me.put(f"/api/comments/{other.id}/like")
    me.post(f"/api/songs/{song.id}/comments", {"text": "我写的，也好听"})


def _exported(me: Person) -> dict[str, Any]:
    with me.get("/api/me/export") as answer:
        assert answer.mimetype == "application/zip"
        with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
            return {name: json.loads(archive.read(name)) for name in archive.namelist()}


def test_the_export_holds_what_was_done_and_no_secret(person: Persons, library: Library) -> None:
    song, me = library.song("远山"), person("listener")
    _busy(me, library, song)
    files = _exported(me)
    assert {f"{name}.json" for name in owned()} <= set(files)
    assert [(row["song_title"], row["stars"]) for row in files["ratings.json"]] == [("远山", 4)]
    assert files["plays.json"][0]["seconds"] == 40
    assert files["comments.json"][0]["text"] == "我写的，也好听"
    assert len(files["comment_likes.json"]) == 1
    assert files["account.json"][0]["username"] == "listener"
    assert b"argon2" not in b"".join(json.dumps(part).encode() for part in files.values())


def test_nothing_of_somebody_else_is_exported(person: Persons, library: Library) -> None:
    song, other = library.song("远山"), person("somebody")
    _busy(other, library, song)
    filled = {name for name, rows in _exported(person("listener")).items() if rows}
    assert filled == {"about.json", "account.json", "login_sessions.json"}


@pytest.mark.parametrize("keep", [False, True])
def test_leaving_counts_back_and_keeps_no_name(
    person: Persons, library: Library, session: Session, visitor: Person, keep: bool
) -> None:
    song, me = library.song("远山"), person("listener")
    _busy(me, library, song)
    before = visitor.get(f"/api/songs/{song.id}").json
    assert (before["rating"]["count"], before["comment_count"]) == (1, 2)
    body = {"username": "listener", "password": PASSWORD, "keep_comments": keep}
    wrong = me.post("/api/me/leave", body | {"username": "somebody"})
    assert _field(wrong) == ("username", "wrong-confirmation")
    assert _field(me.post("/api/me/leave", body | {"password": "x"}))[1] == "wrong-password"
    assert me.post("/api/me/leave", body).status_code == 204
    assert me.get("/api/accounts/me").status_code == 401
    session.expire_all()
    after = visitor.get(f"/api/songs/{song.id}").json
    assert (after["rating"]["count"], after["comment_count"]) == (0, 2 if keep else 1)
    assert session.get_one(Song, song.id).play_count == 0
    for entity in (Rating, Play, CommentLike):
        assert session.scalars(select(entity).where(entity.user_id == me.id)).all() == []
    assert session.get(User, me.id) is None
    comments = session.scalars(select(Comment).where(Comment.song_id == song.id)).all()
    assert all(comment.user_id is None and comment.likes == 0 for comment in comments)
    again = {"username": "listener", "password": PASSWORD}
    assert visitor.post("/api/accounts/login", again).status_code == 401
    assert visitor.post("/api/accounts/register", again).status_code == 201


def test_the_last_administrator_stays(admin: Person) -> None:
    body = {"username": "boss", "password": PASSWORD}
    answer = admin.post("/api/me/leave", body)
    assert (answer.status_code, answer.json["type"]) == (409, "/problems/last-admin")
