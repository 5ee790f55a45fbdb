"""Mood to music in a real browser: the way through it, and help lines before anything else."""

import sqlite3
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests import language_model
from tests.e2e.conftest import OpenPage, violations
from tests.live import WebServer, environment

Shot = Callable[[Page, str], None]
MARK = "绿毛龟爬过琉璃瓦"
"""Stands in the texts typed here and nowhere else."""


@pytest.fixture
def open_healing(open_page: OpenPage, tiny_site: str) -> OpenPage:
    """Opens the page on the small site."""
    return partial(open_page, "/healing", base_url=tiny_site)


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_sad_text_leads_to_music_that_plays(
    open_healing: OpenPage, shot: Shot, phone: bool, dark: bool
) -> None:
    page = open_healing(phone=phone, dark=dark)
    page.get_by_label("现在感觉怎么样").fill("失恋了，心里很难过，好孤独")
    page.get_by_role("button", name="找几首歌").click()
    expect(page.locator("mark", has_text="孤独")).to_be_visible()
    expect(page.get_by_text("这不是诊断")).to_be_visible()
    expect(page.get_by_text("你不必一个人扛")).to_have_count(0)
    steps = page.get_by_role("region", name="两种走法").get_by_role("listitem")
    expect(steps).to_have_count(6)
    page.get_by_role("tab", name="直接去").click()
    expect(steps).to_have_count(6)
    page.get_by_role("tab", name="一步步走").click()
    page.get_by_role("button", name="从第一首开始").click()
    expect(steps.first.get_by_role("button", name="暂停")).to_be_visible()
    shot(page, f"healing-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}")
    assert violations(page) == []
    page.get_by_role("button", name="好一些").click()
    expect(page.get_by_text("没有保存")).to_be_visible()


def test_a_tap_on_the_plane_is_enough(open_healing: OpenPage) -> None:
    page = open_healing()
    page.locator(".plane svg").click(position={"x": 60, "y": 300})
    expect(page.get_by_role("region", name="两种走法").get_by_role("listitem")).to_have_count(6)
    expect(page.get_by_label("低落到明亮")).not_to_have_value("0")


def test_help_lines_come_before_anything_and_nothing_is_kept(
    open_healing: OpenPage, shot: Shot, tiny_data: Path
) -> None:
    page = open_healing()
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("现在感觉怎么样").fill(f"失恋了，好难过，{MARK}，我不想活了")
    page.get_by_role("button", name="找几首歌").click()
    card = page.get_by_role("region", name="你不必一个人扛")
    expect(card).to_be_visible()
    for number in ("12356", "12355", "110", "120"):
        expect(card.get_by_role("link", name=number)).to_be_visible()
    expect(page.get_by_role("region", name="两种走法")).to_have_count(0)
    api = [url for url in asked if "/api/" in url]
    assert [url.split("/api/")[1] for url in api] == ["healing/state"]
    assert all(url.startswith("http://127.0.0.1:") for url in asked)
    shot(page, "healing-help")
    assert violations(page) == []

    card.get_by_role("button", name="继续").click()
    expect(page.get_by_role("region", name="两种走法").get_by_role("listitem")).to_have_count(6)
    expect(card).to_be_visible()

    database = sqlite3.connect(tiny_data / "huisheng.db")
    assert MARK not in "\n".join(database.iterdump())
    database.close()
    assert MARK not in (tiny_data / "server.log").read_text(errors="replace")
    kept = page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})")
    assert MARK not in kept


@pytest.fixture(scope="module")
def model() -> Iterator[language_model.Model]:
    with language_model.running() as found:
        yield found


@pytest.fixture(scope="module")
def site_with_model(tiny_data: Path, model: language_model.Model) -> Iterator[str]:
    """The same site, whose operator set a language model."""
    environ = environment(
        tiny_data, llm_base_url=model.address, llm_model="small", llm_api_key="secret"
    )
    with WebServer(environ, tiny_data / "with-model.log") as server:
        yield f"http://127.0.0.1:{server.port}"


def test_a_text_leaves_the_machine_only_for_the_named_host_and_when_agreed(
    open_page: OpenPage,
    site_with_model: str,
    model: language_model.Model,
    shot: Shot,
    tiny_data: Path,
) -> None:
    host = model.address.split("/")[2]
    page = open_page("/healing", base_url=site_with_model)
    page.wait_for_load_state("networkidle")
    asking = page.get_by_role("region", name=f"要让 {host} 的语言模型来读吗")
    steps = page.get_by_role("region", name="两种走法").get_by_role("listitem")

    def say(text: str) -> None:
        page.get_by_role("textbox", name="现在感觉怎么样").fill(text)
        page.get_by_role("button", name="找几首歌").click()

    # Asked first: nothing is read out before the answer, and 只在本机分析 stands beside.
    say("今天很难过，绿毛龟爬过琉璃瓦")
    expect(asking).to_be_visible()
    expect(asking.get_by_text(f"这段文字会发给 {host}（模型 small）分析一次")).to_be_visible()
    expect(steps).to_have_count(0)
    shot(page, "healing-consent")
    assert violations(page) == []
    asking.get_by_role("button", name="只在本机分析").click()
    expect(steps).to_have_count(6)
    expect(asking).to_have_count(0)
    assert model.asked == []

    text = "今天很难过，绿毛龟又爬过琉璃瓦"
    say(text)
    asking.get_by_role("button", name=f"发给 {host}").click()
    expect(page.get_by_text(f"由 {host} 的语言模型读出")).to_be_visible()
    expect(steps).to_have_count(6)
    assert [one["messages"][1]["content"] for one in model.asked] == [text]

    # A crisis is not even asked about, and stays here when the person goes on.
    say("难过，我不想活了")
    card = page.get_by_role("region", name="你不必一个人扛")
    expect(card).to_be_visible()
    expect(asking).to_have_count(0)
    card.get_by_role("button", name="继续").click()
    expect(steps).to_have_count(6)
    assert len(model.asked) == 1
    assert MARK[:3] not in (tiny_data / "with-model.log").read_text(errors="replace")
