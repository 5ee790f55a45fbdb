"""The sentiment page and a song's comments, in a real browser."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, OpenPage, violations

Shot = Callable[[Page, str], None]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_line_is_read_by_keyboard_alone_and_forgotten_on_request(
    open_page: OpenPage, shot: Shot, phone: bool, dark: bool
) -> None:
    page = open_page("/sentiment", phone=phone, dark=dark)
    field = page.get_by_label("要分析的文字")
    field.focus()
    page.keyboard.type("没有不好听，<b>单曲循环</b>")
    page.keyboard.press("Control+Enter")
    gauge = page.get_by_role("meter", name="好评概率")
    expect(gauge).to_have_attribute("aria-valuetext", re.compile("好评，偏暖"))
    expect(page.get_by_text("双重否定 → 好评")).to_be_visible()
    expect(page.locator("mark", has_text="单曲循环")).to_be_visible()
    assert page.locator(".marks b").count() == 0
    shot(page, f"sentiment-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}")
    assert violations(page) == []

    page.reload()
    recent = page.get_by_role("region", name="最近分析")
    expect(recent.get_by_role("listitem")).to_have_count(1)
    recent.get_by_role("button", name="全部清除").click()
    expect(recent.get_by_text("还没有分析过")).to_be_visible()


def test_many_lines_come_back_as_a_file(open_page: OpenPage) -> None:
    page = open_page("/sentiment")
    page.get_by_role("tab", name="批量分析").click()
    content = "id,text\n" + "".join(f'{i},"第{i}条，难听死了"\n' for i in range(900))
    page.get_by_label("选择 CSV 文件").set_input_files(
        {"name": "many.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.get_by_role("button", name="开始分析").click()
    expect(page.get_by_text("已完成 900 / 900")).to_be_visible()
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="下载结果").click()
    rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert (rows[0], len(rows)) == ("text,probability,label", 901)
    assert rows[1].endswith(",negative")


def test_a_comment_is_written_scored_and_deleted(open_page: OpenPage, shot: Shot) -> None:
    page = open_page("/login?tab=register")
    page.get_by_label("用户名").fill(f"听众{uuid4().hex[:8]}")
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="注册", exact=True).click()
    page.wait_for_url("**/welcome**")
    song = page.request.get("/api/songs?sort=heat&per_page=1").json()["items"][0]
    page.goto(f"/songs/{song['id']}?tab=comments")
    page.get_by_label("写一条评论").fill("前奏一响就沦陷了，<i>太好听</i>")
    page.get_by_role("button", name="发表").click()
    page.get_by_role("button", name="时间", exact=True).click()
    mine = page.locator(".comment").filter(has_text="<i>太好听</i>")
    expect(mine.get_by_text(re.compile(r"好评 \d+%"))).to_be_visible()
    shot(page, "song-comments")
    assert violations(page) == []
    mine.get_by_role("button", name="这条评论的更多操作").click()
    page.get_by_role("menuitem", name="删除").click()
    expect(mine).to_have_count(0)


def test_a_songs_words_lead_to_its_comments(open_page: OpenPage, shot: Shot) -> None:
    page = open_page("/")
    song = page.request.get("/api/songs?sort=heat&per_page=1").json()["items"][0]
    page.goto(f"/songs/{song['id']}?tab=sentiment")
    expect(page.get_by_text("好评概率分布")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("tab", name="词云").click()
    expect(page.get_by_role("img", name=re.compile("出现最多的词"))).to_be_visible()
    page.get_by_role("button", name="列表").click()
    shot(page, "song-words")
    word = page.locator(".list button").first
    text = word.inner_text()
    word.click()
    expect(page.get_by_text(f"含有「{text}」的评论")).to_be_visible()
    expect(page.locator(".comment").filter(has_text=text).first).to_be_visible()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_cards_bar_opens_its_comments_in_a_drawer(
    open_page: OpenPage, shot: Shot, phone: bool, dark: bool
) -> None:
    page = open_page("/library?sort=heat", phone=phone, dark=dark)
    page.get_by_role("button", name=re.compile("^乐评情感")).first.click()
    drawer = page.get_by_role("dialog", name=re.compile("的乐评情感$"))
    expect(drawer.locator(".comment").first).to_be_visible()
    shot(page, f"drawer-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_words_of_a_genre_lead_to_what_holds_them(
    open_page: OpenPage, shot: Shot, phone: bool, dark: bool
) -> None:
    page = open_page("/words?view=list", phone=phone, dark=dark)
    word = page.locator(".list button").first
    text = word.inner_text()
    word.click()
    held = page.get_by_role("region", name=f"含有「{text}」的评论")
    expect(held.get_by_role("listitem").first).to_contain_text(text)
    assert violations(page) == []
    page.get_by_role("button", name="歌词", exact=True).click()
    page.wait_for_url(re.compile("kind=lyrics"))
    page.locator(".list button").first.click()
    expect(page.get_by_role("region", name=re.compile("歌词里有"))).to_be_visible()
    page.get_by_role("button", name="词云", exact=True).click()
    expect(page.get_by_role("img", name=re.compile("出现最多的词"))).to_be_visible()
    page.wait_for_timeout(1500)  # words are laid out one by one
    shot(page, f"words-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}")
    assert violations(page) == []
    with page.expect_download() as download:
        page.get_by_role("link", name="下载图片").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
