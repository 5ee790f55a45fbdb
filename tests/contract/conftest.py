"""A running site for the contract: its own database, a small library, two people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from apiflask import APIFlask
from sqlalchemy.orm import Session

from backend.app import create_app
from backend.db import schema
from backend.db.session import create_engine
from backend.extensions import limiter
from backend.search import index as search
from backend.settings import Settings
from models.artifacts import ArtifactStore
from models.progress import silent
from tests.factories.library import Library

PASSWORD = "contract 合同"


@dataclass(frozen=True)
class Site:
    app: APIFlask
    song_id: int
    comment_id: int
    tokens: dict[str, str]
    """Bearer tokens by name."""


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, sentiment_store: ArtifactStore
) -> Iterator[Site]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("contract"))
    settings.artifacts_dir.symlink_to(sentiment_store.root)
    engine = create_engine(settings.url)
    schema.upgrade(engine)
    with Session(engine) as session:
        library = Library(session)
        songs = [
            library.song(
                f"第{day}首",
                artists=(library.artist(f"歌手{day}"),),
                genres=("民谣",),
                released=date(2026, 1, day),
                lyric="[00:01.00]一句",
            )
            for day in range(1, 9)
        ]
        library.refresh()
        search.rebuild(session, silent)
        session.commit()
        song_id = songs[0].id
        comment_id = library.comment(songs[0], "好听").id
    limiter.enabled = False
    app = create_app(settings)
    tokens = {}
    for name in ("listener", "somebody"):
        client, body = app.test_client(), {"username": name, "password": PASSWORD}
        assert client.post("/api/accounts/register", json=body).status_code == 201
        answer = app.test_client().post("/api/accounts/token", json=body)
        tokens[name] = answer.json["access_token"]
    yield Site(app, song_id, comment_id, tokens)
    limiter.enabled = True
    engine.dispose()


@pytest.fixture(scope="session")
def committed() -> Path:
    return Path(__file__).parents[2] / "backend" / "openapi.json"
