"""What people do all day: find a song, hear it, read along, keep it, and go on after a reload."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PASSWORD, OpenPage, violations

Shot = Callable[[Page, str], None]


def register(page: Page, name: str) -> None:
    body = {"username": name, "password": PASSWORD}
    answer = page.request.post("/api/accounts/register", data=body)
    assert answer.ok, answer.text()


def sung(page: Page) -> dict[str, object]:
    """Return a song with stamped words whose initials find it first."""
    for song in page.request.get("/api/songs?per_page=60&sort=heat").json()["items"]:
        if not song["has_lyrics"] or song["audio"] is None or len(song["title"]) < 5:
            continue
        lyrics = page.request.get(f"/api/songs/{song['id']}/lyrics").json()
        if lyrics["kind"] == "lrc":
            return {**song, "lines": lyrics["lines"]}
    raise AssertionError("the demo library holds no sung song")


def initials(title: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(title.replace("·", ""), style=Style.FIRST_LETTER))


def position(page: Page) -> float:
    return float(page.get_by_label("播放进度").input_value())


def test_found_by_initials_heard_read_kept_and_there_after_a_reload(
    open_page: OpenPage, shot: Shot
) -> None:
    page = open_page("/")
    register(page, "一天的听众")
    page.reload()
    song = sung(page)
    title = str(song["title"])
    page.keyboard.press("/")
    page.keyboard.type(initials(title))
    page.get_by_role("option").filter(has_text=title).first.click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()

    page.get_by_role("main").get_by_role("button", name=f"播放《{title}》").first.click()
    player = page.get_by_role("region", name="播放器")
    expect(player.get_by_role("link", name=title)).to_be_visible()
    line = page.locator(".lines .current")
    expect(line).to_be_visible(timeout=30_000)
    lines = song["lines"]
    assert isinstance(lines, list)
    said = line.inner_text()
    assert said in [one["text"] for one in lines]
    page.locator(".lines button").nth(len(lines) - 1).click()
    expect(line).to_have_text(lines[-1]["text"])
    expect(player.get_by_role("status")).to_have_text(lines[-1]["text"])
    shot(page, "player-song")

    player.get_by_role("button", name="喜欢").click()
    expect(player.get_by_role("button", name="喜欢")).to_have_attribute("aria-pressed", "true")
    player.get_by_role("button", name="加入歌单").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("歌单名称").fill("夜里听")
    dialog.get_by_role("button", name="新建并加入").click()
    expect(page.get_by_text("已加入「夜里听」", exact=True)).to_be_visible()

    player.get_by_role("button", name="暂停").click()
    held = position(page)
    assert held > 5
    page.reload()
    expect(player.get_by_role("link", name=title)).to_be_visible()
    assert position(page) == pytest.approx(held, abs=1.5)
    player.get_by_role("button", name="播放", exact=True).click()
    page.wait_for_function(
        "from => document.querySelector('.player .slider').valueAsNumber > from", arg=held
    )

    page.goto("/playlists")
    page.get_by_role("link", name="夜里听").click()
    expect(page.get_by_role("main").get_by_role("link", name=title)).to_be_visible()
    assert violations(page) == []


def test_a_play_counts_after_half_of_what_is_heard(open_page: OpenPage) -> None:
    page = open_page("/")
    register(page, "数着听的人")
    page.reload()
    song = sung(page)
    page.goto(f"/songs/{song['id']}")
    before = page.request.get(f"/api/songs/{song['id']}").json()
    half = before["audio"]["seconds"] / 2
    with page.expect_response("**/api/plays", timeout=60_000) as told:
        page.get_by_role("main").get_by_role("button", name="播放《").first.click()
    assert told.value.status == 202
    assert half - 0.5 <= position(page) <= half + 3
    after = page.request.get(f"/api/songs/{song['id']}").json()
    assert after["play_count"] == before["play_count"] + 1


def test_an_own_list_is_ordered_by_keyboard_removed_and_brought_back(
    open_page: OpenPage, shot: Shot
) -> None:
    page = open_page("/")
    register(page, "排歌单的人")
    songs = page.request.get("/api/songs?per_page=3").json()["items"]
    csrf = {c["name"]: c["value"] for c in page.context.cookies()}["csrf_access_token"]
    made = page.request.post(
        "/api/me/playlists",
        data={"title": "三首歌", "song_ids": [song["id"] for song in songs]},
        headers={"X-CSRF-TOKEN": csrf},
    ).json()
    page.goto(f"/playlists/{made['id']}")
    titles = page.locator(".own-song .title")
    expect(titles).to_have_text([song["title"] for song in songs])
    page.get_by_role("button", name=f"下移《{songs[0]['title']}》").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    wanted = [songs[1]["title"], songs[2]["title"], songs[0]["title"]]
    expect(titles).to_have_text(wanted)
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(titles).to_have_text(wanted)
    page.locator(".own-song").nth(2).drag_to(page.locator(".own-song").nth(0))
    expect(titles.first).to_have_text(wanted[2])
    shot(page, "own-list")
    assert violations(page) == []
    page.get_by_role("button", name="删除歌单").click()
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("link", name="三首歌")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_player_on_a_phone_opens_whole(open_page: OpenPage, shot: Shot, dark: bool) -> None:
    page = open_page("/", phone=True, dark=dark)
    song = sung(page)
    page.goto(f"/songs/{song['id']}?tab=similar")
    expect(page.get_by_role("heading", name="相似歌曲")).to_be_visible()
    expect(page.get_by_text("余弦").first).to_be_visible()
    page.get_by_role("button", name=f"播放《{song['title']}》").first.click()
    assert violations(page) == []
    page.get_by_role("button", name="展开播放器").click()
    sheet = page.get_by_role("dialog", name=str(song["title"]))
    expect(sheet.get_by_role("button", name="下一首")).to_be_visible()
    shot(page, f"player-phone-{'dark' if dark else 'light'}")
    assert violations(page) == []
