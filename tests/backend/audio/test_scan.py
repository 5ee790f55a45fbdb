import os
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import soundfile
from apiflask import APIFlask
from mutagen.easyid3 import EasyID3
from mutagen.flac import FLAC
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.audio.errors import NotAFolder
from backend.audio.scan import scan
from backend.audio.tables import AudioFile
from backend.songs.tables import Album, Artist, Song
from tests.factories.library import Library


def sound(path: Path, seconds: float = 1.0, **tags: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    tone = 0.1 * np.sin(np.arange(int(8000 * seconds)) / 5)
    soundfile.write(path, tone, 8000)
    if tags:
        file = FLAC(path) if path.suffix == ".flac" else EasyID3()
        for name, value in tags.items():
            file[name] = value
        file.save(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    return folder


def test_files_find_their_songs_or_bring_new_ones(
    session: Session, library: Library, folder: Path, zone: ZoneInfo
) -> None:
    known = library.song("雾港", artists=(library.artist("陈渡"),))
    library.song("雾港", artists=(library.artist("别人"),))
    sound(folder / "a.mp3", 2.0, title="雾港", artist="陈渡")
    sound(
        folder / "deep" / "b.flac",
        title="夜航船",
        artist="许未眠",
        album="失眠调频",
        date="2019-03",
    )
    sound(folder / "白屿 - 第七街口.wav")
    (folder / "notes.txt").write_text("no audio")
    (folder / "broken.mp3").write_bytes(b"this is no mp3" * 20)

    found = scan(session, folder, zone=zone)
    assert (found.matched, found.added, found.unchanged) == (1, 2, 0)
    assert [name for name, _ in found.refused] == ["broken.mp3"]
    session.refresh(known)
    assert known.audio_seconds == pytest.approx(2.0, abs=0.3)
    new = session.scalars(select(Song).where(Song.source == "folder").order_by(Song.title)).all()
    assert {song.title for song in new} == {"夜航船", "第七街口"}
    sailor = next(song for song in new if song.title == "夜航船")
    assert (str(sailor.release_date), sailor.release_precision) == ("2019-01-01", "year")
    assert session.get(Album, sailor.album_id).title == "失眠调频"
    assert session.scalar(select(func.count()).where(Artist.name == "白屿")) == 1

    again = scan(session, folder, zone=zone)
    assert (again.matched, again.added, again.unchanged, again.gone) == (0, 0, 3, 0)
    assert session.scalar(select(func.count(Song.id))) == 4


def test_what_is_gone_is_silent_again(
    session: Session, library: Library, folder: Path, zone: ZoneInfo
) -> None:
    song = library.song("雾港")
    path = sound(folder / "雾港.wav")
    assert scan(session, folder, zone=zone).matched == 1
    path.unlink()
    assert scan(session, folder, zone=zone).gone == 1
    session.refresh(song)
    assert song.audio_seconds is None
    assert session.scalar(select(func.count(AudioFile.song_id))) == 0


def test_no_way_leads_out_of_the_folder(
    app: APIFlask, session: Session, library: Library, folder: Path, zone: ZoneInfo
) -> None:
    secret = sound(folder.parent / "outside" / "secret.wav")
    os.symlink(secret, folder / "link.wav")
    os.symlink(secret.parent, folder / "linked")
    inner = sound(folder / "inner.wav")
    os.symlink(inner, folder / "same.wav")
    found = scan(session, folder, zone=zone)
    assert [name for name, _ in found.refused] == ["link.wav", "same.wav"]
    assert scan(session, folder, zone=zone).unchanged == 1
    assert session.scalars(select(AudioFile.path)).all() == ["inner.wav"]

    # A row that points outside, and a file that became a link, are refused when they are sent.
    client = app.test_client()
    row = session.scalars(select(AudioFile)).first()
    assert client.get(f"/api/songs/{row.song_id}/audio", buffered=True).mimetype == "audio/wav"
    for path in ("../outside/secret.wav", str(secret), "link.wav", "linked/secret.wav", "a\0b"):
        row.path = path
        session.commit()
        answer = client.get(f"/api/songs/{row.song_id}/audio", buffered=True)
        assert answer.status_code == 404, path
        assert answer.json["type"] == "/problems/audio-gone"
        assert "secret" not in answer.text


def test_a_folder_must_be_one(session: Session, tmp_path: Path, zone: ZoneInfo) -> None:
    for path in (tmp_path / "nowhere", sound(tmp_path / "file.wav")):
        with pytest.raises(NotAFolder, match="Give the folder"):
            scan(session, path, zone=zone)
