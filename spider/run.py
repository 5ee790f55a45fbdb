"""One crawl as a job: who may, alone, to its end."""

from contextlib import suppress
from dataclasses import replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.misc import load_object
from sqlalchemy import select
from sqlalchemy.engine import Engine

from backend.database import ready_engine
from backend.db.session import unit_of_work
from backend.errors import Invalid, Unavailable
from backend.jobs import service
from backend.jobs.errors import JobCancelled, JobRefused
from backend.jobs.locks import only_one
from backend.jobs.tables import Job
from backend.settings import Settings
from backend.terminal import say
from spider.crawl import Crawl, Plan
from spider.manners import DELAY, scrapy_settings
from spider.middlewares import host_of
from spider.sources import SPIDERS
from spider.spiders.ncm_seeds import wants_of

KIND = "crawl"
DEFAULT_SEEDS = ("toplist",)


class SourceRefused(JobRefused):
    def __init__(self) -> None:
        super().__init__(
            "The source refuses visits. What it gave is kept; leave it alone for some hours."
        )


class CrawlFailed(Unavailable):
    """The run ended early; what it had is kept."""


_FAILURES = {
    "broken": "The spider itself is broken; the log says where.",
    "errors": "Too much failed (HUISHENG_CRAWL_ERRORS). Look at the log before going on.",
    "elsewhere": "An answer led to another host. Nothing was asked there; the run has ended.",
    "database": "The database could not be written to. Run again: what was not stored comes again.",
}


def run(settings: Settings, plan: Plan, *, job_id: int | None, resume: bool) -> None:
    """Crawl in the foreground.

    Raises:
        Invalid: a setting is missing, or the source may not be crawled; the message says what.
        AlreadyRunning, SourceRefused, JobCancelled, CrawlFailed.
    """
    base = settings.ncm_base_url
    local = check(settings, base)
    for seed in plan.seeds:
        wants_of(seed)
    if not plan.seeds and not resume:
        plan = replace(plan, seeds=DEFAULT_SEEDS)
    engine = ready_engine(settings)
    with only_one(settings.data_dir, f"crawl-{plan.spider}", what=f"A crawl of {plan.spider}"):
        if resume and job_id is None:
            job_id = unfinished(engine, plan.spider)
        with service.job(engine, kind=KIND, subject=plan.spider, job_id=job_id) as job:
            crawl = Crawl(settings, plan, engine, job, {host_of(base): 0 if local else DELAY})
            process = AsyncCrawlerProcess(scrapy_settings(settings, local=local, delay=plan.delay))
            process.crawl(load_object(SPIDERS[plan.spider]), crawl=crawl)
            process.start()
            job.result = crawl.score.counts()
            job.count(crawl.line()[:255], job.result)
            say(crawl.line())
            _tell(crawl)


def check(settings: Settings, base: str) -> bool:
    """Tell whether a source is on this machine; beyond it there must be leave and a contact.

    Raises:
        Invalid: something is missing; the message names the cure.
    """
    if not base:
        raise Invalid(
            "Where is the source? Set HUISHENG_NCM_BASE_URL; `huisheng replay` serves one here."
        )
    if is_loopback(base):
        return True
    if settings.ncm_permission != "yes":
        raise Invalid(
            f"{host_of(base)} is not this machine. Set HUISHENG_NCM_PERMISSION=yes if whoever "
            "runs it allows the crawl."
        )
    if not settings.crawl_contact:
        raise Invalid("Say who crawls: set HUISHENG_CRAWL_CONTACT to an e-mail or a web address.")
    return False


def is_loopback(url: str) -> bool:
    """Tell whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    with suppress(ValueError):
        return ip_address(host).is_loopback
    return host == "localhost"


def unfinished(engine: Engine, spider: str) -> int | None:
    """Return the last crawl of that spider when it did not reach its end."""
    with unit_of_work(engine) as session:
        last = session.execute(
            select(Job.id, Job.state)
            .where(Job.kind == KIND, Job.subject == spider)
            .order_by(Job.id.desc())
            .limit(1)
        ).first()
    return last.id if last and last.state != "done" else None


def _tell(crawl: Crawl) -> None:
    """Turn how the run ended into what the job's row says."""
    if crawl.reason == "refused":
        raise SourceRefused
    if crawl.reason in ("cancelled", "shutdown"):
        raise JobCancelled("Stopped. The next run goes on from here.")
    if crawl.reason == "requests":
        say("The budget of requests (HUISHENG_CRAWL_REQUESTS) is spent; the next run goes on.")
    elif crawl.reason in _FAILURES:
        raise CrawlFailed(_FAILURES[crawl.reason])
