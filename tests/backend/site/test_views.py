from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from apiflask import APIFlask
from sqlalchemy.orm import Session

from backend.app import create_app
from backend.settings import Settings
from tests.backend.conftest import Person
from tests.factories.library import Library


def test_an_empty_library_without_models_is_ready(visitor: Person) -> None:
    assert visitor.get("/healthz").json == {"status": "ok"}
    ready = visitor.get("/readyz")
    assert ready.status_code == 200
    assert set(ready.json["models"].values()) == {None}


def test_a_database_behind_the_code_is_not_ready(visitor: Person, session: Session) -> None:
    session.execute(sa.text("UPDATE alembic_version SET version_num = '0000'"))
    answer = visitor.get("/readyz")
    assert answer.status_code == 503
    assert "huisheng db upgrade" in answer.json["detail"]


def test_the_site_counts_what_it_holds(visitor: Person, library: Library) -> None:
    library.songs(2)
    library.listener()
    site = visitor.get("/api/site").json
    assert site["counts"] == {"songs": 2, "artists": 2, "listeners": 1}
    assert site["demo"] is False
    assert site["training"] == []


def test_unknown_api_paths_are_problems_and_others_are_the_page(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "index.html").write_text("<!doctype html>回声")
    client = create_app(settings, frontend=tmp_path / "dist").test_client()
    missing = client.get("/api/nothing")
    assert (missing.status_code, missing.mimetype) == (404, "application/problem+json")
    for path in ("/", "/songs/3", "/library?q=x"):
        assert "回声" in client.get(path).text
    assert client.post("/songs/3").status_code == 404


def test_an_unbuilt_front_end_names_the_cure(settings: Settings, tmp_path: Path) -> None:
    answer = create_app(settings, frontend=tmp_path / "none").test_client().get("/")
    assert answer.status_code == 503
    assert "make setup" in answer.text


def test_every_answer_carries_the_safety_headers(visitor: Person) -> None:
    for path in ("/healthz", "/api/songs", "/api/nothing"):
        headers = visitor.get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_unknown_error_is_a_bare_500(
    app: APIFlask, person: Callable[[str], Person], monkeypatch: object
) -> None:
    @app.get("/api/boom")
    def boom() -> str:
        raise RuntimeError("the password is hunter2")

    answer = app.test_client().get("/api/boom")
    assert answer.status_code == 500
    assert answer.mimetype == "application/problem+json"
    assert "hunter2" not in answer.text


def test_chinese_stays_readable_in_json(visitor: Person, library: Library) -> None:
    song = library.song("雾港")
    assert "雾港" in visitor.get(f"/api/songs/{song.id}").text
