"""The big screen and the analysis pages in a real browser."""

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import ADMIN, OpenPage, violations
from tests.e2e.test_how import log_in

Shot = Callable[[Page, str], None]
LIBRARY = (
    *("数据总览", "版权分布", "翻唱与原唱", "歌曲发行量", "评论数与热度"),
    *("歌手热度", "热门歌手走势", "歌词词云"),
)
PAINTED = """tile => Math.max(0, ...[...tile.querySelectorAll('canvas')].map(canvas => {
  const { width, height } = canvas
  const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data
  let painted = 0
  for (let i = 3; i < pixels.length; i += 4) if (pixels[i]) painted++
  return painted / (width * height)
}))"""


def tile(page: Page, name: str) -> "object":
    return page.get_by_role("region", name=name, exact=True)


def wait_for_charts(page: Page, names: tuple[str, ...] = LIBRARY) -> None:
    for name in names:
        expect(tile(page, name).locator("canvas").first).to_be_visible()  # type: ignore[attr-defined]
    page.wait_for_timeout(900)  # drawings grow for 600 ms


def painted(page: Page, name: str) -> float:
    return float(tile(page, name).evaluate(PAINTED))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("width", "height"), [(1366, 768), (1440, 900), (1920, 1080), (3840, 2160), (390, 844)]
)
def test_the_board_is_painted_and_fits(
    open_page: OpenPage, shot: Shot, width: int, height: int
) -> None:
    page = open_page("/screen")
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    wait_for_charts(page)
    for name in LIBRARY:
        assert painted(page, name) > 0.004, name
    scrolls = page.evaluate("document.documentElement.scrollHeight > innerHeight + 1")
    assert scrolls is (width < 1024)
    shot(page, f"screen-{width}")
    assert violations(page) == []


def test_the_second_board_too(open_page: OpenPage, shot: Shot) -> None:
    page = open_page("/screen?board=listeners")
    names = ("评分分布", "语种", "乐评情感走势", "收听时段", "曲风")
    wait_for_charts(page, names)
    for name in names:
        assert painted(page, name) > 0.004, name
    shot(page, "screen-listeners-1440")


def test_every_chart_is_painted_under_its_theme(open_page: OpenPage) -> None:
    page = open_page("/analysis")
    there = {item["title"] for item in page.request.get("/api/charts").json()["items"]}
    seen: set[str] = set()
    expect(page.locator(".themes a")).to_have_count(7)
    for theme in page.locator(".themes a").all():
        theme.click()
        expect(theme).to_have_attribute("aria-current", "page")
        tiles = page.locator(".cards .tile").all()
        names = {str(one.get_attribute("aria-label")) for one in tiles} - seen
        wait_for_charts(page, tuple(names))
        for name in names:
            assert painted(page, name) > 0.02, name
        seen |= names
    assert seen >= there


def test_the_whole_board_becomes_one_picture(open_page: OpenPage) -> None:
    page = open_page("/screen")
    wait_for_charts(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="把整块大屏存成图片").click()
    picture = Image.open(download.value.path())
    assert picture.size == (2 * 1440, 2 * 900)
    middle = picture.convert("RGB").crop((900, 400, 1980, 1700)).resize((270, 325))
    assert len(set(middle.get_flattened_data())) > 50


def test_a_press_filters_every_chart_and_the_address(open_page: OpenPage) -> None:
    page = open_page("/analysis")
    wait_for_charts(page, ("曲风", "语种"))
    whole = page.get_by_text(re.compile(r"^共 [\d,]+ 首歌")).inner_text()
    tile(page, "曲风").scroll_into_view_if_needed()  # type: ignore[attr-defined]
    box = tile(page, "曲风").locator("canvas").bounding_box()  # type: ignore[attr-defined]
    page.mouse.click(box["x"] + box["width"] * 0.1, box["y"] + box["height"] * 0.8)
    page.wait_for_url(re.compile("genre="))
    chip = page.get_by_role("list", name="正在筛选").get_by_role("button").first
    expect(chip).to_contain_text("曲风")
    expect(page.get_by_text(re.compile(r"^共 [\d,]+ 首歌"))).not_to_have_text(whole)

    page.get_by_role("button", name="看这些歌").click()
    drawer = page.get_by_role("dialog", name="这些歌")
    first = drawer.get_by_role("listitem").first
    title = first.locator(".title").inner_text()
    first.get_by_role("link").click()
    page.wait_for_url(re.compile(r"/songs/\d+"))
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    page.go_back()
    expect(page).to_have_url(re.compile("genre="))
    chip.click()
    expect(page.get_by_text(re.compile(r"^共 [\d,]+ 首歌"))).to_have_text(whole)


def test_the_table_and_the_csv_say_the_same(open_page: OpenPage) -> None:
    page = open_page("/analysis")
    wait_for_charts(page, ("语种",))
    more = page.get_by_role("button", name="语种的更多操作")
    more.click()
    page.get_by_role("menuitem", name="数据表").click()
    table = page.get_by_role("table", name="语种")
    rows = [
        (row.get_by_role("rowheader").inner_text(), row.get_by_role("cell").inner_text())
        for row in table.locator("tbody tr").all()
    ]
    page.keyboard.press("Escape")
    more.click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="下载 CSV").click()
    text = Path(download.value.path()).read_text("utf-8-sig")
    lines = list(csv.DictReader(text.splitlines()))
    said = [(line["label"] or "未知", f"{int(line['count']):,}") for line in lines]
    assert rows == said
    assert len(rows) > 2
    more.click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="存为图片").click()
    assert Path(download.value.path()).read_bytes().startswith(b"\x89PNG")


def test_the_board_works_by_keyboard(open_page: OpenPage) -> None:
    page = open_page("/screen")
    wait_for_charts(page)
    tile(page, "数据总览").focus()  # type: ignore[attr-defined]
    page.keyboard.press("ArrowDown")
    expect(tile(page, "版权分布")).to_be_focused()  # type: ignore[arg-type]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_a_failed_chart_leaves_the_others(open_page: OpenPage) -> None:
    page = open_page("/screen")
    page.route("**/api/charts/copyright*", lambda route: route.fulfill(status=500, body="{}"))
    page.reload()
    wait_for_charts(page, tuple(name for name in LIBRARY if name != "版权分布"))
    expect(tile(page, "版权分布")).to_contain_text("加载失败", timeout=20_000)  # type: ignore[arg-type]


def test_a_filter_that_matches_nothing_says_so_on_every_tile(open_page: OpenPage) -> None:
    page = open_page("/analysis?artist=999999&theme=rights")
    for name in ("版权分布", "翻唱与原唱"):
        expect(tile(page, name)).to_contain_text("暂无数据")  # type: ignore[arg-type]


def test_only_rankings_turn_by_themselves(open_page: OpenPage) -> None:
    page = open_page("/screen")
    wait_for_charts(page)
    canvas = tile(page, "歌曲发行量").locator("canvas")  # type: ignore[attr-defined]
    seen = canvas.evaluate("canvas => canvas.toDataURL()")
    page.wait_for_timeout(2_600)
    assert canvas.evaluate("canvas => canvas.toDataURL()") == seen


def test_what_is_in_view_of_the_releases_becomes_a_filter(open_page: OpenPage) -> None:
    page = open_page("/analysis?theme=releases")
    wait_for_charts(page, ("歌曲发行量",))
    box = tile(page, "歌曲发行量").locator("canvas").bounding_box()  # type: ignore[attr-defined]
    # The wheel zooms in on the years under the pointer.
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.4)
    for _ in range(3):
        page.mouse.wheel(0, -240)
        page.wait_for_timeout(150)
    page.get_by_role("button", name="歌曲发行量的更多操作").click()
    page.get_by_role("menuitem", name="只看这段时间").click()
    page.wait_for_url(re.compile(r"year_from=\d{4}.*year_to=\d{4}"))
    chips = page.get_by_role("list", name="正在筛选")
    expect(chips.get_by_role("button").first).to_be_visible()


@pytest.mark.parametrize("path", ["/screen", "/screen?board=listeners", "/analysis"])
def test_an_empty_library_says_so_on_every_tile(open_page: OpenPage, path: str) -> None:
    page = open_page("/")

    def empty(route: Route) -> None:
        answer = route.fetch()
        told = {**answer.json(), "rows": [], "columns": {}, "finding": None}
        route.fulfill(response=answer, json=told)

    page.route(re.compile(r"/api/charts/[a-z-]+(\?|$)"), empty)
    page.goto(path)
    tiles = page.locator(".tile")
    expect(tiles.first).to_contain_text("暂无数据")
    for place in range(tiles.count()):
        expect(tiles.nth(place)).to_contain_text("暂无数据")
    assert page.locator("canvas").count() == 0


def test_a_kiosk_refreshes_by_itself_without_growing(open_page: OpenPage) -> None:
    page = open_page("/")
    page.clock.install()
    page.goto("/screen?kiosk=1&refresh=60")
    for name in LIBRARY:
        expect(tile(page, name).locator("canvas").first).to_be_visible()  # type: ignore[attr-defined]
    page.clock.run_for(3_000)
    nodes = page.evaluate("document.querySelectorAll('*').length")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for _ in range(200):
        page.clock.fast_forward(60_000)
    page.clock.run_for(3_000)
    expect(page.get_by_text(re.compile("更新于"))).to_be_visible()
    assert sum("/api/charts/" in url for url in asked) > 200
    assert page.evaluate("document.querySelectorAll('*').length") <= nodes + 5
    assert page.get_by_role("link", name="返回").count() == 0


def test_the_report_opens_from_disk_without_a_network(
    open_page: OpenPage, shot: Shot, tmp_path: Path
) -> None:
    page = open_page("/")
    log_in(page, ADMIN)
    page.goto("/analysis")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载报告").click()
    report = tmp_path / "report.html"
    download.value.save_as(report)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    expect(page.get_by_role("heading", level=1)).to_contain_text("数据报告")
    expect(page.locator("canvas").nth(10)).to_be_visible()
    assert [url for url in asked if url.startswith("http")] == []
    shot(page, "report")
