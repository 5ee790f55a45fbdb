"""A MariaDB server for the tests: real, on loopback, gone with the run."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CURE = "MariaDB server is not installed; run `make test`, which installs it, or `apt-get install mariadb-server`."


def free_port() -> int:
    """Return a loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server() -> Iterator[str]:
    """Run a server; yield its URL prefix, to which a database name is added."""
    daemon = shutil.which("mariadbd") or shutil.which("mariadbd", path="/usr/sbin")
    install = shutil.which("mariadb-install-db")
    if daemon is None or install is None:
        raise RuntimeError(CURE)
    with tempfile.TemporaryDirectory(prefix="huisheng-mariadb-") as folder:
        home = Path(folder)
        port = free_port()
        subprocess.run(
            [install, "--no-defaults", f"--datadir={home / 'data'}", "--user=root",
             "--auth-root-authentication-method=normal", "--skip-test-db"],
            check=True, capture_output=True,
        )  # fmt: skip
        log = (home / "log").open("wb")
        process = subprocess.Popen(
            [daemon, "--no-defaults", "--user=root", f"--datadir={home / 'data'}",
             f"--socket={home / 'sock'}", f"--port={port}", "--bind-address=127.0.0.1",
             f"--pid-file={home / 'pid'}", "--innodb-flush-log-at-trx-commit=2"],
            stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait(process, port, home / "log")
            yield f"mysql+pymysql://root@127.0.0.1:{port}/"
        finally:
            process.terminate()
            process.wait(timeout=30)
            log.close()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("MariaDB did not start:\n" + log.read_text(errors="replace")[-2000:])
