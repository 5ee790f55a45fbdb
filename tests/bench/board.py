"""The big screen over a large library, in a browser: its first frame, and hours on a wall."""

import time
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from backend.settings import Settings
from tests.bench.figures import Figure
from tests.e2e.conftest import CHROMIUM, FLAGS
from tests.live import Environment, WebServer

FRAME_LIMIT = 1_500.0
CYCLES = 200
SIZE = {"width": 1920, "height": 1080}
TILES = 8
FRAME = """window.firstFrame = new Promise((tell) => {
  const look = () => {
    const tiles = [...document.querySelectorAll('.place')]
    const isDrawn = tiles.length === %d && tiles.every((tile) => tile.querySelector('canvas'))
    if (isDrawn) tell(performance.now())
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})"""
"""Tells the time from the address to the frame in which every tile is drawn."""


def measure(environ: Environment, log: Path, *, cycles: int = CYCLES) -> list[Figure]:
    """Return the first frame's milliseconds, and heap and nodes before and after refreshes.

    First the server works everything out anew, then it has the answers; the browser's own cache is
    empty both times.
    """
    assert CHROMIUM, "Chromium is not installed: `make test` installs it"
    where = "SQLite" if Settings.from_environment(environ).is_sqlite else "MariaDB"
    # Search does not know the large library, and the board asks for nothing of it.
    alive = WebServer(environ, log, ready="/healthz")
    with alive as server, sync_playwright() as playwright:
        address = f"http://127.0.0.1:{server.port}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        _awake(browser)
        first = _first_frame(browser, address)
        # Each worker of the server keeps answers of its own.
        _first_frame(browser, address)
        again = min(_first_frame(browser, address) for _ in range(3))
        figures = [
            Figure(f"board's first frame, {where}, new", first, "ms", FRAME_LIMIT),
            Figure(f"board's first frame, {where}, kept", again, "ms", FRAME_LIMIT),
            *_on_a_wall(browser, address, where, cycles),
        ]
        browser.close()
    return figures


def _awake(browser: Browser) -> None:
    """Let it have shown a page: what a browser's own start takes is not the site's."""
    with browser.new_context(viewport=SIZE) as context:
        page = context.new_page()
        page.set_content("<canvas></canvas><p>回声</p>")
        page.evaluate("new Promise((tell) => requestAnimationFrame(tell))")


def _first_frame(browser: Browser, address: str) -> float:
    with browser.new_context(viewport=SIZE, locale="zh-CN") as context:
        page = context.new_page()
        page.add_init_script(FRAME % TILES)
        page.goto(f"{address}/screen")
        return float(page.evaluate("window.firstFrame"))


def _on_a_wall(browser: Browser, address: str, where: str, cycles: int) -> list[Figure]:
    """Let the page's clock run through so many refreshes."""
    with browser.new_context(viewport=SIZE, locale="zh-CN") as context:
        page = context.new_page()
        page.clock.install()
        page.goto(f"{address}/screen?kiosk=1&refresh=60")
        page.locator(".place canvas").nth(TILES - 3).wait_for()
        cdp = context.new_cdp_session(page)
        cdp.send("Performance.enable")
        for _ in range(3):
            _refresh(page)
        before, began = _memory(cdp), time.monotonic()
        for _ in range(cycles):
            _refresh(page)
        after, took = _memory(cdp), time.monotonic() - began
    note = f"{cycles} refreshes in {took:.0f} s"
    return [
        Figure(f"board's heap before, {where}", before["JSHeapUsedSize"] / 2**20, "MB"),
        Figure(f"board's heap after, {where}", after["JSHeapUsedSize"] / 2**20, "MB", None, note),
        Figure(f"board's nodes before, {where}", before["Nodes"], ""),
        Figure(f"board's nodes after, {where}", after["Nodes"], "", before["Nodes"] * 1.1),
    ]


def _refresh(page: Page) -> None:
    """Let a minute pass, and what was asked for be drawn."""
    page.clock.fast_forward(60_000)
    page.wait_for_load_state("networkidle")
    page.clock.run_for(1_000)


def _memory(cdp: CDPSession) -> dict[str, float]:
    cdp.send("HeapProfiler.collectGarbage")
    found = cdp.send("Performance.getMetrics")["metrics"]
    return {metric["name"]: float(metric["value"]) for metric in found}
