"""A tiny library in a database file that commands can open."""

from collections.abc import Iterator

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from tests.factories.library import Library


@pytest.fixture
def own_library(own_engine: Engine) -> Iterator[Library]:
    with Session(own_engine, expire_on_commit=False) as session:
        yield Library(session)


def demo_song(library: Library, number: int, **columns: object) -> int:
    """Add a song as the demo has them; return its id."""
    given = {
        "lyric": "[00:01.00]春风得意，笑看花开\n[00:09.00]与君同醉",
        "genres": ("民谣",),
        "mood": "欢快",
        "tempo": 112.0,
        "audio_seconds": 25.0,
        "cover_palette": 4,
        "cover_motif": 3,
        **columns,
    }
    song = library.song(f"第{number}首", **given)
    song.source, song.source_id = "demo", f"s{number}"
    library.session.commit()
    return song.id
