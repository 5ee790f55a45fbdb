import gzip
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from whitenoise import compress

from backend.app import create_app
from backend.settings import Settings


@pytest.fixture
def site(tmp_path: Path) -> FlaskClient:
    """A built front end, served."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>回声</title>", encoding="utf-8")
    (folder / "assets" / "app-3f9c1a.js").write_text("// code")
    (folder / "icon.svg").write_text("<svg/>")
    (tmp_path / "secret").write_text("not yours")
    return create_app(Settings(data_dir=tmp_path), frontend=folder).test_client()


def test_hashed_files_are_kept_for_ever(site: FlaskClient) -> None:
    answer = site.get("/assets/app-3f9c1a.js", buffered=True)
    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.text == "// code"


def test_a_file_compressed_beforehand_goes_to_whoever_takes_it(tmp_path: Path) -> None:
    folder = tmp_path / "dist" / "assets"
    folder.mkdir(parents=True)
    code = "// the same again and again\n" * 400
    (folder / "app-3f9c1a.js").write_text(code)
    compress.main([str(folder), "--quiet"])
    site = create_app(Settings(data_dir=tmp_path), frontend=folder.parent).test_client()
    path = "/assets/app-3f9c1a.js"
    small = site.get(path, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.headers["Vary"] == "Accept-Encoding"
    assert len(small.data) < len(code) / 10
    assert gzip.decompress(small.data).decode() == code
    plain = site.get(path, headers={"Accept-Encoding": "identity"}, buffered=True)
    assert plain.text == code


def test_other_files_are_asked_for_again(site: FlaskClient) -> None:
    answer = site.get("/icon.svg", buffered=True)
    assert answer.mimetype == "image/svg+xml"
    assert "immutable" not in answer.headers.get("Cache-Control", "")


@pytest.mark.parametrize("path", ["/", "/songs/3", "/library?genre=x", "/a/b/c.d", "/apis"])
def test_any_other_path_is_the_page_asked_for_anew(site: FlaskClient, path: str) -> None:
    answer = site.get(path, buffered=True)
    assert answer.status_code == 200
    assert "回声" in answer.text
    assert answer.headers["Cache-Control"] == "no-cache"
    assert site.head(path).status_code == 200


def test_the_page_carries_the_safety_headers(site: FlaskClient) -> None:
    for path in ("/", "/assets/app-3f9c1a.js"):
        headers = site.get(path, buffered=True).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/api/", "/api/nothing", "/api/songs/0"])
def test_under_api_there_is_no_page(site: FlaskClient, path: str) -> None:
    answer = site.get(path, buffered=True)
    assert "回声" not in answer.text
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/../secret", "/%2e%2e/secret", "/assets/../../secret"])
def test_nothing_beside_the_folder_is_served(site: FlaskClient, path: str) -> None:
    assert "not yours" not in site.get(path, buffered=True).text


def test_only_reading_reaches_the_page(site: FlaskClient) -> None:
    assert site.post("/songs/3").status_code == 404


def test_a_page_goes_out_with_what_it_begins_with(tmp_path: Path) -> None:
    folder = tmp_path / "dist"
    folder.mkdir()
    (folder / "index.html").write_text("<!doctype html><title>回声</title>", encoding="utf-8")
    link = "</assets/HomePage-1.js>; rel=modulepreload"
    (folder / "links.json").write_text(json.dumps({"/": link}))
    site = create_app(Settings(data_dir=tmp_path), frontend=folder).test_client()
    assert site.get("/").headers["Link"] == link
    assert "Link" not in site.get("/library").headers
    assert "Link" not in site.get("/?genre=jazz").headers
