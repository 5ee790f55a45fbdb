"""`huisheng run` as a person starts it, in a process of its own."""

import signal
import time
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend import supervisor
from backend.db.session import create_engine
from backend.settings import Settings
from backend.songs.tables import Song
from tests.live import Environment, WebServer, alive, environment, running, wait_for
from tests.mariadb import free_port


@pytest.fixture
def empty(tmp_path: Path) -> Environment:
    return environment(tmp_path / "data", demo=0)


def test_run_prepares_serves_greets_and_ends_whole(empty: Environment, tmp_path: Path) -> None:
    for start in ("first", "second"):
        log = tmp_path / start
        began = time.monotonic()
        with running(empty, "run", log=log) as process:
            site = WebServer(empty, log)
            site.await_ready(process)
            site.stop()
            print(f"{start} start: ready in {time.monotonic() - began:.1f} s")
            wait_for(lambda log=log: "Stop with Ctrl-C" in log.read_text(), 10, "the greeting")
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) == 0
            assert alive(process.pid) == []
        told = log.read_text()
        assert f"回声 is at http://127.0.0.1:{empty['HUISHENG_PORT']}" in told
        assert "huisheng user create NAME --role admin" in told
        assert "Training" not in told, "there is nothing to learn from"
        assert "Traceback" not in told
    assert (tmp_path / "data" / "secret_key").stat().st_mode & 0o777 == 0o600


def test_stopping_amid_preparation_leaves_neither_process_nor_half_a_library(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    environ = environment(
        tmp_path / "data", demo_songs=5_000, tools_dir=tmp_path / "file" / "tools"
    )
    log = tmp_path / "log"
    with running(environ, "run", log=log) as process:
        wait_for(lambda: "demo library: storing" in log.read_text(), 60, "the demo being stored")
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert alive(process.pid) == []
    engine = create_engine(Settings(data_dir=tmp_path / "data").url)
    with Session(engine) as session:
        assert session.scalar(select(func.count(Song.id))) == 0
    engine.dispose()


def test_a_demo_that_cannot_be_loaded_ends_with_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(data_dir=tmp_path, port=free_port())
    monkeypatch.setattr(supervisor, "_huisheng", lambda *_: ["false"])
    monkeypatch.setattr(supervisor, "_stop_on_signals", lambda: None)
    with pytest.raises(supervisor.NoDemo, match="HUISHENG_DEMO=0"):
        supervisor.run(settings)
