"""`huisheng features`: new songs encoded once, gone on with, what is missing named."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.audio.tables import AudioFile
from backend.db.base import utc_now
from backend.features import service
from backend.features.encoders import reader
from backend.healing.tables import SongMood
from backend.settings import Settings
from backend.songs.tables import Lyric
from models.features.sound_columns import COLUMN
from models.features.store import FeatureStore, Stored
from tests.backend.features.conftest import demo_song
from tests.factories.library import Library

pytestmark = pytest.mark.xdist_group("sound")
"""What listening needs is compiled once."""

Command = Callable[..., Any]


def stored(settings: Settings, modality: Any) -> Stored:
    return FeatureStore(settings.features_dir, modality).read()


def moods(engine: Engine) -> dict[int, SongMood]:
    with Session(engine) as session:
        return {row.song_id: row for row in session.scalars(select(SongMood))}


def test_a_song_is_heard_read_and_seen_and_placed(
    huisheng: Command, own_engine: Engine, own_settings: Settings, own_library: Library
) -> None:
    song = demo_song(own_library, 1)
    done = huisheng("features")
    assert done.exit_code == 0, done.output
    vector = stored(own_settings, "audio").matrix[0]
    assert 2 ** vector[COLUMN["tempo"]] == pytest.approx(112, rel=0.04)
    place = moods(own_engine)[song]
    assert place.evidence == "audio,lyrics"
    assert place.valence > 0
    assert place.tempo == pytest.approx(112, rel=0.04)
    with Session(own_engine) as session:
        assert not service.has_new(session, own_settings.features_dir)
    again = huisheng("features")
    assert "audio  0 songs encoded" in again.output
    with Session(own_engine) as session:
        own_library.song("新歌")
        assert service.has_new(session, own_settings.features_dir)


def test_a_run_goes_on_where_it_was_stopped(
    own_engine: Engine, own_settings: Settings, own_library: Library
) -> None:
    songs = [demo_song(own_library, number) for number in range(5)]
    words = reader(own_settings, "text")
    store = FeatureStore(own_settings.features_dir, "text")
    assert service.encode_new(own_engine, store, words, limit=2).encoded == 2
    told: list[int] = []
    done = service.encode_new(own_engine, store, words, after=told.extend)
    assert (done.encoded, told) == (3, songs[2:])
    assert store.read().songs.tolist() == songs


def test_changed_lyrics_are_read_again(
    own_engine: Engine, own_settings: Settings, own_library: Library
) -> None:
    song, _ = demo_song(own_library, 1), demo_song(own_library, 2)
    words = reader(own_settings, "text")
    store = FeatureStore(own_settings.features_dir, "text")
    service.encode_new(own_engine, store, words)
    before = store.read().matrix
    with Session(own_engine) as session:
        session.get_one(Lyric, song).text = "[00:01.00]泪流满面"
        session.commit()
    assert service.encode_new(own_engine, store, words).encoded == 1
    after = store.read().matrix
    assert not (before[0] == after[0]).all()
    assert (before[1] == after[1]).all()


def test_ones_own_files_are_heard_and_a_broken_one_is_masked(
    own_engine: Engine, own_settings: Settings, own_library: Library, tmp_path: Path
) -> None:
    seconds = np.arange(8 * 44_100) / 44_100
    tone = np.sin(2 * np.pi * 220 * seconds) * (seconds % 0.5 < 0.2) * 0.3
    soundfile.write(tmp_path / "good.wav", np.stack([tone, tone], axis=1), 44_100)
    (tmp_path / "broken.wav").write_bytes(b"RIFF and no more")
    songs = [own_library.song().id for _ in range(3)]
    for song, name in zip(songs, ("good.wav", "broken.wav", "gone.wav"), strict=True):
        row = AudioFile(song_id=song, folder=str(tmp_path), path=name, mime="audio/wav")
        row.seconds, row.size, row.modified_ns, row.scanned_at = 8.0, 1, 1, utc_now()
        own_library.session.add(row)
    own_library.session.commit()
    store = FeatureStore(own_settings.features_dir, "audio")
    done = service.encode_new(own_engine, store, reader(own_settings, "audio"))
    assert (done.encoded, done.masked) == (1, 2)
    assert store.read().known.tolist() == [True, False, False]
    assert 2 ** store.read().matrix[0, COLUMN["tempo"]] == pytest.approx(120, rel=0.04)


def test_what_is_not_installed_is_named_and_the_rest_goes_on(
    huisheng: Command, own_settings: Settings, own_library: Library
) -> None:
    demo_song(own_library, 1)
    done = huisheng("features", "text", "cover", bert_dir=own_settings.data_dir)
    assert done.exit_code == 0
    assert "requirements/bert.in" in done.output
    assert "cover  1 songs encoded" in done.output
    assert stored(own_settings, "text").songs.tolist() == []


def test_a_cover_the_source_did_not_choose_says_nothing(
    own_engine: Engine, own_settings: Settings, own_library: Library
) -> None:
    demo_song(own_library, 1)
    own_library.song("没有封面")
    store = FeatureStore(own_settings.features_dir, "cover")
    assert service.encode_new(own_engine, store, reader(own_settings, "cover")).encoded == 1


def test_a_worker_sees_how_far_it_is(
    huisheng: Command, own_engine: Engine, own_library: Library
) -> None:
    from backend.db.session import unit_of_work
    from backend.jobs import service as jobs

    demo_song(own_library, 1)
    with unit_of_work(own_engine) as session:
        job = jobs.submit(session, kind="features", subject="new songs", arguments=["features"])
    assert huisheng("features", "cover", "--job", str(job.id)).exit_code == 0
    with Session(own_engine) as session:
        row = jobs.get(session, job_id=job.id)
        assert (row.state, row.result) == ("done", {"cover": 1, "placed": 0})
