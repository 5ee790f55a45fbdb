"""A care plan between two browsers: code, consent, what is avoided, revoked."""

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import Page, expect

from tests.e2e.conftest import CLINICIAN, PASSWORD, OpenPage, violations

Shot = Callable[[Page, str], None]


def test_a_code_is_made_entered_confirmed_obeyed_and_revoked(
    open_page: OpenPage, tiny_site: str, shot: Shot
) -> None:
    patient = open_page("/login?tab=register", base_url=tiny_site)
    clinician = open_page("/login?next=/clinic", base_url=tiny_site)
    name = f"来访{uuid4().hex[:8]}"
    patient.get_by_label("用户名").fill(name)
    patient.get_by_label("密码", exact=True).fill(PASSWORD)
    patient.get_by_role("button", name="注册").last.click()
    patient.wait_for_url("**/welcome*")
    patient.goto("/me/care")
    patient.get_by_role("button", name="生成代码").click()
    code = patient.locator(".code b").inner_text()

    clinician.get_by_label("用户名").fill(CLINICIAN)
    clinician.get_by_label("密码", exact=True).fill(PASSWORD)
    clinician.get_by_role("button", name="登录").last.click()
    clinician.get_by_label("输入来访者给你的代码").fill(code)
    clinician.get_by_role("button", name="提交").click()
    expect(clinician.get_by_role("heading", name="等待对方确认")).to_be_visible()

    patient.reload()
    link = patient.get_by_role("article", name=CLINICIAN)
    link.get_by_label("可以写备注").check()
    link.get_by_role("button", name="同意").click()
    expect(link.get_by_role("button", name="收回全部同意")).to_be_visible()

    newest = patient.request.get("/api/home/newest").json()["items"]
    genre = newest[0]["genres"][0]
    clinician.reload()
    plan = clinician.get_by_role("region", name=name)
    plan.get_by_label("名字").select_option(genre)
    plan.get_by_role("button", name="加上").click()
    expect(plan.get_by_role("listitem")).to_have_count(1)
    plan.get_by_label("备注").fill("这周先听轻一些的")
    plan.get_by_role("button", name="写下备注").click()
    expect(plan.get_by_text("这周先听轻一些的")).to_be_visible()
    shot(clinician, "care-clinic")
    assert violations(clinician) == []

    patient.reload()
    expect(link.get_by_text(genre)).to_be_visible()
    expect(link.get_by_text("这周先听轻一些的")).to_be_visible()
    shot(patient, "care-mine")
    assert violations(patient) == []
    assert not _with_genre(patient, genre)

    link.get_by_role("button", name="收回全部同意").click()
    expect(link).to_have_count(0)
    assert _with_genre(patient, genre)
    clinician.reload()
    expect(clinician.get_by_text("还没有来访者")).to_be_visible()


def _with_genre(page: Page, genre: str) -> list[int]:
    """Return the songs of a style that the site proposes: newest, carousel, journeys."""
    songs = page.request.get("/api/home/newest").json()["items"]
    songs += [one["song"] for one in page.request.get("/api/home/carousel").json()["items"]]
    return [song["id"] for song in songs if genre in song["genres"]]
