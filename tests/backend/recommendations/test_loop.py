"""The closed loop on the demo library: five hearts of one genre, and what comes back."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from backend.app import create_app
from backend.db.session import create_engine
from backend.extensions import limiter
from backend.settings import Settings
from tests.backend.conftest import Person

HEARTS = 5
DEPTH = 20
"""Songs of each recommender that the genre's share is counted in, beyond the four on the page."""

Rows = list[dict[str, Any]]
Likers = dict[int, set[int]]


@pytest.fixture
def settings(demo_data: Path, tmp_path: Path) -> Settings:
    shutil.copytree(demo_data, tmp_path, dirs_exist_ok=True)
    return Settings(data_dir=tmp_path)


@pytest.fixture
def database(settings: Settings) -> Iterator[Engine]:
    engine = create_engine(settings.url)
    yield engine
    engine.dispose()


@pytest.fixture
def me(settings: Settings) -> Iterator[Person]:
    """A new listener, whose requests commit as in life."""
    limiter.enabled = False
    app = create_app(settings)
    yield Person(app.test_client()).register("newcomer")
    limiter.enabled = True
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()


@pytest.fixture
def genre(me: Person) -> str:
    """A genre that is neither the commonest nor rare."""
    name: str = me.get("/api/genres").json["items"][3]["name"]
    return name


@pytest.fixture
def hearted(me: Person, genre: str) -> list[int]:
    """The genre's hottest songs, the first of them three stars before its heart."""
    songs = me.get(f"/api/songs?genre={genre}&sort=heat&per_page={HEARTS}").json["items"]
    ids = [song["id"] for song in songs]
    assert len(ids) == HEARTS
    me.put(f"/api/songs/{ids[0]}/rating", {"stars": 3})
    for song in ids:
        assert me.put(f"/api/songs/{song}/heart").status_code == 200
    return ids


def home(me: Person) -> Rows:
    rows: Rows = me.get("/api/recommendations").json["rows"]
    return rows


def ids(row: dict[str, Any]) -> list[int]:
    return [item["song"]["id"] for item in row["items"]]


def share(genre: str, rows: Rows) -> float:
    """Return how many of the songs shown are of the genre, 0..1."""
    songs = [item["song"] for row in rows for item in row["items"]]
    return sum(genre in song["genres"] for song in songs) / len(songs)


def likers(engine: Engine) -> Likers:
    """Return who gave evidence of liking each song: stars from three, or plays not starred low."""
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT song_id, user_id FROM ratings WHERE stars >= 3 UNION "
                "SELECT p.song_id, p.user_id FROM plays p LEFT JOIN ratings r "
                "ON r.song_id = p.song_id AND r.user_id = p.user_id AND r.stars > 0 "
                "WHERE r.stars IS NULL OR r.stars >= 3"
            )
        ).all()
    found: Likers = {}
    for song, user in rows:
        found.setdefault(song, set()).add(user)
    return found


def test_five_hearts_of_a_genre_raise_its_share(
    me: Person, genre: str, request: pytest.FixtureRequest
) -> None:
    def all_rows() -> Rows:
        lists = [
            me.get(f"/api/recommendations/{name}?limit={DEPTH}").json
            for name in ("itemcf", "usercf")
        ]
        return [*home(me), *lists]

    before = all_rows()
    request.getfixturevalue("hearted")
    after = all_rows()
    assert share(genre, after) > share(genre, before)
    assert share(genre, after[:3]) > share(genre, before[:3])
    for first, then in zip(before, after, strict=True):
        assert first["model_version"] == then["model_version"], "no training in between"


def test_no_row_holds_a_rated_song_an_artist_twice_or_another_rows_song(
    me: Person, hearted: list[int]
) -> None:
    rows = home(me)
    shown = [song for row in rows for song in ids(row)]
    assert len(shown) == 16
    assert max(Counter(shown).values()) == 1
    assert set(shown).isdisjoint(hearted)
    for row in rows:
        artists = [item["song"]["artists"][0]["id"] for item in row["items"]]
        assert max(Counter(artists).values()) == 1


def test_every_reason_agrees_with_the_database(
    me: Person, hearted: list[int], database: Engine
) -> None:
    mine = likers(database)
    others = {song: users - {me.id} for song, users in mine.items()}
    near = set().union(*(others.get(song, set()) for song in hearted))
    kinds: Counter[str] = Counter()
    lists = [
        me.get(f"/api/recommendations/{name}?limit={DEPTH}").json
        for name in ("popularity", "itemcf", "usercf")
    ]
    for row in [*home(me), *lists]:
        for item in row["items"]:
            if item["reason"]["kind"] == "popular":
                assert item["reason"]["days"] == 30
                assert item["reason"]["listeners"] == recent(database, item, lists[0], others)
            else:
                check_own_reason(item, others, near, hearted)
            kinds[item["reason"]["kind"]] += 1
    assert {"popular", "similar_to", "similar_listeners"} <= set(kinds)


def check_own_reason(
    item: dict[str, Any], others: Likers, near: set[int], hearted: list[int]
) -> None:
    song, reason = item["song"]["id"], item["reason"]
    if reason["kind"] == "similar_to":
        source = reason["song"]["id"]
        assert source in hearted
        a, b = others[source], others[song]
        cosine = len(a & b) / (len(a) * len(b)) ** 0.5
        assert reason["similarity"] == pytest.approx(cosine, abs=1e-3)
    else:
        assert reason["kind"] == "similar_listeners"
        assert 0 < reason["liked"] <= reason["of"] <= len(near)
        assert reason["liked"] <= len(others[song])


def recent(
    database: Engine, item: dict[str, Any], popularity: dict[str, Any], others: Likers
) -> int:
    """Count who likes the song and did so in the days before the model's data ended."""
    song = item["song"]["id"]
    until = datetime.fromisoformat(popularity["data_until"]).replace(tzinfo=None)
    since = until - timedelta(days=item["reason"]["days"])
    with database.connect() as connection:
        users = connection.scalars(
            text(
                "SELECT user_id FROM (SELECT user_id, song_id, played_at at FROM plays "
                "UNION ALL SELECT user_id, song_id, rated_at FROM ratings WHERE stars > 0) "
                "WHERE song_id = :song AND at >= :since"
            ),
            {"song": song, "since": str(since)},
        ).all()
    return len(set(users) & others[song])


def test_un_heart_restores_the_earlier_star_and_the_rows(
    me: Person, genre: str, hearted: list[int]
) -> None:
    back = me.delete(f"/api/songs/{hearted[0]}/heart").json
    assert (back["stars"], back["heart"]) == (3, False)
    for song in hearted[1:]:
        assert me.delete(f"/api/songs/{song}/heart").json["stars"] == 0
    assert me.get(f"/api/songs/{hearted[0]}").json["mine"]["stars"] == 3
    rated = me.get("/api/me/ratings").json
    assert [(r["song"]["id"], r["stars"]) for r in rated["items"]] == [(hearted[0], 3)]
    assert {row["basis"]["hearts"] for row in home(me)} == {0}
