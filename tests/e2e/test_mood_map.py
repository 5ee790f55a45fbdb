"""The library on the valence-arousal plane in a real browser: zoom, filter, hear."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import OpenPage, violations

Shot = Callable[[Page, str], None]


@pytest.fixture
def open_map(open_page: OpenPage, tiny_site: str) -> OpenPage:
    """Opens the map of the small site."""

    def opened(*, phone: bool = False, dark: bool = False) -> Page:
        page = open_page("/healing/map", base_url=tiny_site, phone=phone, dark=dark)
        expect(_list(page).get_by_role("listitem").first).to_be_visible()
        return page

    return opened


def _list(page: Page) -> Locator:
    return page.get_by_role("region", name="图中的歌")


def _count(page: Page) -> int:
    said = _list(page).get_by_role("status").inner_text()
    return int(re.sub(r"\D", "", said.split(" ")[0]))


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_library_lies_on_the_plane_and_is_heard(
    open_map: OpenPage, shot: Shot, phone: bool, dark: bool
) -> None:
    page = open_map(phone=phone, dark=dark)
    assert _count(page) == 120
    page.get_by_role("button", name="欢快有劲").click()
    expect(page).to_have_url(re.compile(r"at=0\.000,1\.040,0\.000,1\.040"))
    expect(_list(page).get_by_role("status")).not_to_have_text(re.compile("^120 "))
    song = _list(page).get_by_role("listitem").first
    song.get_by_role("button", name=re.compile("^播放")).click()
    expect(song.get_by_role("button", name=re.compile("^暂停"))).to_be_visible()
    shot(page, f"mood-map-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}")
    assert violations(page) == []


def test_a_point_is_pressed_and_its_song_starts_a_journey(open_map: OpenPage) -> None:
    page = open_map()
    canvas = page.locator("canvas")
    box = canvas.bounding_box()
    assert box is not None
    # Songs stand .19 apart from -.95: one lies at (0, 0), the middle.
    canvas.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    card = page.get_by_role("region", name="选中的歌")
    expect(card.get_by_text("在中间")).to_be_visible()
    title = card.get_by_role("link").first.inner_text()
    card.get_by_role("button", name=re.compile("^播放")).click()
    expect(page.get_by_role("region", name="播放器")).to_contain_text(title)
    card.get_by_role("link", name="从这里出发").click()
    expect(page).to_have_url(re.compile(r"/healing\?from=-?0\.00,-?0\.00"))
    expect(page.get_by_role("region", name="两种走法").get_by_role("listitem")).to_have_count(6)


def test_zoom_by_wheel_keys_and_buttons(open_map: OpenPage) -> None:
    page = open_map()
    page.get_by_role("button", name="放大").click()
    expect(page).to_have_url(re.compile("at="))
    near = _count(page)
    assert near < 120
    page.keyboard.press("+")
    expect(_list(page).get_by_role("status")).not_to_have_text(re.compile(f"^{near} "))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"at=-0\.262,0\.612,"))
    page.get_by_role("button", name="回到全图").click()
    expect(page).not_to_have_url(re.compile("at="))
    expect(_list(page).get_by_role("status")).to_have_text(re.compile("^120 "))
    page.locator("canvas").hover()
    page.keyboard.down("Control")
    page.mouse.wheel(0, -600)
    page.keyboard.up("Control")
    expect(_list(page).get_by_role("status")).not_to_have_text(re.compile("^120 "))


def test_filters_live_in_the_address(open_map: OpenPage) -> None:
    page = open_map()
    choice = page.get_by_label("曲风")
    genre = choice.locator("option").nth(1).get_attribute("value")
    assert genre
    choice.select_option(genre)
    expect(_list(page).get_by_role("status")).not_to_have_text(re.compile("^120 "))
    some = _count(page)
    assert 0 < some < 120
    page.reload()
    expect(page.get_by_label("曲风")).to_have_value(genre)
    expect(_list(page).get_by_role("status")).to_have_text(re.compile(f"^{some} "))
    page.get_by_label("凭什么放置").select_option("words")
    expect(page.get_by_text("没有符合这些条件的歌")).to_be_visible()
    page.get_by_role("button", name="清除筛选").click()
    expect(_list(page).get_by_role("status")).to_have_text(re.compile("^120 "))
