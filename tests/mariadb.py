"""A MariaDB server for the tests: real, on loopback, gone with the run."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

CURE = "MariaDB server is not installed: run `make test`, or `apt-get install mariadb-server`."
START_WITHIN = 30.0


def free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A server whose data live in `home`; it can be stopped and started again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self._daemon = _require("mariadbd")
        subprocess.run(
            [_require("mariadb-install-db"), "--no-defaults", f"--datadir={home / 'data'}",
             "--user=root", "--auth-root-authentication-method=normal", "--skip-test-db"],
            check=True, capture_output=True,
        )  # fmt: skip
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it listens."""
        with (self.home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._daemon, "--no-defaults", "--user=root", f"--datadir={self.home / 'data'}",
                 f"--socket={self.home / 'sock'}", f"--port={self.port}",
                 "--bind-address=127.0.0.1", f"--pid-file={self.home / 'pid'}",
                 "--innodb-flush-log-at-trx-commit=2", "--innodb-buffer-pool-size=512M"],
                stdout=log, stderr=log,
            )  # fmt: skip
        until = time.monotonic() + START_WITHIN
        while self._process.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        log_end = (self.home / "log").read_text(errors="replace")[-2000:]
        raise RuntimeError(f"MariaDB did not start:\n{log_end}")

    def stop(self) -> None:
        """Stop it; what was committed stays."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)
            self._process = None

    def create(self, name: str) -> str:
        """Create an empty database and return its URL."""
        prefix = f"mysql+pymysql://root@127.0.0.1:{self.port}/"
        admin = sa.create_engine(prefix)
        with admin.connect() as connection:
            connection.execute(sa.text(f"CREATE DATABASE {name}"))
        admin.dispose()
        return f"{prefix}{name}?charset=utf8mb4"


@contextmanager
def server() -> Iterator[Server]:
    """Run a server for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="huisheng-mariadb-") as folder:
        running = Server(Path(folder))
        try:
            running.start()
            yield running
        finally:
            running.stop()


def _require(program: str) -> str:
    found = shutil.which(program) or shutil.which(program, path="/usr/sbin")
    if found is None:
        raise RuntimeError(CURE)
    return found
