"""The database server goes away under requests, and comes back."""

from collections import Counter
from collections.abc import Callable
from http.client import HTTPException
from threading import Event, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.songs.tables import Song
from tests.live import Answer, WebServer, wait_for
from tests.mariadb import Server

Start = Callable[[Engine], WebServer]
THREADS = 6


class Traffic:
    """Listeners who read and rate without a pause until told to stop."""

    def __init__(self, server: WebServer, token: str, songs: list[int]) -> None:
        self.answers: list[Answer] = []
        self.unanswered: list[Exception] = []
        self._ends = Event()
        self._threads = [
            Thread(target=self._go, args=(server, token, songs[n:])) for n in range(THREADS)
        ]

    def _go(self, server: WebServer, token: str, songs: list[int]) -> None:
        client = server.client(token)
        while not self._ends.is_set():
            for song in songs:
                for ask in (
                    lambda: client.get("/api/songs?per_page=5"),
                    lambda song=song: client.put(f"/api/songs/{song}/rating", {"stars": 4}),
                ):
                    try:
                        self.answers.append(ask())
                    except (OSError, HTTPException) as error:
                        self.unanswered.append(error)
                if self._ends.is_set():
                    return

    def seen(self, status: int) -> bool:
        return any(answer.status == status for answer in self.answers)

    def __enter__(self) -> "Traffic":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        for thread in self._threads:
            thread.join()


@pytest.mark.parametrize("own_engine", ["mariadb"], indirect=True)
def test_an_outage_is_told_as_such_and_ends_by_itself(
    own_engine: Engine, web_server: Start, mariadb_server: Server
) -> None:
    server = web_server(own_engine)
    token = server.log_in("listener")
    with Session(own_engine) as session:
        songs = list(session.scalars(select(Song.id)))
    workers = {worker.pid for worker in server.workers()}
    with Traffic(server, token, songs) as traffic:
        wait_for(lambda: traffic.seen(200), 10, "a good answer")
        mariadb_server.stop()
        try:
            wait_for(lambda: traffic.seen(503), 20, "a 503")
            assert server.client().get("/healthz").status == 200
            assert server.client().get("/readyz").status == 503
        finally:
            mariadb_server.start()
        wait_for(lambda: server.client().get("/readyz").status == 200, 20, "ready again")
        traffic.answers.append(server.client(token).get("/api/me/ratings"))
        assert traffic.answers[-1].status == 200

    assert traffic.unanswered == []
    assert set(Counter(answer.status for answer in traffic.answers)) == {200, 503}
    for answer in traffic.answers:
        if answer.status == 503:
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.json["type"] == "/problems/database-unavailable"
            assert int(answer.headers["Retry-After"]) > 0
    assert {worker.pid for worker in server.workers()} == workers, "a worker died"
