"""How recommending works, told to listeners; what came of it, told to administrators."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import ADMIN, PASSWORD, OpenPage, violations
from tests.e2e.test_journey import ROWS, heart_of, newcomer, register, row, titles

Shot = Callable[[Page, str], None]


def log_in(page: Page, name: str) -> None:
    page.goto("/login")
    page.get_by_label("用户名").fill(name)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).last.click()
    page.wait_for_url(lambda url: "/login" not in url)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_page_tells_how_and_shows_what_was_measured(
    open_page: OpenPage, shot: Shot, phone: bool, dark: bool
) -> None:
    page = open_page("/", phone=phone, dark=dark)
    page.get_by_role("link", name="推荐是怎么算出来的").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("如何推荐")
    table = page.get_by_role("table", name="今天量出来的")
    names = table.locator("tbody").get_by_role("rowheader").all_inner_texts()
    assert {"RNN", "UserCF", "ItemCF", "双塔", "融合", "热门", "随机"} == set(names)
    assert names[-2:] == ["热门", "随机"]
    figures = table.get_by_role("row", name=re.compile("^RNN")).get_by_role("cell")
    assert all(re.fullmatch(r"\d\.\d+", text.strip()) for text in figures.all_inner_texts())
    expect(page.get_by_text(re.compile("随机种子 7"))).to_be_visible()
    shot(page, f"how-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}")
    assert violations(page) == []


def test_for_you_names_the_part_that_says_why_and_has_further_pages(
    open_page: OpenPage, shot: Shot
) -> None:
    page = open_page("/")
    register(page, newcomer())
    page.get_by_role("button", name="跳过").click()
    for place in range(3):
        section = row(page, ROWS[1])
        titles(section)
        with page.expect_response(lambda r: "/api/recommendations" in r.url and r.ok):
            heart_of(section, place).click()
    page.get_by_role("link", name="为你推荐", exact=True).first.click()
    cards = page.get_by_role("main").get_by_role("article")
    expect(cards.nth(3)).to_be_visible()
    reasons = page.locator(".reason").all_inner_texts()
    parts = ("ItemCF", "UserCF", "顺序规则", "V-SKNN", "STAN", "ALS", "双塔", "RNN")
    assert all(text.startswith((*parts, "热门补位")) for text in reasons)
    shot(page, "for-you-desktop-light")
    assert violations(page) == []
    first = cards.first.get_by_role("heading").inner_text()
    page.get_by_role("navigation", name="分页").get_by_role("button", name=re.compile("2")).click()
    expect(cards.first.get_by_role("heading")).not_to_have_text(first)


def test_an_administrator_sees_what_became_of_the_cards(open_page: OpenPage, shot: Shot) -> None:
    page = open_page("/")
    log_in(page, ADMIN)
    page.goto("/")
    section = row(page, ROWS[1])
    titles(section)
    with page.expect_response(lambda r: "/api/impressions" in r.url and r.ok):
        section.scroll_into_view_if_needed()
    with page.expect_response(lambda r: "/api/clicks" in r.url and r.ok):
        section.get_by_role("article").first.get_by_role("link").first.click()
    page.goto("/")
    page.get_by_role("button", name=re.compile(f"{ADMIN} 的账户")).click()
    page.get_by_role("menuitem", name="管理").click()
    report = page.get_by_role("table", name="卡片出现之后")
    expect(report.get_by_role("row").nth(1)).to_be_visible()
    history = page.get_by_role("table", name="训练记录")
    expect(history.get_by_role("row", name=re.compile("融合"))).to_contain_text("使用中")
    shot(page, "admin-models-desktop-light")
    assert violations(page) == []


def test_others_do_not_find_the_administration(open_page: OpenPage) -> None:
    page = open_page("/")
    register(page, newcomer())
    page.goto("/admin/models")
    expect(page.get_by_role("main")).to_contain_text("没有这个页面")
