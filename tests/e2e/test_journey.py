"""A newcomer's first minutes, in a real browser against the real site."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PASSWORD, OpenPage, violations

Shot = Callable[[Page, str], None]
ROWS = ("顺着你刚听的往下走", "和你口味相近的人在听", "与你喜欢的歌相似", "懂你的声音")


def newcomer() -> str:
    return f"听众{uuid4().hex[:8]}"


def register(page: Page, name: str) -> None:
    page.goto("/login?tab=register")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="注册", exact=True).click()
    page.wait_for_url("**/welcome**")


def row(page: Page, title: str) -> Locator:
    return page.get_by_role("region", name=title)


def titles(section: Locator) -> list[str]:
    expect(section.get_by_role("article")).to_have_count(4)
    return section.get_by_role("article").get_by_role("heading").all_inner_texts()


def heart_of(section: Locator, place: int) -> Locator:
    card = section.get_by_role("article").nth(place)
    return card.get_by_role("button", name=re.compile("^喜欢《"))


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_register_pick_heart_and_the_rows_change(
    open_page: OpenPage, shot: Shot, phone: bool, dark: bool
) -> None:
    look = f"{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
    page = open_page("/", phone=phone, dark=dark)
    expect(row(page, "大家都在听").get_by_role("article")).to_have_count(4)
    shot(page, f"visitor-{look}")
    assert violations(page) == []

    name = newcomer()
    page.goto("/login")
    shot(page, f"login-{look}")
    assert violations(page) == []
    register(page, name)
    page.get_by_role("button", name="民谣").click()
    shot(page, f"welcome-{look}")
    assert violations(page) == []
    page.get_by_role("button", name="选好了").click()

    similar = row(page, ROWS[2])
    expect(similar).to_contain_text("因为你选了「民谣」")
    hearted = []
    for place in range(3):
        with page.expect_response(lambda r: "/api/recommendations" in r.url and r.ok):
            heart_of(similar, place).click()
        expect(heart_of(similar, place)).to_have_attribute("aria-pressed", "true")
        hearted.append(titles(similar)[place])
        assert titles(similar)[: place + 1] == hearted  # rated cards keep their slots
    shot(page, f"hearted-{look}")
    assert violations(page) == []

    page.reload()
    for title in ROWS:
        expect(row(page, title).get_by_role("article")).to_have_count(4)
    after = titles(row(page, ROWS[2]))
    assert not set(after) & set(hearted)  # what was rated is not recommended again
    expect(row(page, ROWS[2])).to_contain_text("相似度")
    shown = [t for title in ROWS for t in titles(row(page, title))]
    assert len(shown) == len(set(shown)) == 16
    shot(page, f"home-{look}")

    page.goto("/me/ratings")
    expect(page.get_by_role("main")).to_contain_text(hearted[0])
    shot(page, f"ratings-{look}")
    assert violations(page) == []
    page.goto("/")
    page.get_by_role("button", name=re.compile(f"{name} 的账户")).click()
    page.get_by_role("menuitem", name="退出登录").click()
    expect(row(page, "大家都在听").get_by_role("article")).to_have_count(4)


def test_a_song_page_and_the_library(open_page: OpenPage, shot: Shot) -> None:
    page = open_page("/library")
    expect(page.get_by_role("main").get_by_role("article").first).to_be_visible()
    shot(page, "library-desktop-light")
    assert violations(page) == []
    first = page.get_by_role("main").get_by_role("article").first
    title = first.get_by_role("heading").inner_text()
    first.get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/songs/\d+"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    expect(page.get_by_role("main")).to_contain_text("歌词")
    shot(page, "song-desktop-light")
    assert violations(page) == []


def test_a_refused_heart_is_restored_and_says_so(open_page: OpenPage) -> None:
    page = open_page("/")
    register(page, newcomer())
    page.get_by_role("button", name="跳过").click()
    section = row(page, ROWS[1])
    titles(section)
    page.route("**/api/songs/*/heart*", lambda route: route.abort())
    heart_of(section, 0).click()
    expect(page.get_by_text("评分没有保存，已恢复", exact=True)).to_be_visible()
    expect(heart_of(section, 0)).to_have_attribute("aria-pressed", "false")


def test_not_interested_takes_the_song_away_and_undo_brings_it_back(open_page: OpenPage) -> None:
    page = open_page("/")
    register(page, newcomer())
    page.get_by_role("button", name="跳过").click()
    section = row(page, ROWS[1])
    hidden = titles(section)[0]
    section.get_by_role("button", name=re.compile("的更多操作$")).first.click()
    page.get_by_role("menuitem", name="不感兴趣").click()
    expect(page.get_by_text(f"已隐藏《{hidden}》，推荐里不再出现", exact=True)).to_be_visible()
    expect(section).not_to_contain_text(hidden)
    page.reload()
    assert hidden not in [t for title in ROWS for t in titles(row(page, title))]


def test_stars_and_hearts_work_by_keyboard_alone(open_page: OpenPage) -> None:
    page = open_page("/")
    register(page, newcomer())
    page.get_by_role("button", name="跳过").click()
    section = row(page, ROWS[1])
    titles(section)
    stars = section.get_by_role("group", name=re.compile("^给《")).first
    stars.get_by_role("radio", name=re.compile("^3 星")).focus()
    with page.expect_response(lambda r: "/api/recommendations" in r.url and r.ok):
        page.keyboard.press("ArrowRight")
    expect(stars.get_by_role("radio", name=re.compile("^4 星"))).to_be_checked()
    heart_of(section, 1).focus()
    with page.expect_response(lambda r: "/heart" in r.url and r.ok):
        page.keyboard.press("Enter")
    expect(heart_of(section, 1)).to_have_attribute("aria-pressed", "true")


def test_a_wrong_password_says_so_and_keeps_the_name(open_page: OpenPage) -> None:
    page = open_page("/login")
    page.get_by_label("用户名").fill("没有这个人")
    page.get_by_label("密码", exact=True).fill("not the password")
    page.get_by_role("button", name="登录", exact=True).last.click()
    expect(page.get_by_role("alert").get_by_text("用户名或密码不对")).to_be_visible()
    expect(page.get_by_label("用户名")).to_have_value("没有这个人")


def test_english_is_complete_on_the_home_page(open_page: OpenPage) -> None:
    page = open_page("/")
    page.evaluate("localStorage.setItem('huisheng.locale', 'en')")
    page.reload()
    expect(page.get_by_role("main").get_by_role("article").first).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "en"


def test_an_unknown_address_offers_the_way_home(open_page: OpenPage) -> None:
    page = open_page("/no/such/page")
    expect(page.get_by_role("link", name=re.compile("首页")).last).to_be_visible()
    assert violations(page) == []
