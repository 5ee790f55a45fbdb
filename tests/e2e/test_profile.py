"""One's own account and the administration of people and models, in a browser."""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.conftest import ADMIN, PASSWORD, OpenPage, violations
from tests.e2e.test_how import log_in
from tests.e2e.test_journey import newcomer, register

Shot = Callable[[Page, str], None]
NEW = "another 山水 password"


def picture(kind: str = "PNG") -> FilePayload:
    out = BytesIO()
    Image.radial_gradient("L").resize((900, 600)).convert("RGB").save(out, kind)
    return {
        "name": f"me.{kind.lower()}",
        "mimeType": f"image/{kind.lower()}",
        "buffer": out.getvalue(),
    }


def toast(page: Page, text: str) -> Locator:
    return page.locator(".toast-text", has_text=text)


def own_page(page: Page) -> str:
    name = newcomer()
    register(page, name)
    page.goto("/me")
    expect(page.get_by_role("heading", name="个人设置")).to_be_visible()
    return name


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_tab_is_accessible(open_page: OpenPage, shot: Shot, phone: bool, dark: bool) -> None:
    look = f"{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
    page = open_page("/", phone=phone, dark=dark)
    own_page(page)
    for tab, shown in (
        ("资料", "保存"),
        ("密码与登录", "修改密码"),
        ("数据", "下载 zip"),
    ):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("button", name=shown)).to_be_visible()
        shot(page, f"me-{tab}-{look}")
        assert violations(page) == []
    page.get_by_role("tab", name="偏好").click()
    expect(page.get_by_role("switch", name="隐藏星级")).to_be_visible()
    shot(page, f"me-偏好-{look}")
    assert violations(page) == []


def test_a_picture_is_cropped_shown_and_removed(open_page: OpenPage, shot: Shot) -> None:
    page = open_page("/")
    own_page(page)
    page.get_by_label("选择头像").set_input_files(picture("GIF"))
    expect(page.get_by_role("alert").filter(has_text="这不是 JPG")).to_be_visible()
    page.get_by_label("选择头像").set_input_files(picture())
    crop = page.get_by_role("dialog", name="裁剪头像")
    expect(crop.get_by_role("application")).to_be_visible()
    crop.get_by_role("application").press("+")
    shot(page, "me-crop")
    assert violations(page) == []
    crop.get_by_role("button", name="用这张").click()
    expect(toast(page, "头像已更新")).to_be_visible()
    image = page.locator("main img.avatar")
    expect(image).to_be_visible()
    assert image.evaluate("one => one.naturalWidth") == 512
    page.get_by_role("button", name="移除头像").click()
    expect(page.locator("main img.avatar")).to_have_count(0)


def test_a_new_password_logs_the_other_browser_out(open_page: OpenPage) -> None:
    page, other = open_page("/"), open_page("/")
    name = own_page(page)
    log_in(other, name)
    page.goto("/me?tab=login")
    expect(page.get_by_role("button", name="退出", exact=True)).to_have_count(1)
    page.get_by_label("当前密码").fill(PASSWORD)
    page.get_by_label("新密码", exact=True).fill(NEW)
    page.get_by_label("再输一次新密码").fill(NEW)
    page.get_by_role("button", name="修改密码").click()
    expect(toast(page, "密码已修改")).to_be_visible()
    expect(page.get_by_role("button", name="退出", exact=True)).to_have_count(0)
    other.goto("/me")
    other.wait_for_url("**/login**")


def test_the_export_is_saved_and_the_account_deleted(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("/")
    name = own_page(page)
    page.get_by_role("tab", name="数据").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 zip").click()
    download.value.save_as(tmp_path / "me.zip")
    with zipfile.ZipFile(tmp_path / "me.zip") as archive:
        assert json.loads(archive.read("account.json"))[0]["username"] == name
    page.get_by_role("button", name="删除账户…").click()
    sure = page.get_by_role("dialog", name="确定删除账户？")
    sure.get_by_label(f"输入用户名 {name} 确认").fill("somebody")
    sure.get_by_label("密码", exact=True).fill(PASSWORD)
    sure.get_by_role("button", name="永久删除").click()
    expect(sure.get_by_text("和你的用户名不一样。")).to_be_visible()
    sure.get_by_label(f"输入用户名 {name} 确认").fill(name)
    sure.get_by_role("button", name="永久删除").click()
    expect(toast(page, "账户已删除")).to_be_visible()
    page.goto("/me")
    page.wait_for_url("**/login**")


def test_an_administrator_rolls_a_model_back(open_page: OpenPage, shot: Shot) -> None:
    page = open_page("/")
    log_in(page, ADMIN)
    page.goto("/admin/models")
    table = page.get_by_role("group", name="训练记录")
    # Two versions of one recommender, the newest first, and that one serves.
    newest, older = (
        table.get_by_role("row").filter(has_text="ItemCF").nth(place) for place in (0, 1)
    )
    expect(newest).to_contain_text("使用中")
    older.get_by_role("button", name="启用").click()
    page.get_by_role("dialog").get_by_role("button", name="启用").click()
    expect(toast(page, "ItemCF 已改用")).to_be_visible()
    expect(older).to_contain_text("使用中")
    expect(newest).to_contain_text("启用")
    shot(page, "admin-models-rolled-back")
    assert violations(page) == []


@pytest.mark.parametrize(("phone", "dark"), [(False, True), (True, False)])
def test_people_get_roles_and_the_site_tells_its_health(
    open_page: OpenPage, shot: Shot, phone: bool, dark: bool
) -> None:
    look = f"{'phone' if phone else 'desktop'}-{'dark' if dark else 'light'}"
    name = newcomer()
    register(open_page("/"), name)
    page = open_page("/", phone=phone, dark=dark)
    log_in(page, ADMIN)
    page.goto("/admin/users")
    page.get_by_label("按用户名开头查找").fill(name)
    page.get_by_label(f"{name} 的角色").select_option("analyst")
    expect(toast(page, f"{name} 现在是分析员")).to_be_visible()
    shot(page, f"admin-users-{look}")
    assert violations(page) == []
    page.get_by_label("按用户名开头查找").fill(ADMIN)
    page.get_by_label(f"{ADMIN} 的角色").select_option("listener")
    expect(toast(page, "这是最后一位管理员")).to_be_visible()
    page.goto("/admin/health")
    expect(page.get_by_text("搜索索引")).to_be_visible()
    shot(page, f"admin-health-{look}")
    assert violations(page) == []
