from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy.engine import Engine

from backend.app import create_app
from backend.settings import Settings


@pytest.fixture
def client(searched: Engine, tmp_path: Path) -> FlaskClient:
    url = searched.url.render_as_string(hide_password=False)
    return create_app(Settings(data_dir=tmp_path, database_url=url)).test_client()


def test_an_answer_names_songs_artists_albums_and_lines(client: FlaskClient) -> None:
    answer = client.get("/api/search?q=gdt").json
    [hit, *_] = answer["songs"]
    assert hit["song"]["title"] == "雾港灯塔"
    assert hit["match"] == {
        "kind": "initials", "field": "title", "text": "雾港灯塔", "spans": [[1, 4]],
    }  # fmt: skip
    assert client.get("/api/search?q=moon harbor").json["artists"][0]["artist"]["song_count"] == 2
    album = client.get("/api/search?q=beiwei").json["albums"][0]["album"]
    assert (album["title"], album["artist"]["name"]) == ("北纬三十", "陈渡")
    line = client.get("/api/search?q=三次眼").json["lyrics"][0]
    assert (line["line"], line["ms"], line["song"]["title"]) == ("灯塔眨了三次眼", 1000, "雾港灯塔")


def test_a_limit_holds_for_every_group(client: FlaskClient) -> None:
    many = client.get("/api/search?q=山").json
    few = client.get("/api/search?q=山&limit=1").json
    for group in ("songs", "artists"):
        assert len(many[group]) > 1
        assert few[group] == many[group][:1]


@pytest.mark.parametrize("query", ["", "q=", f"q={'山' * 101}", "q=a&limit=0", "q=a&limit=51"])
def test_a_bad_query_is_refused(client: FlaskClient, query: str) -> None:
    assert client.get(f"/api/search?{query}").status_code == 422
