"""Playlists as a visitor sees them."""

from collections.abc import Callable

import pytest
from apiflask import APIFlask
from sqlalchemy.orm import Session

from backend.playlists.tables import Playlist, PlaylistSong
from tests.factories.library import Library


@pytest.fixture
def playlists(session: Session, library: Library) -> list[Playlist]:
    """Three lists, the second with five songs in an order of its own."""
    made = [
        Playlist(
            source="test", source_id=str(n), title=f"歌单{n}", tags="治愈,华语" if n else None,
            play_count=plays, description="安静的歌" if n == 1 else None,
        )
        for n, plays in enumerate((5, 90, 40))
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    songs = library.songs(5)
    session.add_all(
        PlaylistSong(playlist_id=made[1].id, song_id=song.id, position=place)
        for place, song in enumerate(reversed(songs))
    )
    session.flush()
    return made


def test_lists_come_most_played_first_with_their_songs_counted(
    app: APIFlask, playlists: list[Playlist]
) -> None:
    body = app.test_client().get("/api/playlists?per_page=2").json
    assert [item["title"] for item in body["items"]] == ["歌单1", "歌单2"]
    assert [item["song_count"] for item in body["items"]] == [5, 0]
    assert body["items"][0]["tags"] == ["治愈", "华语"]
    assert body["total"] == 3


def test_a_list_shows_its_songs_in_its_own_order_page_by_page(
    app: APIFlask, playlists: list[Playlist]
) -> None:
    client, where = app.test_client(), f"/api/playlists/{playlists[1].id}"
    first = client.get(f"{where}?per_page=3").json
    assert (first["description"], first["songs"]["total"]) == ("安静的歌", 5)
    assert [song["title"] for song in first["songs"]["items"]] == ["第4首", "第3首", "第2首"]
    second = client.get(f"{where}?per_page=3&page=2").json
    assert [song["title"] for song in second["songs"]["items"]] == ["第1首", "第0首"]


def test_a_list_that_is_none_is_not_found(app: APIFlask) -> None:
    answer = app.test_client().get("/api/playlists/987654")
    assert answer.status_code == 404
    assert answer.json["type"] == "/problems/playlist-not-found"


def test_a_longer_page_takes_no_more_queries(
    app: APIFlask, playlists: list[Playlist], count_queries: Callable[[], int]
) -> None:
    asked = []
    where = f"/api/playlists/{playlists[1].id}"
    # The first pair of requests also reads again what the fixture's own session had let go.
    for size in (1, 1, 3):
        count_queries()
        app.test_client().get(f"/api/playlists?per_page={size}")
        app.test_client().get(f"{where}?per_page={size}")
        asked.append(count_queries())
    assert asked[1] == asked[2]
