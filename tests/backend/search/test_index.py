"""The index follows the library; when it does not, that is noticed and cured."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.app import create_app
from backend.db import schema
from backend.db.session import create_engine, unit_of_work
from backend.ingest.records import ArtistRecord, LyricRecord, Record, SongRecord
from backend.ingest.service import store
from backend.search import fulltext, index
from backend.search.service import search
from backend.settings import Settings
from backend.songs.tables import Song
from models.progress import silent
from tests import mariadb
from tests.backend.conftest import Command

SOURCE = "test"


def _song(title: str, line: str = "雨落在旧站台") -> list[Record]:
    return [
        ArtistRecord(source=SOURCE, source_id="a", name="苏河"),
        SongRecord(source=SOURCE, source_id="1", title=title, artists=["a"]),
        LyricRecord(source=SOURCE, source_id="1", kind="lrc", text=f"[00:01.00]{line}"),
    ]


@pytest.fixture
def own(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path, zone: ZoneInfo
) -> Iterator[Engine]:
    """A database of one's own with one song in it."""
    if database_url.startswith("sqlite"):
        engine = create_engine(f"sqlite:///{tmp_path / 'own.db'}")
    else:
        server: mariadb.Server = request.getfixturevalue("mariadb_server")
        engine = create_engine(server.create(f"own_{abs(hash(request.node.name))}"))
    schema.upgrade(engine)
    _store(engine, _song("远山"), zone)
    yield engine
    engine.dispose()


def _store(engine: Engine, records: list[Record], zone: ZoneInfo) -> None:
    with unit_of_work(engine) as session:
        store(session, records, zone=zone)


def _titles(engine: Engine, typed: str) -> list[str]:
    with Session(engine) as session:
        return [hit.thing.song.title for hit in search(session, q=typed, limit=5).songs]


def _ready(engine: Engine, tmp_path: Path) -> tuple[int, str]:
    url = engine.url.render_as_string(hide_password=False)
    client = create_app(Settings(data_dir=tmp_path, database_url=url)).test_client()
    answer = client.get("/readyz")
    return answer.status_code, str(answer.json.get("detail", ""))


def test_what_comes_in_is_found_and_what_changes_is_found_anew(own: Engine, zone: ZoneInfo) -> None:
    assert _titles(own, "yuanshan") == ["远山"]
    _store(own, _song("近水", "换了一句词"), zone)
    assert _titles(own, "jinshui") == ["近水"]
    assert _titles(own, "yuanshan") == []
    with Session(own) as session:
        assert [hit.text for hit in search(session, q="一句词", limit=5).lyrics] == ["换了一句词"]
        assert search(session, q="旧站台", limit=5).lyrics == []


def test_a_sign_that_has_no_reading_is_found_as_written(own: Engine, zone: ZoneInfo) -> None:
    _store(own, _song("㐂雨", "㐃声渐远"), zone)
    assert _titles(own, "㐂雨") == ["㐂雨"]
    assert _titles(own, "yu") == ["㐂雨"]


def test_an_artists_new_name_finds_the_songs(own: Engine, zone: ZoneInfo) -> None:
    _store(own, [ArtistRecord(source=SOURCE, source_id="a", name="许听澜")], zone)
    assert _titles(own, "xutinglan") == ["远山"]
    assert _titles(own, "suhe") == []


def test_what_is_removed_is_not_found(own: Engine, tmp_path: Path) -> None:
    with unit_of_work(own) as session:
        session.execute(sa.delete(Song))
    assert _titles(own, "yuanshan") == []
    assert _ready(own, tmp_path)[0] == 200


def test_a_lag_is_noticed_and_cured(own: Engine, tmp_path: Path) -> None:
    assert _ready(own, tmp_path)[0] == 200
    with unit_of_work(own) as session:
        session.add(Song(source=SOURCE, source_id="2", title="暗河"))
    status, detail = _ready(own, tmp_path)
    assert status == 503
    assert "huisheng search rebuild" in detail
    with unit_of_work(own) as session:
        assert index.rebuild(session, silent) == 3
    assert _ready(own, tmp_path)[0] == 200
    assert _titles(own, "anhe") == ["暗河"]


def test_a_lost_index_is_noticed_and_cured_by_the_command(
    own: Engine, tmp_path: Path, huisheng: Command
) -> None:
    with own.begin() as connection:
        fulltext.drop(connection)
    status, detail = _ready(own, tmp_path)
    assert status == 503
    assert "damaged" in detail
    url = own.url.render_as_string(hide_password=False)
    ended = huisheng("search", "rebuild", database_url=url)
    assert ended.exit_code == 0, ended.output
    assert "2" in ended.output
    assert _ready(own, tmp_path)[0] == 200
    assert _titles(own, "yuanshan") == ["远山"]


def test_a_library_with_all_that_people_did_in_it_is_no_lag(demo_data: Path) -> None:
    engine = create_engine(Settings(data_dir=demo_data).url)
    with Session(engine) as session:
        assert index.lag(session) == 0
        assert index.is_whole(session)
    engine.dispose()
