"""What an administrator can start, stop, schedule and import, and what is refused."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from apiflask import APIFlask
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from backend.db.base import utc_now
from backend.jobs import logs, service
from backend.jobs.clock import due_schedules
from backend.jobs.queue import Queue
from backend.jobs.tables import Job, Schedule
from backend.settings import Settings
from tests.backend.conftest import Person

LOCAL = {"ncm_base_url": "http://127.0.0.1:8900"}
CRAWL = {"source": "ncm", "seeds": ["toplist", "tag:治愈"], "limit": 500, "kinds": ["lyric"]}


@pytest.fixture
def configured(app: APIFlask, settings: Settings) -> Settings:
    """The app with a source on this machine."""
    app.config["SETTINGS"] = settings.model_copy(update=LOCAL)
    return settings


def send(person: Person, name: str, body: bytes, **fields: str) -> TestResponse:
    cookie = person.client.get_cookie("csrf_access_token")
    assert cookie is not None
    told = {"file": FileStorage(io.BytesIO(body), name), **fields}
    # The client itself would leave the file open that it spools a large body to.
    boundary, form = encode_multipart(MultiDict(told))
    return person.client.post(
        "/api/admin/imports",
        data=form,
        content_type=f"multipart/form-data; boundary={boundary}",
        headers={"X-CSRF-TOKEN": cookie.value},
    )


def test_a_crawl_waits_for_the_worker_and_shows_live_figures(
    admin: Person, session: Session, configured: Settings
) -> None:
    started = admin.post("/api/admin/crawls", CRAWL)
    assert started.status_code == 201, started.text
    assert (started.json["state"], started.json["seeds"]) == ("queued", ["toplist", "tag:治愈"])
    queue = Queue(configured)
    assert not queue.is_empty
    queue.close()
    job = session.get_one(Job, started.json["id"])
    assert job.arguments == [
        *("crawl", "ncm", "--seed", "toplist", "--seed", "tag:治愈"),
        *("--kind", "lyric", "--limit", "500"),
    ]
    again = admin.post("/api/admin/crawls", CRAWL)
    assert (again.status_code, again.json["type"]) == (409, "/problems/already-running")

    service.claim(session, job_id=job.id)
    job.started_at = utc_now() - timedelta(seconds=10)
    job.counts = {"new": 90, "updated": 10, "unchanged": 0, "failed": 2, "refused": 1,
                  "reasons": {"no JSON": 2}, "kinds": {"song": {"new": 90}}}  # fmt: skip
    path = logs.path_of(configured.data_dir, job.id)
    path.parent.mkdir(parents=True)
    path.write_text("one\ntwo\n")
    session.flush()
    shown = admin.get(f"/api/admin/jobs/{job.id}").json
    assert shown["log"] == ["one", "two"]
    assert shown["counts"]["new"] == 90
    assert shown["counts"]["failed"] == 2
    assert shown["reasons"] == {"no JSON": 2}
    assert 9 < shown["rate"] <= 10

    stopped = admin.post(f"/api/admin/jobs/{job.id}/stop")
    assert (stopped.json["state"], stopped.json["stopping"]) == ("running", True)


def test_a_crawl_that_has_not_begun_is_stopped_at_once(admin: Person, configured: Settings) -> None:
    job_id = admin.post("/api/admin/crawls", {"source": "ncm"}).json["id"]
    assert admin.post(f"/api/admin/jobs/{job_id}/stop").json["state"] == "cancelled"
    listed = admin.get("/api/admin/jobs?kind=crawl").json
    assert [(job["id"], job["state"]) for job in listed["items"]] == [(job_id, "cancelled")]
    assert admin.get("/api/admin/jobs?kind=import").json["total"] == 0


def test_a_job_that_died_unheard_is_lost(
    admin: Person, session: Session, configured: Settings
) -> None:
    job_id = admin.post("/api/admin/crawls", {"source": "ncm"}).json["id"]
    service.claim(session, job_id=job_id)
    session.execute(sa.update(Job).values(heartbeat_at=utc_now() - timedelta(seconds=31)))
    shown = admin.get(f"/api/admin/jobs/{job_id}").json
    assert (shown["state"], shown["problem"], shown["rate"]) == ("lost", "lost", None)


def test_other_jobs_are_not_shown_here(admin: Person, session: Session) -> None:
    training = service.submit(session, kind="retrain", subject="x", arguments=["train"])
    assert admin.get(f"/api/admin/jobs/{training.id}").status_code == 404
    assert admin.post(f"/api/admin/jobs/{training.id}/stop").status_code == 404
    assert admin.get("/api/admin/jobs").json["total"] == 0


def test_sources_say_what_they_still_need(admin: Person, app: APIFlask, settings: Settings) -> None:
    def obstacles(**changed: str) -> dict[str, str | None]:
        app.config["SETTINGS"] = settings.model_copy(update=changed)
        items = admin.get("/api/admin/crawls/sources").json["items"]
        return {source["name"]: source["obstacle"] for source in items}

    assert obstacles() == {
        "ncm": "source-not-set",
        "musicbrainz": "contact-missing",
        "lrclib": "source-not-set",
    }
    assert obstacles(**LOCAL)["ncm"] is None
    assert obstacles(ncm_base_url="https://music.example")["ncm"] == "permission-missing"
    told = {"ncm_base_url": "https://music.example", "ncm_permission": "yes"}
    assert obstacles(**told)["ncm"] == "contact-missing"
    assert obstacles(**told, crawl_contact="me@example.org")["ncm"] is None
    app.config["SETTINGS"] = settings
    refused = admin.post("/api/admin/crawls", {"source": "ncm"})
    assert (refused.status_code, refused.json["type"]) == (422, "/problems/source-not-set")
    assert "HUISHENG_NCM_BASE_URL" in refused.json["detail"]


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"seeds": ["playlist:x"]}, "no-seed"),
        ({"seeds": ["toplist:1"]}, "no-seed"),
        ({"seeds": ["mbid:1"]}, "no-seed"),
        ({"kinds": ["work"]}, "invalid"),
        ({"limit": 0}, "invalid"),
        ({"source": "elsewhere"}, "invalid"),
    ],
)
def test_a_crawl_that_makes_no_sense_is_refused(
    admin: Person, configured: Settings, change: dict[str, object], kind: str
) -> None:
    answer = admin.post("/api/admin/crawls", CRAWL | change)
    assert (answer.status_code, answer.json["type"]) == (422, f"/problems/{kind}")
    assert admin.get("/api/admin/jobs").json["total"] == 0


def test_a_schedule_begins_a_crawl_again_and_again_until_it_is_paused(
    admin: Person, session: Session, configured: Settings
) -> None:
    made = admin.post("/api/admin/schedules", CRAWL | {"cron": "30 3 * * *"})
    assert made.status_code == 201, made.text
    row = session.get_one(Schedule, made.json["id"])
    assert row.next_due.astimezone(configured.zone).strftime("%H:%M") == "03:30"
    assert due_schedules(session, now=row.next_due) == [row]

    where = f"/api/admin/schedules/{row.id}"
    paused = admin._send("PATCH", where, {"enabled": False}, "csrf_access_token")
    assert paused.json["enabled"] is False
    assert due_schedules(session, now=row.next_due) == []
    assert admin.get("/api/admin/schedules").json["items"] == [paused.json]
    assert admin.delete(where).status_code == 204
    assert admin.get("/api/admin/schedules").json["items"] == []
    assert admin.delete(where).status_code == 404


@pytest.mark.parametrize(
    "cron", ["0 0 31 2 *", "61 * * * *", "* * * * * *", "every day", "0 0 0 0 0"]
)
def test_a_time_that_never_comes_is_refused(admin: Person, configured: Settings, cron: str) -> None:
    answer = admin.post("/api/admin/schedules", {"source": "ncm", "cron": cron})
    assert (answer.status_code, answer.json["type"]) == (422, "/problems/bad-cron")
    assert "30 3 * * *" in answer.json["detail"]
    assert admin.get("/api/admin/schedules").json["items"] == []


def test_a_file_is_kept_for_the_worker(admin: Person, session: Session, settings: Settings) -> None:
    sent = send(admin, "../我的 plays.tsv", b"user_id\titem_id\n", kind="plays")
    assert sent.status_code == 201, sent.text
    assert (sent.json["kind"], sent.json["subject"]) == ("import", "我的-plays.tsv")
    job = session.get_one(Job, sent.json["id"])
    assert job.arguments is not None
    command, path, *options = job.arguments
    assert (command, options) == ("import", ["--once", "--as", "plays"])
    assert path.startswith(str(settings.data_dir / "uploads"))
    assert path.endswith("我的-plays.tsv")
    assert "/" not in sent.json["subject"]


@pytest.mark.parametrize(
    ("name", "fields", "kind"),
    [
        ("songs.csv", {}, "no-import"),
        ("", {}, "invalid"),
        ("plays.tsv", {}, "no-import"),
        ("songs.jsonl", {"kind": "plays"}, "no-import"),
        ("plays.tsv", {"kind": "likes"}, "invalid"),
        ("large.jsonl", {}, "import-too-large"),
    ],
)
def test_a_file_that_cannot_be_imported_leaves_nothing(
    admin: Person, app: APIFlask, settings: Settings, name: str, fields: dict[str, str], kind: str
) -> None:
    app.config["SETTINGS"] = settings.model_copy(update={"import_mb": 1})
    answer = send(admin, name, b"{}\n" * (400_000 if name == "large.jsonl" else 1), **fields)
    assert (answer.status_code, answer.json["type"]) == (422, f"/problems/{kind}")
    assert not any((settings.data_dir / "uploads").glob("*/*"))
    assert admin.get("/api/admin/jobs").json["total"] == 0


def test_a_body_far_too_large_is_not_read(admin: Person, app: APIFlask, settings: Settings) -> None:
    app.config["SETTINGS"] = settings.model_copy(update={"import_mb": 1})
    assert send(admin, "large.jsonl", b"{}\n" * 1_000_000).status_code == 413


def test_listeners_see_none_of_it(person: Callable[[str], Person]) -> None:
    assert person("somebody").get("/api/admin/jobs").status_code == 403
