"""My listening in a real browser: an invitation first, then one's own charts, for nobody else."""

import csv
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage, violations
from tests.e2e.test_charts import painted, wait_for_charts
from tests.e2e.test_journey import newcomer, register

Shot = Callable[[Page, str], None]
PAINTED = ("播放", "听得最多的歌", "听得最多的歌手", "收听时段", "曲风")


def listen(page: Page, songs: list[int]) -> None:
    """Log plays and a heart as the player would, with the page's own cookies."""
    token = next(c["value"] for c in page.context.cookies() if c["name"] == "csrf_access_token")
    headers = {"X-CSRF-TOKEN": token}
    for place, song in enumerate(songs):
        body = {"id": str(uuid4()), "song_id": song, "count": 1 + place % 4, "seconds": 120}
        assert page.request.post("/api/plays", headers=headers, data=body).status == 202
    assert page.request.put(f"/api/songs/{songs[0]}/heart", headers=headers).ok


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_newcomer_is_invited_and_a_listener_sees_what_was_heard(
    open_page: OpenPage, shot: Shot, phone: bool, dark: bool
) -> None:
    page = open_page("/", phone=phone, dark=dark)
    register(page, newcomer())
    page.goto("/")
    page.get_by_role("button", name=re.compile("的账户$")).click()
    page.get_by_role("menuitem", name="我的收听").click()
    expect(page.get_by_text("还没有听歌的记录")).to_be_visible()
    assert violations(page) == []

    found = page.request.get("/api/songs?sort=heat&per_page=24").json()["items"]
    listen(page, [song["id"] for song in found])
    page.reload()
    expect(page.get_by_role("region", name="我的收听")).to_contain_text("颗红心")
    for name in PAINTED:
        page.get_by_role("region", name=name, exact=True).scroll_into_view_if_needed()
    wait_for_charts(page, PAINTED)
    for name in PAINTED:
        assert painted(page, name) > 0.004, name
    page.evaluate("document.querySelector('main').scrollIntoView()")
    shot(page, f"listening-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}")
    assert violations(page) == []

    page.get_by_role("button", name="听得最多的歌的更多操作").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="下载 CSV").click()
    lines = list(csv.DictReader(Path(download.value.path()).read_text("utf-8-sig").splitlines()))
    assert (len(lines), lines[0]["count"]) == (24, "4")


def test_a_visitor_is_asked_to_log_in(open_page: OpenPage) -> None:
    page = open_page("/me/listening")
    expect(page).to_have_url("/login?next=/me/listening")
