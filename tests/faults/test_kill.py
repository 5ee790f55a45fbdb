"""The web server dies in the middle of things."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from threading import Event

from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.ratings.tables import Rating
from backend.songs.tables import Song
from tests.faults.conftest import SONGS
from tests.live import WebServer

LISTENERS = 4
KILLED_AFTER = 40

Start = Callable[[Engine], WebServer]
Given = dict[tuple[int, int], int]
"""Stars by (listener's number, song)."""


def test_no_acknowledged_rating_is_lost_and_none_is_doubled(
    own_engine: Engine, web_server: Start
) -> None:
    server = web_server(own_engine)
    tokens = [server.log_in(f"listener{n}") for n in range(LISTENERS)]
    with Session(own_engine) as session:
        songs = session.scalars(select(Song.id)).all()
    wanted = {(n, song): 1 + (n + song) % 5 for n in range(LISTENERS) for song in songs}
    assert len(wanted) == LISTENERS * SONGS == 200

    acknowledged, answered = rate_until_killed(server, tokens, wanted)

    assert KILLED_AFTER <= len(acknowledged) < len(wanted), "the kill came too late to matter"
    assert set(answered) <= {200}
    held = stored(own_engine)
    assert acknowledged.items() <= held.items()
    assert held.items() <= wanted.items()
    assert drifted(own_engine) == []

    server.start()
    clients = [server.client(token) for token in tokens]
    for (n, song), stars in wanted.items():  # what a listener whose page said "failed" does
        assert clients[n].put(f"/api/songs/{song}/rating", {"stars": stars}).status == 200
    assert stored(own_engine) == wanted
    assert drifted(own_engine) == []


def rate_until_killed(
    server: WebServer, tokens: list[str], wanted: Given
) -> tuple[Given, list[int]]:
    """Send all ratings at once and kill the server among them; return what it acknowledged."""
    acknowledged: Given = {}
    answered: list[int] = []
    enough = Event()

    def rate(n: int, song: int) -> None:
        client = server.client(tokens[n])
        stars = wanted[n, song]
        try:
            answer = client.put(f"/api/songs/{song}/rating", {"stars": stars})
        except (OSError, HTTPException):
            return
        answered.append(answer.status)
        if answer.status == 200:
            acknowledged[n, song] = stars
        if len(acknowledged) >= KILLED_AFTER:
            enough.set()

    with ThreadPoolExecutor(len(wanted)) as threads:
        sent = [threads.submit(rate, n, song) for n, song in wanted]
        assert enough.wait(30)
        server.kill()
        for one in sent:
            one.result()
    return acknowledged, answered


def stored(engine: Engine) -> Given:
    """Return the ratings in the database; each pair stands there once."""
    with Session(engine) as session:
        users = session.scalars(select(Rating.user_id).distinct().order_by(Rating.user_id)).all()
        rows = session.execute(select(Rating.user_id, Rating.song_id, Rating.stars)).all()
    found = {(users.index(user), song): stars for user, song, stars in rows}
    assert len(found) == len(rows)
    return found


def drifted(engine: Engine) -> list[int]:
    """Return the songs whose counters are not what their ratings add up to."""
    given = (
        select(Rating.song_id, func.sum(Rating.stars).label("sum"), func.count().label("count"))
        .where(Rating.stars > 0)
        .group_by(Rating.song_id)
        .subquery()
    )
    with Session(engine) as session:
        rows = session.execute(
            select(
                Song.id, Song.rating_sum, Song.rating_count, given.c.sum, given.c.count
            ).outerjoin(given, given.c.song_id == Song.id)
        )
        return [song for song, *held, total, count in rows if held != [total or 0, count or 0]]
