import time

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from backend.songs.tables import Song
from tests.factories.library import Library


@pytest.fixture
def client(app: APIFlask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def tuned(library: Library) -> Song:
    song = library.song("风入松", genres=("民谣",), tempo=160.0, mood="欢快", audio_seconds=25.5)
    song.source, song.source_id = "demo", "s1"
    library.session.commit()
    return song


def heard(client: FlaskClient, song: Song, **headers: str) -> TestResponse:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        answer = client.get(f"/api/songs/{song.id}/audio", headers=headers, buffered=True)
        if answer.status_code != 202:
            return answer
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.json == {"state": "making"}
        time.sleep(0.1)
    raise AssertionError("the tune was not made in a minute")


def test_a_song_says_where_and_how_long_it_is_heard(
    client: FlaskClient, library: Library, tuned: Song
) -> None:
    silent = library.song("无声")
    wire = client.get(f"/api/songs/{tuned.id}", buffered=True).json["audio"]
    assert wire == {"url": f"/api/songs/{tuned.id}/audio", "seconds": 25.5}
    assert client.get(f"/api/songs/{silent.id}", buffered=True).json["audio"] is None
    refused = client.get(f"/api/songs/{silent.id}/audio", buffered=True)
    assert refused.status_code == 404
    assert refused.json["type"] == "/problems/no-audio"
    assert (
        client.get("/api/songs/999999/audio", buffered=True).json["type"]
        == "/problems/song-not-found"
    )


def test_ranges_and_heads_are_answered_right(client: FlaskClient, tuned: Song) -> None:
    whole = heard(client, tuned)
    assert whole.status_code == 200
    assert whole.mimetype == "audio/mpeg"
    assert whole.headers["Accept-Ranges"] == "bytes"
    size = len(whole.data)
    where = f"/api/songs/{tuned.id}/audio"

    part = client.get(where, headers={"Range": "bytes=100-199"}, buffered=True)
    assert part.status_code == 206
    assert part.headers["Content-Range"] == f"bytes 100-199/{size}"
    assert part.data == whole.data[100:200]
    tail = client.get(where, headers={"Range": "bytes=-10"}, buffered=True)
    assert (tail.status_code, tail.data) == (206, whole.data[-10:])
    beyond = client.get(where, headers={"Range": f"bytes={size}-"}, buffered=True)
    assert beyond.status_code == 416
    assert beyond.headers["Content-Range"] == f"bytes */{size}"
    assert beyond.mimetype == "application/problem+json"

    head = client.head(where, buffered=True)
    assert (head.status_code, head.data) == (200, b"")
    assert int(head.headers["Content-Length"]) == size
    tag = whole.headers["ETag"]
    assert client.get(where, headers={"If-None-Match": tag}, buffered=True).status_code == 304
    kept = client.get(where, headers={"Range": "bytes=0-9", "If-Range": tag}, buffered=True)
    assert (kept.status_code, len(kept.data)) == (206, 10)
    other = client.get(where, headers={"Range": "bytes=0-9", "If-Range": '"other"'}, buffered=True)
    assert (other.status_code, len(other.data)) == (200, size)
