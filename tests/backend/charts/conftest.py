"""Twelve songs made by hand, with everything unknown somewhere."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.charts import columns
from backend.db import schema
from backend.db.session import create_engine
from backend.songs.tables import Song
from tests import mariadb
from tests.factories.library import Library

_databases = count()
FACTS: tuple[tuple[object, ...], ...] = (
    # genre, language, copyright, original, heat, ms, released, precision
    ("民谣", "普通话", "free", "original", 90.0, 59_000, date(2024, 5, 1), "day"),
    ("民谣", "普通话", "free", "original", 80.0, 61_000, date(2024, 5, 1), "day"),
    ("民谣", "普通话", "vip", "cover", 70.0, 180_000, date(2024, 5, 3), "day"),
    ("摇滚", "普通话", "vip", "original", 60.0, 200_000, date(2024, 7, 1), "month"),
    ("摇滚", "粤语", "free_low", "original", 50.0, 239_999, date(2023, 1, 1), "year"),
    ("摇滚", "粤语", "album", "cover", 40.0, 240_000, date(2023, 2, 9), "day"),
    ("电子", "英语", "unavailable", None, 30.0, 300_000, date(1999, 12, 31), "day"),
    ("电子", None, None, None, 20.0, 360_000, None, None),
    (None, None, "free", "original", 10.0, None, None, None),
    (None, "普通话", None, "original", None, 400_000, date(2024, 5, 2), "day"),
    ("民谣", "英语", "free", None, 0.0, 120_000, date(2024, 12, 1), "day"),
    ("摇滚", "普通话", "vip", "original", 100.0, 180_000, date(2024, 5, 1), "day"),
)


@pytest.fixture
def twelve(library: Library, session: Session) -> list[Song]:
    """Songs by three artists on two albums, rated, played and commented by two listeners."""
    artists = [library.artist(name) for name in ("甲", "乙", "丙")]
    albums = [library.album(title) for title in ("第一张", "第二张")]
    songs = []
    for place, (genre, language, rights, original, heat, ms, when, precision) in enumerate(FACTS):
        song = library.song(
            f"第{place}首",
            artists=(artists[place % 3], *([artists[2]] if place == 0 else [])),
            genres=(genre,) if genre else (),
            released=when,
            language=language,
            copyright=rights,
            original=original,
            heat=heat,
            duration_ms=ms,
            album_id=None if place > 9 else albums[place % 2].id,
            comment_count=place,
        )
        song.release_precision = precision
        songs.append(song)
    albums[0].kind = "single"
    for number in range(2):
        listener = library.listener()
        for place, song in enumerate(songs[: 6 + number]):
            moment = datetime(2026, 3, 1 + place, 13 + number, tzinfo=UTC)
            library.rate(listener, song, 1 + (place + number) % 5, moment)
            library.play(listener, song, moment)
    labels = (1, 0, -1, None)
    for place, song in enumerate(songs):
        for label in {labels[place % 4], 1}:
            chance = None if label is None else 0.5 + 0.4 * label
            when = date(2026, 1 + place % 3, 1) if place else None
            library.comment(song, label=label, probability=chance, day=when)
    library.refresh()
    session.flush()
    return songs


@pytest.fixture
def packed(session: Session, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Packs all songs; afterwards nothing may be read past what is packed."""

    def refuse(*_: Any) -> None:
        raise AssertionError("read from the tables")

    def pack() -> None:
        session.commit()
        for kind, blocks in columns.missing(session).items():
            columns.pack_blocks(session, kind, blocks)
        session.commit()
        monkeypatch.setattr(columns, "_live", refuse)

    return pack


@pytest.fixture
def own_engine(engine: Engine, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database of the test's own, for what commits in transactions of its own."""
    if engine.dialect.name == "sqlite":
        url = f"sqlite:///{tmp_path / 'own.db'}"
    else:
        server: mariadb.Server = request.getfixturevalue("mariadb_server")
        url = server.create(f"own_{next(_databases)}")
    own = create_engine(url)
    schema.upgrade(own)
    yield own
    own.dispose()
