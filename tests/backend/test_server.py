import os
import signal
from pathlib import Path

import pytest

from backend.server import Server
from backend.settings import Settings
from tests.live import WebServer, alive, environment, running, wait_for


def options(settings: Settings) -> Server:
    return Server(settings, reload=False)


def test_sqlite_gets_one_worker_and_a_database_server_two(tmp_path: Path) -> None:
    sqlite = Settings(data_dir=tmp_path)
    mysql = Settings(data_dir=tmp_path, database_url="mysql+pymysql://root@127.0.0.1/huisheng")
    assert options(sqlite).cfg.workers == 1
    assert options(mysql).cfg.workers == 2
    assert options(Settings(data_dir=tmp_path, workers=3)).cfg.workers == 3


@pytest.mark.parametrize(("host", "bound"), [("127.0.0.1", "127.0.0.1"), ("::1", "::1")])
def test_it_listens_where_it_was_told(host: str, bound: str, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, host=host, port=8123)
    assert options(settings).cfg.address == [(bound, 8123)]


def test_serve_is_the_server_itself_so_that_one_signal_ends_it(tmp_path: Path) -> None:
    environ = environment(tmp_path)
    log = tmp_path / "log"
    server = WebServer(environ, log)
    with running(environ, "serve", log=log) as process:
        server.await_ready(process)
        assert [p.pid for p in alive(process.pid) if p.ppid() == os.getpid()] == [process.pid]
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        wait_for(lambda: not alive(process.pid), 5, "every process gone")
    server.stop()
    assert "Traceback" not in log.read_text()
