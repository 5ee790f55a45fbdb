"""The home page as a listener's own slow computer has it: script, first picture, shifts."""

import gzip
import re
import statistics
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench.figures import Figure
from tests.e2e.conftest import CHROMIUM, FLAGS, ROOT
from tests.live import Environment, WebServer

SCRIPT_LIMIT, PAINT_LIMIT, SHIFT_LIMIT = 120.0, 1_500.0, 0.05
"""KiB compressed, milliseconds, and the unit of layout shifts."""
SLOWED = 4
ROUNDS = 5
SETTLED_MS = 2_000
SIZE = {"width": 1440, "height": 900}
NOTED = """
window.painted = 0
window.shifted = 0
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.painted = entry.startTime
}).observe({ type: 'largest-contentful-paint', buffered: true })
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value
}).observe({ type: 'layout-shift', buffered: true })
"""
_IMPORT = re.compile(rb"""(?:from|import)\s*["'`]\./([\w.~-]+\.js)["'`]""")


DIST = ROOT / "frontend" / "dist"


def script(dist: Path = DIST) -> dict[str, int]:
    """Return the scripts the home page cannot do without, with their bytes compressed.

    Those of `index.html`, of the page, and what these import; what is fetched later is not.
    """
    found: dict[str, int] = {}
    waiting = re.findall(r"assets/([\w.~-]+\.js)", (dist / "index.html").read_text())
    waiting += [page.name for page in (dist / "assets").glob("HomePage-*.js")]
    while waiting:
        name = waiting.pop()
        if name not in found:
            code = (dist / "assets" / name).read_bytes()
            found[name] = len(gzip.compress(code, 9))
            waiting += [other.decode() for other in _IMPORT.findall(code)]
    return found


def measure(environ: Environment, log: Path, *, rounds: int = ROUNDS) -> list[Figure]:
    """Return the script's size, and the median largest paint and the worst shifts of visits."""
    assert CHROMIUM, "Chromium is not installed: `make test` installs it"
    with WebServer(environ, log) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        visits = [_visit(browser, f"http://127.0.0.1:{server.port}/") for _ in range(rounds + 1)]
        browser.close()
    paints, shifts = zip(*visits[1:], strict=True)
    note = f"processor slowed {SLOWED} times"
    return [
        Figure("home's script, compressed", sum(script().values()) / 1024, "KiB", SCRIPT_LIMIT),
        Figure("home's largest paint", statistics.median(paints), "ms", PAINT_LIMIT, note),
        Figure("home's layout shifts", max(shifts), "", SHIFT_LIMIT, note),
    ]


def _visit(browser: Browser, address: str) -> tuple[float, float]:
    with browser.new_context(viewport=SIZE, locale="zh-CN") as context:
        page = context.new_page()
        page.add_init_script(NOTED)
        session = context.new_cdp_session(page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(SETTLED_MS)
        return float(page.evaluate("window.painted")), float(page.evaluate("window.shifted"))
