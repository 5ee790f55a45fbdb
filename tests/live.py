"""The product as people run it: its commands and its web server, as processes of their own."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

import psutil

from backend.settings import web_environment
from backend.supervisor import serve_command
from tests.mariadb import free_port

READY_WITHIN = 60.0
KEPT = 1.0
"""Seconds a connection may idle before it is opened anew; the server closes it after two."""
PASSWORD = "live 活 password"
Environment = dict[str, str]
Found = TypeVar("Found")


def environment(data_dir: Path, **settings: object) -> Environment:
    """Return an environment in which only these settings are set."""
    kept = {
        name: value
        for name, value in web_environment().items()
        if not name.startswith(("HUISHENG_", "PYTHON"))
    }
    given = {"data_dir": data_dir, "port": free_port(), **settings}
    return kept | {f"HUISHENG_{name.upper()}": str(value) for name, value in given.items()}


def python(*arguments: str | Path) -> list[str]:
    """Return the command line of `python …`, of the environment the tests run in."""
    return [sys.executable, *map(str, arguments)]


def command(*arguments: str | Path) -> list[str]:
    """Return the command line of `huisheng …`."""
    return python("-m", "backend.cli", *arguments)


def huisheng(
    environ: Environment, *arguments: str | Path, answers: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `huisheng …` to its end, typing `answers`."""
    return subprocess.run(
        command(*arguments), env=environ, input=answers, capture_output=True, text=True, check=False
    )


@dataclass(frozen=True)
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Client:
    """Sends requests over one kept connection."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self._token = token
        self._used = 0.0

    def send(self, method: str, path: str, body: object = None) -> Answer:
        """Send a request and read the answer.

        Raises:
            OSError, HTTPException: nobody answered; the next request connects anew.
        """
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        text = None
        if time.monotonic() - self._used > KEPT:
            self._connection.close()
        if body is not None:
            headers["Content-Type"], text = "application/json", json.dumps(body)
        try:
            self._connection.request(method, path, text, headers)
            response = self._connection.getresponse()
            self._used = time.monotonic()
            return Answer(response.status, response.headers, response.read())
        except (OSError, http.client.HTTPException):
            self._connection.close()
            raise

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def put(self, path: str, body: object = None) -> Answer:
        return self.send("PUT", path, body)

    def close(self) -> None:
        self._connection.close()


class WebServer:
    """The web server of one environment, started, killed and started again."""

    def __init__(self, environ: Environment, log: Path, *, ready: str = "/readyz") -> None:
        self.environ = environ
        self._ready = ready
        self.port = int(environ["HUISHENG_PORT"])
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None
        self._clients: list[Client] = []

    def start(self) -> float:
        """Start it; return the seconds until it was ready."""
        began = time.monotonic()
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                serve_command(), env=self.environ, stdout=log, stderr=log
            )
        self.await_ready(self._process)
        return time.monotonic() - began

    def await_ready(self, process: subprocess.Popen[bytes]) -> None:
        """Wait until the site answers, as long as this process lives."""
        until = time.monotonic() + READY_WITHIN
        client = self.client()
        while time.monotonic() < until and process.poll() is None:
            try:
                if client.get(self._ready).status == 200:
                    return
            except (OSError, http.client.HTTPException):
                time.sleep(0.02)
        raise RuntimeError(f"The server did not become ready:\n{self._log.read_text()[-2000:]}")

    def workers(self) -> list[psutil.Process]:
        """Return the processes that answer requests."""
        assert self._process is not None
        return psutil.Process(self._process.pid).children()

    def kill(self) -> None:
        """`kill -9` master and workers."""
        assert self._process is not None
        for process in (psutil.Process(self._process.pid), *self.workers()):
            process.kill()
        self._process.wait()
        self._process = None

    def stop(self) -> None:
        """Stop it the polite way, and close what it gave out."""
        for client in self._clients:
            client.close()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=30)
            self._process = None

    def client(self, token: str | None = None) -> Client:
        """Return a client for one thread."""
        client = Client(self.port, token)
        self._clients.append(client)
        return client

    def log_in(self, name: str, *, register: bool = True) -> str:
        """Return a Bearer token of the listener `name`."""
        credentials = {"username": name, "password": PASSWORD}
        client = self.client()
        if register:
            assert client.send("POST", "/api/accounts/register", credentials).status == 201
        answer = client.send("POST", "/api/accounts/token", credentials)
        assert answer.status == 200, answer.body
        token: str = answer.json["access_token"]
        return token

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


@contextmanager
def running(environ: Environment, *arguments: str, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run `huisheng …` in a process group of its own; none of the group outlives the block."""
    with log.open("ab") as out:
        process = subprocess.Popen(
            command(*arguments), env=environ, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def alive(leader: int) -> list[psutil.Process]:
    """Return what lives of a process group."""
    found = []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) == leader and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
        except (ProcessLookupError, psutil.NoSuchProcess):
            continue
    return found


def wait_for(condition: Callable[[], Found], within: float, what: str) -> Found:
    """Return what `condition()` says once it says something."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {within:.0f} s: {what}")


@contextmanager
def replaying(home: Path, *arguments: str) -> Iterator[str]:
    """Run `huisheng replay …` on any free port; yield its address."""
    with subprocess.Popen(
        command("replay", "--port", "0", *arguments),
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline())
        assert found is not None
        try:
            yield found[0]
        finally:
            process.send_signal(signal.SIGTERM)
