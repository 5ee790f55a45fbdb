"""One box finds songs, singers and lines, by keyboard alone; singers and albums have pages."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from backend.search.text import units
from tests.e2e.conftest import OpenPage, violations

Shot = Callable[[Page, str], None]


def first_title(page: Page) -> str:
    card = page.get_by_role("main").get_by_role("article").first
    return card.get_by_role("heading").inner_text()


def initials(title: str) -> str:
    return "".join(unit.readings[0][0] for unit in units(title))


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_initials_find_a_song_by_keyboard(
    open_page: OpenPage, shot: Shot, phone: bool, dark: bool
) -> None:
    look = f"{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
    page = open_page("/library", phone=phone, dark=dark)
    title = first_title(page)
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="搜索", exact=True)
    expect(box).to_be_focused()
    page.keyboard.type(initials(title))
    option = page.get_by_role("group", name="歌曲").get_by_role("option").filter(has_text=title)
    expect(option.first).to_contain_text("首字母")
    shot(page, f"search-box-{look}")
    assert violations(page) == []

    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)
    box.fill(title)
    expect(page.get_by_role("option").first).to_contain_text(title)
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("option").first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/songs/\d+"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    box.fill(title[:1])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search\?q="))
    expect(page.get_by_role("heading", name="歌曲", level=2)).to_be_visible()
    shot(page, f"search-{look}")
    assert violations(page) == []
    page.get_by_role("navigation", name="结果种类").get_by_role("link", name="歌曲").click()
    page.wait_for_url(re.compile("type=songs"))


def test_what_is_not_there_shows_what_is_near_or_popular(open_page: OpenPage, shot: Shot) -> None:
    page = open_page("/search?q=zzqqxxvvkk")
    expect(page.get_by_text("没有找到「zzqqxxvvkk」")).to_be_visible()
    expect(page.get_by_role("region", name="大家都在听").get_by_role("article")).to_have_count(4)
    shot(page, "search-nothing")
    assert violations(page) == []


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_a_song_leads_to_its_singer_and_album(open_page: OpenPage, shot: Shot, phone: bool) -> None:
    look = "phone" if phone else "desktop"
    page = open_page("/library", phone=phone)
    card = page.get_by_role("main").get_by_role("article").first
    title = first_title(page)
    card.locator("a[href^='/artists/']").first.click()
    page.wait_for_url(re.compile(r"/artists/\d+"))
    expect(page.get_by_role("region", name="歌曲").get_by_role("article").first).to_be_visible()
    shot(page, f"artist-{look}")
    assert violations(page) == []
    page.go_back()
    page.locator("article", has_text=title).locator("a[href^='/albums/']").first.click()
    page.wait_for_url(re.compile(r"/albums/\d+"))
    expect(page.get_by_role("region", name="歌曲")).to_contain_text(title)
    shot(page, f"album-{look}")
    assert violations(page) == []
