"""Lists as files and as rows: a row kept, taken along in both formats, brought back in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import OpenPage, violations
from tests.e2e.test_journey import register

Shot = Callable[[Page, str], None]


def heart_three(page: Page) -> None:
    csrf = {c["name"]: c["value"] for c in page.context.cookies()}["csrf_access_token"]
    for song in page.request.get("/api/songs?sort=heat&per_page=3").json()["items"]:
        told = page.request.put(f"/api/songs/{song['id']}/heart", headers={"X-CSRF-TOKEN": csrf})
        assert told.ok, told.text()


def song_titles(page: Page) -> list[str]:
    expect(page.locator(".own-song .title").first).to_be_visible()
    return page.locator(".own-song .title").all_inner_texts()


def test_a_row_is_kept_as_a_list_taken_along_and_brought_back_in(
    open_page: OpenPage, shot: Shot, tmp_path: Path
) -> None:
    page = open_page("/")
    register(page, "存歌单的人")
    heart_three(page)
    page.goto("/")
    row = page.get_by_role("region", name="与你喜欢的歌相似")
    cards = row.get_by_role("article").get_by_role("heading")
    expect(cards).to_have_count(4)
    shown = cards.all_inner_texts()
    row.get_by_role("button", name="存为歌单").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("歌单名称").fill("相近的歌")
    dialog.get_by_role("button", name="新建并加入").click()
    expect(page.locator(".toast-text", has_text="相近的歌")).to_be_visible()

    page.goto("/playlists")
    page.get_by_role("link", name="相近的歌").click()
    assert song_titles(page) == shown
    files = []
    for name in ("JSPF", "M3U"):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"导出 {name}").click()
        files.append(tmp_path / download.value.suggested_filename)
        download.value.save_as(files[-1])
    assert [file.suffix for file in files] == [".jspf", ".m3u8"]

    for file in files:
        page.goto("/playlists")
        page.locator("input[type=file]").set_input_files(file)
        expect(page.locator(".toast-text", has_text="收进 4 首，0 首曲库里没有")).to_be_visible()
        page.get_by_role("main").get_by_role("link", name="相近的歌").first.click()
        assert song_titles(page) == shown
    song = page.request.get("/api/songs?sort=heat&per_page=1").json()["items"][0]["title"]
    page.goto("/library?sort=heat")
    page.get_by_role("button", name=f"《{song}》的更多操作").first.click()
    page.get_by_role("menuitem", name="加入歌单").click()
    page.get_by_role("dialog").get_by_role("button", name="相近的歌").first.click()
    expect(page.locator(".toast-text", has_text="已加入「相近的歌」")).to_be_visible()
    page.goto("/playlists")
    expect(page.get_by_text("5 首", exact=True)).to_be_visible()
    shot(page, "playlists-own")
    assert violations(page) == []


def test_a_file_that_is_no_list_is_refused_and_says_what_would_do(
    open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page("/")
    register(page, "拿错文件的人")
    page.goto("/playlists")
    (tmp_path / "notes.jspf").write_text("不是歌单")
    page.locator("input[type=file]").set_input_files(tmp_path / "notes.jspf")
    expect(page.locator(".toast-text")).to_contain_text("JSPF")
    expect(page.get_by_text("把喜欢的歌收进自己的歌单")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_lists_on_a_phone(open_page: OpenPage, shot: Shot, dark: bool) -> None:
    page = open_page("/playlists", phone=True, dark=dark)
    expect(page.get_by_role("heading", level=1, name="歌单")).to_be_visible()
    shot(page, f"playlists-phone-{'dark' if dark else 'light'}")
    assert violations(page) == []
