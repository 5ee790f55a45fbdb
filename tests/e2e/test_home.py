"""The home page's beginning: what it needs is on its way before its scripts run."""

from collections import Counter
from urllib.parse import urlsplit

import pytest

from tests.e2e.conftest import OpenPage

FIRST = ("/api/home/carousel", "/api/home/newest", "/api/recommendations", "/api/site")


@pytest.mark.parametrize("phone", [False, True])
def test_what_the_first_paint_shows_is_asked_for_once_and_at_once(
    open_page: OpenPage, phone: bool
) -> None:
    page = open_page("/nowhere", phone=phone)
    # What that page asks for is not counted.
    page.wait_for_load_state("networkidle")
    asked: Counter[str] = Counter()
    page.on("request", lambda request: asked.update([urlsplit(request.url).path]))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert {path: asked[path] for path in FIRST} == dict.fromkeys(FIRST, 1)
    # The header asked for them, no script did.
    asked_by = page.evaluate(
        """() => Object.fromEntries(performance.getEntriesByType('resource')
            .map((entry) => [new URL(entry.name).pathname, entry.initiatorType]))"""
    )
    assert {path: asked_by[path] for path in FIRST} == dict.fromkeys(FIRST, "link")


def test_the_rows_come_in_turn_and_nothing_moves(open_page: OpenPage) -> None:
    page = open_page("/nowhere")
    page.add_init_script(
        """window.shifted = 0
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shifted += entry.value
        }).observe({ type: 'layout-shift', buffered: true })"""
    )
    page.goto("/")
    page.locator("main section h2").nth(4).wait_for()
    assert page.locator(".slide").count() == 5
    assert page.locator("main [aria-busy]").count() == 0
    assert page.evaluate("window.shifted") <= 0.05
