"""A real site for the browser: the demo library, trained recommenders, the built front end."""

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select

from backend.db import schema
from backend.db.base import utc_now
from backend.db.session import create_engine, unit_of_work
from backend.demo import service
from backend.demo.listeners import Size
from backend.healing.tables import SongMood
from backend.recommendations.names import Algorithm
from backend.songs.tables import Song
from tests.live import WebServer, environment, huisheng

ROOT = Path(__file__).parents[2]
SHOTS = ROOT / "test-results" / "screenshots"
AXE = ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SMALL = Size(listeners=120, plays=12_000, ratings=4_000, comments=1_000)
PASSWORD = "山高水长 river"
ADMIN = "掌管的人"
CLINICIAN = "林医生本人"
TINY = Size(listeners=20, plays=200, ratings=60, comments=10)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, zone: ZoneInfo) -> Iterator[str]:
    """The address of a running site with every recommender trained."""
    data = tmp_path_factory.mktemp("site")
    engine = create_engine(f"sqlite:///{data / 'huisheng.db'}")
    schema.upgrade(engine)
    with unit_of_work(engine) as session:
        service.load(
            session, folder=None, until=datetime.now(UTC), zone=zone, songs=300, size=SMALL
        )
    engine.dispose()
    environ = environment(data)
    trained = huisheng(environ, "train", *get_args(Algorithm))
    assert trained.returncode == 0, trained.stderr
    # A second version of one, so that there is something to go back to.
    for command in (["train", "--force", "itemcf"], ["train", "sentiment"], ["score-comments"]):
        done = huisheng(environ, *command)
        assert done.returncode == 0, done.stderr
    made = huisheng(environ, "user", "create", ADMIN, "--role=admin", f"--password={PASSWORD}")
    assert made.returncode == 0, made.stderr
    with WebServer(environ, data / "server.log") as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="session")
def tiny_data(tmp_path_factory: pytest.TempPathFactory, zone: ZoneInfo) -> Path:
    """A data directory with songs all over the plane; nothing is trained."""
    folder = tmp_path_factory.mktemp("tiny")
    engine = create_engine(f"sqlite:///{folder / 'huisheng.db'}")
    schema.upgrade(engine)
    with unit_of_work(engine) as session:
        service.load(session, folder=None, until=datetime.now(UTC), zone=zone, songs=120, size=TINY)
        for number, song_id in enumerate(session.scalars(select(Song.id).order_by(Song.id))):
            session.merge(
                SongMood(
                    song_id=song_id,
                    valence=-0.95 + 0.19 * (number % 11),
                    arousal=-0.95 + 0.19 * (number // 11 % 11),
                    tempo=60.0 + number,
                    evidence="audio",
                    version="test",
                    placed_at=utc_now(),
                )
            )
    engine.dispose()
    return folder


@pytest.fixture(scope="session")
def tiny_site(tiny_data: Path) -> Iterator[str]:
    """The address of a site that stands on it; its clinician is CLINICIAN."""
    environ = environment(tiny_data)
    made = huisheng(
        environ, "user", "create", CLINICIAN, "--role=clinician", f"--password={PASSWORD}"
    )
    assert made.returncode == 0, made.stderr
    with WebServer(environ, tiny_data / "server.log") as server:
        yield f"http://127.0.0.1:{server.port}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, (
        "Chromium is not installed: `make test` installs it, or apt-get install chromium"
    )
    assert AXE.exists(), "axe is not installed: run `make setup`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Opens a fresh browser profile on `site`, or on the one whose `base_url` is given.

    Fails on anything the page complains about.
    """
    contexts = []
    complaints: list[str] = []

    def opened(
        path: str = "/",
        *,
        base_url: str | None = None,
        phone: bool = False,
        dark: bool = False,
        **options: object,
    ) -> Page:
        context = browser.new_context(
            base_url=base_url or request.getfixturevalue("site"),
            viewport=PHONE if phone else DESKTOP,
            device_scale_factor=2 if phone else 1,
            has_touch=phone,
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda m: complaints.append(m.text) if _is_complaint(m) else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


def _is_complaint(message: object) -> bool:
    # The browser itself notes every refused request; what the page makes of it is tested.
    text, kind = getattr(message, "text", ""), getattr(message, "type", "")
    return kind in ("error", "warning") and not re.match(r"Failed to load resource", text)


@pytest.fixture
def shot() -> Callable[[Page, str], None]:
    """Keeps a picture for whoever looks at the run."""
    SHOTS.mkdir(parents=True, exist_ok=True)

    def take(page: Page, name: str) -> None:
        page.wait_for_load_state("networkidle")
        page.screenshot(path=SHOTS / f"{name}.png", animations="disabled")

    return take


def violations(page: Page) -> list[str]:
    """Run axe (WCAG 2.2 A and AA) and return what it finds."""
    page.evaluate(AXE.read_text())  # not a script tag: the page's own policy forbids strangers
    found = page.evaluate(
        """async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a',
        'wcag21aa', 'wcag22aa', 'best-practice']})).violations
        .map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(', ')}`)"""
    )
    assert isinstance(found, list)
    return found
