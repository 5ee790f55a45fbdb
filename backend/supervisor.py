"""`huisheng run`: prepare what is missing, serve, and work behind the pages meanwhile.

Every heavy step is a process of its own, so that this one stays small and stops them all.
"""

import errno
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from types import FrameType

from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.database import ready_engine
from backend.db.session import create_engine
from backend.errors import Conflict, Invalid, Unavailable
from backend.search import index as search
from backend.settings import Settings, web_environment
from backend.songs import service as songs
from backend.terminal import say
from models.artifacts import ArtifactStore

QUICK = ("popularity", "itemcf", "usercf")
"""Trained in seconds, before the page opens."""
SLOW = ("two_tower", "rnn", "blend")
"""Trained behind; the page says so meanwhile."""
SENTIMENT = "sentiment_ensemble"
READY_WITHIN = 60.0
POLL = 0.1


class PortTaken(Conflict):
    def __init__(self, settings: Settings) -> None:
        super().__init__(
            f"{settings.listen} is taken. Stop what listens there, "
            f"or choose another port: HUISHENG_PORT={settings.port + 1} make run"
        )


class NoDemo(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "The demo library could not be loaded; the lines above say why. "
            "HUISHENG_DEMO=0 starts with an empty one."
        )


class NotReady(Unavailable):
    def __init__(self) -> None:
        super().__init__("The server did not become ready. Its last lines above say why.")


def run(settings: Settings, *, worker: bool = True) -> int:
    """Prepare, serve and work behind until stopped; return the server's exit code."""
    check(settings)
    _stop_on_signals()
    running: list[subprocess.Popen[bytes]] = []
    try:
        is_empty = _prepare(settings)
        server = subprocess.Popen(serve_command(), env=web_environment())
        running.append(server)
        _wait_until_ready(settings, server)
        if worker:
            running.append(subprocess.Popen(_huisheng("worker")))
        _greet(settings)
        if not is_empty and (slow := _untrained(settings, SLOW)):
            names = ", ".join(slow)
            say(f"Training behind the page: {names}. Their rows say so until they are ready.")
            running.append(subprocess.Popen(["nice", *_huisheng("train", *slow)]))
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def serve_command(*, reload: bool = False) -> list[str]:
    """Return the command that serves; run it in `web_environment()`."""
    return [sys.executable, "-m", "backend.server", *(["--reload"] if reload else [])]


def _huisheng(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "backend.cli", *arguments]


def check(settings: Settings) -> None:
    """Find out before anything is started what would keep the server from starting.

    Raises:
        PortTaken, Invalid: as named; the address cannot be listened on, the key is weak.
    """
    settings.signing_key()
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortTaken(settings) from None
            raise Invalid(
                f"{settings.listen} cannot be listened on: {error.strerror}. "
                "Set HUISHENG_HOST and HUISHENG_PORT."
            ) from None


def _prepare(settings: Settings) -> bool:
    """Make the database, the demo library and the quick models; tell whether nothing is there."""
    engine = ready_engine(settings, create=True)
    with Session(engine) as session:
        is_empty = songs.count(session) == (0, 0)
        finds_all = search.is_whole(session) and not search.lag(session)
    engine.dispose()
    if not finds_all:
        say("Making the search index.")
        subprocess.run(_huisheng("search", "rebuild"), check=False)
    if is_empty and settings.demo:
        say("The library is empty: loading the demo library (HUISHENG_DEMO=0 starts empty).")
        if subprocess.run(_huisheng("demo", "load"), check=False).returncode:
            raise NoDemo
        is_empty = False
    if not is_empty and (quick := _untrained(settings, QUICK)):
        say(f"Training {', '.join(quick)}.")
        # An imported library without listeners has nothing to learn from: the page still opens.
        subprocess.run(_huisheng("train", *quick), check=False)
    if ArtifactStore(settings.artifacts_dir).current_version(SENTIMENT) is None:
        say("Preparing the sentiment model.")
        subprocess.run(_huisheng("train", "sentiment"), check=False)
        if not is_empty:
            subprocess.run(_huisheng("score-comments"), check=False)
    return is_empty


def _untrained(settings: Settings, names: Sequence[str]) -> list[str]:
    store = ArtifactStore(settings.artifacts_dir)
    return [name for name in names if store.current_version(name) is None]


def _wait_until_ready(settings: Settings, server: subprocess.Popen[bytes]) -> None:
    url = f"http://{settings.listen}/readyz"
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2):  # our own http address
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(POLL)
    raise NotReady


def _greet(settings: Settings) -> None:
    say(f"\n  回声 is at {settings.address}\n")
    engine = create_engine(settings.url)
    with Session(engine) as session:
        if not accounts.has_admin(session):
            say("  Make an admin:  .venv/bin/huisheng user create NAME --role admin")
    engine.dispose()
    say("  Stop with Ctrl-C.\n")


def _stop_on_signals() -> None:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
