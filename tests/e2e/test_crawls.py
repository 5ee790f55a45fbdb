"""The page 采集: an administrator crawls, watches, stops, schedules and imports; real worker."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from backend.db import schema
from backend.db.session import create_engine
from tests import live
from tests.e2e.conftest import ADMIN, PASSWORD, OpenPage, violations
from tests.e2e.test_how import log_in

Shot = Callable[[Page, str], None]
SONGS = 120


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An empty site with a worker, and a source of invented songs on this machine."""
    home = tmp_path_factory.mktemp("crawls")
    data = home / "data"
    data.mkdir()
    engine = create_engine(f"sqlite:///{data / 'huisheng.db'}")
    schema.upgrade(engine)
    engine.dispose()
    with live.replaying(home / "replay", "--songs", str(SONGS)) as source:
        environ = live.environment(data, ncm_base_url=source, lrclib_base_url=f"{source}/api")
        made = live.huisheng(
            environ, "user", "create", ADMIN, "--role=admin", f"--password={PASSWORD}"
        )
        assert made.returncode == 0, made.stderr
        with (
            live.WebServer(environ, data / "server.log") as server,
            live.running(environ, "worker", log=data / "worker.log"),
        ):
            yield f"http://127.0.0.1:{server.port}"


def crawls(open_page: OpenPage, *, phone: bool = False, dark: bool = False) -> Page:
    page = open_page("/login", phone=phone, dark=dark)
    log_in(page, ADMIN)
    page.goto("/admin/crawls")
    expect(page.get_by_role("heading", name="历史")).to_be_visible()
    return page


def figure(page: Page, name: str) -> int:
    shown = page.locator("dl.counts > div", has_text=name).first.locator("dd")
    return int(shown.inner_text().replace(",", ""))


def start(page: Page, *, delay: str) -> Locator:
    """Begin a crawl that lasts long enough to be seen; return its card once it is under way."""
    page.get_by_label("请求间隔（秒）").fill(delay)
    page.get_by_role("button", name="开始采集").click()
    running = page.get_by_role("article", name="采集 NetEase 式接口")
    expect(running.get_by_text("进行中")).to_be_visible(timeout=20_000)
    return running


def test_a_running_crawl_is_stopped_and_says_so(open_page: OpenPage, shot: Shot) -> None:
    """Stands first: of what is known nothing is asked again, and the crawl would end by itself."""
    page = crawls(open_page)
    page.get_by_label("从哪里开始").select_option("artist")
    page.get_by_role("button", name="开始采集").click()
    expect(page.get_by_role("alert").filter(has_text="填写歌手")).to_be_visible()
    page.get_by_label("歌手的值").fill("900001")
    running = start(page, delay="5")
    running.get_by_role("button", name="停止").click()
    ended = page.get_by_role("row", name=re.compile("歌手 900001.*已停止"))
    expect(ended).to_be_visible(timeout=40_000)
    page.get_by_role("button", name=re.compile("查看 采集 NetEase")).first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    shot(page, "crawls-dialog")
    assert violations(page) == []


def test_a_crawl_is_started_watched_and_its_songs_are_on_the_site(
    open_page: OpenPage, shot: Shot
) -> None:
    page = crawls(open_page)
    expect(page.get_by_text("现在没有采集或导入")).to_be_visible()
    shot(page, "crawls-empty")
    page.get_by_label("最多歌曲").fill("很多")
    page.get_by_role("button", name="开始采集").click()
    expect(page.get_by_role("alert").filter(has_text="整数")).to_be_visible()
    page.get_by_label("最多歌曲").fill("")
    start(page, delay="0.02")
    shown = "Number(document.querySelector('.counts dd')?.innerText.replace(',', ''))"
    page.wait_for_function(f"() => {shown} > 0")
    first = figure(page, "新增")
    shot(page, "crawls-running")
    assert violations(page) == []
    # Figures rise while one looks.
    page.wait_for_function(f"before => {shown} > before", arg=first)
    ended = page.get_by_role("row", name=re.compile("采集 NetEase 式接口.*完成"))
    expect(ended).to_be_visible(timeout=120_000)
    assert page.request.get("/api/songs").json()["total"] == SONGS
    page.goto("/library")
    expect(page.get_by_text(re.compile(str(SONGS))).first).to_be_visible()


@pytest.mark.parametrize(("phone", "dark"), [(False, True), (True, False)])
def test_the_page_has_no_barriers_in_the_other_theme_and_size(
    open_page: OpenPage, shot: Shot, phone: bool, dark: bool
) -> None:
    page = crawls(open_page, phone=phone, dark=dark)
    shot(page, f"crawls-{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}")
    assert violations(page) == []


def test_a_crawl_is_scheduled_paused_and_removed_and_a_time_that_never_comes_refused(
    open_page: OpenPage, shot: Shot
) -> None:
    page = crawls(open_page, phone=True, dark=True)
    page.get_by_label("什么时候").select_option("own")
    page.get_by_label("cron 表达式").fill("0 0 31 2 *")
    page.get_by_role("button", name="定时采集").click()
    expect(page.get_by_role("alert").filter(has_text="这个时间永远不会到来")).to_be_visible()
    page.get_by_label("什么时候").select_option("daily")
    page.get_by_role("button", name="定时采集").click()
    planned = page.get_by_role("listitem").filter(has_text="NetEase 式接口：每天 03:30")
    expect(planned).to_contain_text("下次")
    shot(page, "crawls-phone-dark")
    assert violations(page) == []
    planned.get_by_role("button", name=re.compile("^暂停")).click()
    expect(planned).to_contain_text("已暂停")
    planned.get_by_role("button", name=re.compile("^删除")).click()
    page.get_by_role("dialog").get_by_role("button", name="删除").click()
    expect(page.get_by_text("还没有定时采集")).to_be_visible()


def test_a_file_is_imported_and_a_wrong_one_refused(
    open_page: OpenPage, shot: Shot, tmp_path: Path
) -> None:
    page = crawls(open_page)
    records = [
        {"record": "song", "source": "mine", "source_id": str(n), "title": f"我的第{n}首"}
        for n in range(1, 41)
    ]
    lines = [json.dumps(record) for record in records]
    (tmp_path / "mine.jsonl").write_text("\n".join([*lines, "{}"]) + "\n")
    (tmp_path / "notes.txt").write_text("x")
    picker = page.locator("input[type=file]")
    picker.set_input_files(tmp_path / "notes.txt")
    expect(page.get_by_role("alert").filter(has_text="文件名要以")).to_be_visible()
    picker.set_input_files(tmp_path / "mine.jsonl")
    page.get_by_role("button", name="导入", exact=True).click()
    row = page.get_by_role("row", name=re.compile("导入 mine.jsonl.*完成"))
    expect(row).to_be_visible(timeout=40_000)
    cells = row.get_by_role("cell").all_inner_texts()
    assert (cells[2], cells[6]) == ("40", "1")
    shot(page, "crawls-history")
    assert page.request.get("/api/songs").json()["total"] >= 40


def test_a_source_that_is_not_set_says_what_to_do(open_page: OpenPage) -> None:
    page = crawls(open_page)
    page.get_by_text("MusicBrainz", exact=True).click()
    expect(page.get_by_text("HUISHENG_CRAWL_CONTACT")).to_be_visible()
    expect(page.get_by_role("button", name="开始采集")).to_have_count(0)
