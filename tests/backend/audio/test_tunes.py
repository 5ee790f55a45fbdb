import os
import time
from pathlib import Path

import pytest

from backend.audio import tunes
from backend.audio.errors import TunesBusy
from backend.audio.service import TuneFacts
from backend.audio.tunes import TuneMaker

FACTS = TuneFacts("s1", 160.0, "欢快", ("流行",))


def wait_for(maker: TuneMaker, facts: TuneFacts) -> Path:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        path = maker.get(facts)
        if path is not None:
            return path
        time.sleep(0.05)
    raise AssertionError("the tune was not made in a minute")


def test_a_tune_is_made_once_beside_the_request(tmp_path: Path) -> None:
    maker = TuneMaker(tmp_path / "tunes", limit=1 << 30)
    assert maker.get(FACTS) is None
    path = wait_for(maker, FACTS)
    made = path.stat().st_mtime_ns
    assert path.stat().st_size > 50_000
    assert maker.get(FACTS) == path
    assert path.stat().st_mtime_ns >= made
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_what_was_not_heard_for_longest_makes_room(tmp_path: Path) -> None:
    maker = TuneMaker(tmp_path, limit=450_000)
    old, dear = tmp_path / "old.mp3", tmp_path / "dear.mp3"
    for age, path in ((200, old), (100, dear)):
        path.write_bytes(b"x" * 200_000)
        os.utime(path, (time.time() - age, time.time() - age))
    path = wait_for(maker, FACTS)
    until = time.monotonic() + 5
    while old.exists() and time.monotonic() < until:
        time.sleep(0.02)
    assert path.exists()
    assert dear.exists()
    assert not old.exists()


def test_too_many_at_once_are_turned_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tunes, "WAITING", 1)
    maker = TuneMaker(tmp_path, limit=1 << 30)
    assert maker.get(FACTS) is None
    with pytest.raises(TunesBusy):
        maker.get(TuneFacts("s2", 90.0, None, ()))
    wait_for(maker, FACTS)


def test_a_tune_that_fails_is_tried_again(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    maker = TuneMaker(blocked / "tunes", limit=1 << 30)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            assert maker.get(FACTS) is None
        except NotADirectoryError:
            return
        if not maker._making:
            break
        time.sleep(0.02)
    assert maker.get(FACTS) is None
