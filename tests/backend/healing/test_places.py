"""Songs on the plane: by sound, lyrics or comments, each placing telling by which."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.features.encoders import Reader, reader
from backend.features.service import encode_new
from backend.healing.places import Placer
from backend.healing.tables import SongMood
from backend.settings import Settings
from models.features.store import FeatureStore
from tests.factories.library import Library


@pytest.fixture
def library(own_engine: Engine) -> Iterator[Library]:
    with Session(own_engine, expire_on_commit=False) as session:
        yield Library(session)


@pytest.fixture
def words(own_settings: Settings) -> Reader:
    return reader(own_settings, "text")


def places(engine: Engine) -> dict[int, SongMood]:
    with Session(engine) as session:
        return {row.song_id: row for row in session.scalars(select(SongMood))}


def test_without_audio_lyrics_and_comments_place_a_song(
    own_engine: Engine, own_settings: Settings, library: Library, words: Reader
) -> None:
    sad = library.song(lyric="[00:01.00]泪流不止，孤独的夜，离别的恨").id
    glad = library.song(lyric="[00:01.00]春暖花开，笑着跳舞").id
    liked, panned, unknown = (library.song() for _ in range(3))
    for _ in range(8):
        library.comment(liked, "好听", probability=0.95)
        library.comment(panned, "难听", probability=0.05)
    encode_new(own_engine, FeatureStore(own_settings.features_dir, "text"), words)
    placer = Placer(own_settings.features_dir, words.encoder)
    assert placer.place(own_engine) == 4
    found = places(own_engine)
    assert found[sad].evidence == found[glad].evidence == "lyrics"
    assert found[sad].valence < found[glad].valence
    assert found[liked.id].evidence == "comments"
    assert found[panned.id].valence < 0 < found[liked.id].valence
    assert found[liked.id].arousal == 0
    assert unknown.id not in found
    assert {row.version for row in found.values()} == {placer.version}
    assert {row.tempo for row in found.values()} == {None}


def test_a_song_that_lost_its_evidence_loses_its_place(
    own_engine: Engine, own_settings: Settings, library: Library
) -> None:
    song = library.song()
    comment = library.comment(song, "好听", probability=0.9)
    placer = Placer(own_settings.features_dir, None)
    assert placer.place(own_engine, [song.id]) == 1
    library.session.delete(comment)
    library.session.commit()
    assert placer.place(own_engine) == 0
    assert places(own_engine) == {}


def test_places_are_held_against_known_moods(
    huisheng: Callable[..., Any], own_settings: Settings, library: Library, tmp_path: Path
) -> None:
    for number, (mood, valence, arousal) in enumerate(
        [("欢快", 0.5, 0.4), ("忧伤", -0.5, -0.2), ("激昂", 0.3, -0.1)]
    ):
        song = library.song(mood=mood)
        song.source, song.source_id = "demo", f"s{number}"
        library.session.add(
            SongMood(
                song_id=song.id,
                valence=valence,
                arousal=arousal,
                evidence="lyrics",
                version="1",
                placed_at=utc_now(),
            )
        )
    library.session.commit()
    told = huisheng("evaluate", "mood", "--json", data_dir=own_settings.data_dir)
    assert json.loads(told.stdout)["lyrics"]["quadrant"] == pytest.approx(2 / 3)
    shown = huisheng("evaluate", "mood", data_dir=own_settings.data_dir).stdout
    assert "lyrics" in shown
    assert "0.667" in shown
    refused = huisheng("evaluate", "mood", "--situnes", tmp_path, data_dir=own_settings.data_dir)
    assert refused.exit_code == 1
