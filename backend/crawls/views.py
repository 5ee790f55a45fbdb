"""Crawls, imports and schedules over HTTP, for administrators."""

from collections.abc import Callable
from contextlib import closing
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from apiflask import APIBlueprint
from flask import current_app, g, request

from backend.accounts import identity
from backend.crawls import service, uploads
from backend.crawls.schemas import (
    CrawlIn,
    ImportIn,
    JobDetailOut,
    JobOut,
    JobPage,
    JobsQuery,
    ScheduleIn,
    ScheduleOut,
    SchedulesOut,
    SourceOut,
    SourcesOut,
    SwitchIn,
    job_facts,
    schedule_out,
    source_out,
)
from backend.crawls.sources import SOURCES, Source, addresses, check
from backend.errors import HuishengError, kebab
from backend.extensions import request_session
from backend.jobs import logs
from backend.jobs import service as jobs
from backend.jobs.errors import JobNotFound
from backend.jobs.queue import Queue
from backend.jobs.runner import ended_unheard
from backend.jobs.tables import Job
from backend.settings import Settings

bp = APIBlueprint("crawls", __name__, url_prefix="/api/admin")
LOG_LINES = 200
ENVELOPE = 1 << 20
"""Bytes that a form adds to the file in it."""
Params = ParamSpec("Params")
Answer = TypeVar("Answer")


def _settings() -> Settings:
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _tell(job: Job) -> JobOut:
    """Tell the worker of a job once this request has committed."""
    if "queue" not in g:
        g.queue = Queue(_settings())
    g.queue.put_after_commit(request_session(), job)
    return _job_out(job)


@bp.teardown_app_request
def _let_go(_: BaseException | None) -> None:
    if queue := g.pop("queue", None):
        queue.close()


def _facts(job: Job) -> dict[str, Any]:
    data_dir = _settings().data_dir
    progress = logs.progress(data_dir, job.id) if job.state == "running" else None
    return job_facts(job, lost=ended_unheard(data_dir, job), progress=progress)


def _job_out(job: Job) -> JobOut:
    return JobOut(**_facts(job))


def _job(job_id: int) -> Job:
    job = jobs.get(request_session(), job_id=job_id)
    if job.kind not in service.KINDS:
        raise JobNotFound(job_id)
    return job


def _source_out(source: Source) -> SourceOut:
    settings, obstacle = _settings(), None
    try:
        check(settings, source.name)
    except HuishengError as error:
        obstacle = kebab(type(error).__name__)
    return source_out(source, urlsplit(addresses(settings, source.name)[0]).netloc, obstacle)


def uploading(view: Callable[Params, Answer]) -> Callable[Params, Answer]:
    """Let a request of this view be as large as an import may be."""

    @wraps(view)
    def sized(*args: Params.args, **kwargs: Params.kwargs) -> Answer:
        request.max_content_length = _settings().import_mb * uploads.CHUNK + ENVELOPE
        return view(*args, **kwargs)

    return sized


@bp.get("/crawls/sources")
@bp.doc(operation_id="listSources", summary="Sources of crawls, and what each still needs")
@identity.roles_required("admin")
@bp.output(SourcesOut)
def list_sources() -> SourcesOut:
    return SourcesOut(items=[_source_out(source) for source in SOURCES.values()])


@bp.post("/crawls")
@bp.doc(operation_id="startCrawl", summary="Start a crawl behind the pages")
@identity.roles_required("admin")
@bp.input(CrawlIn)
@bp.output(JobOut, status_code=201)
def start_crawl(json_data: CrawlIn) -> JobOut:
    check(_settings(), json_data.source)
    return _tell(service.start(request_session(), json_data.order()))


@bp.post("/imports")
@bp.doc(operation_id="importFile", summary="Import a file behind the pages")
@identity.roles_required("admin")
@uploading
@bp.input(ImportIn, location="form_and_files")
@bp.output(JobOut, status_code=201)
def import_file(form_and_files_data: ImportIn) -> JobOut:
    sent, settings = form_and_files_data.file, _settings()
    with closing(sent):
        path: Path = uploads.keep(
            settings.data_dir, sent.filename or "", sent.stream, megabytes=settings.import_mb
        )
    arguments = uploads.arguments(path, form_and_files_data.kind)
    return _tell(service.start_import(request_session(), name=path.name, arguments=arguments))


@bp.get("/jobs")
@bp.doc(operation_id="listJobs", summary="Crawls and imports, newest first")
@identity.roles_required("admin")
@bp.input(JobsQuery, location="query")
@bp.output(JobPage)
def list_jobs(query_data: JobsQuery) -> JobPage:
    kinds = (query_data.kind,) if query_data.kind else service.KINDS
    rows, total = jobs.list_jobs(
        request_session(), kinds=kinds, offset=query_data.offset, limit=query_data.per_page
    )
    items = [_job_out(row) for row in rows]
    return JobPage(items=items, page=query_data.page, per_page=query_data.per_page, total=total)


@bp.get("/jobs/<int:job_id>")
@bp.doc(operation_id="getJob", summary="A crawl or import with the end of its log")
@identity.roles_required("admin")
@bp.output(JobDetailOut)
def get_job(job_id: int) -> JobDetailOut:
    job = _job(job_id)
    return JobDetailOut(**_facts(job), log=logs.tail(_settings().data_dir, job_id, lines=LOG_LINES))


@bp.post("/jobs/<int:job_id>/stop")
@bp.doc(operation_id="stopJob", summary="Ask a crawl or import to stop")
@identity.roles_required("admin")
@bp.output(JobOut)
def stop_job(job_id: int) -> JobOut:
    _job(job_id)
    return _job_out(jobs.cancel(request_session(), job_id=job_id))


@bp.get("/schedules")
@bp.doc(operation_id="listSchedules", summary="Crawls that come again and again")
@identity.roles_required("admin")
@bp.output(SchedulesOut)
def list_schedules() -> SchedulesOut:
    return SchedulesOut(items=[schedule_out(row) for row in service.schedules(request_session())])


@bp.post("/schedules")
@bp.doc(operation_id="addSchedule", summary="Have a crawl come again and again")
@identity.roles_required("admin")
@bp.input(ScheduleIn)
@bp.output(ScheduleOut, status_code=201)
def add_schedule(json_data: ScheduleIn) -> ScheduleOut:
    settings = _settings()
    check(settings, json_data.source)
    row = service.add_schedule(
        request_session(), json_data.order(), cron=json_data.cron, zone=settings.zone
    )
    return schedule_out(row)


@bp.patch("/schedules/<int:schedule_id>")
@bp.doc(operation_id="switchSchedule", summary="Pause a schedule, or let it go on")
@identity.roles_required("admin")
@bp.input(SwitchIn)
@bp.output(ScheduleOut)
def switch_schedule(schedule_id: int, json_data: SwitchIn) -> ScheduleOut:
    row = service.switch_schedule(
        request_session(),
        schedule_id=schedule_id,
        enabled=json_data.enabled,
        zone=_settings().zone,
    )
    return schedule_out(row)


@bp.delete("/schedules/<int:schedule_id>")
@bp.doc(operation_id="removeSchedule", summary="Remove a schedule")
@identity.roles_required("admin")
@bp.output({}, status_code=204)
def remove_schedule(schedule_id: int) -> str:
    service.remove_schedule(request_session(), schedule_id=schedule_id)
    return ""
