"""One crawl as a job: who may, alone, to its end."""

import gc
from dataclasses import replace

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.misc import load_object
from sqlalchemy import select
from sqlalchemy.engine import Engine

from backend.crawls.service import CRAWL
from backend.crawls.sources import SOURCES, addresses, check
from backend.database import ready_engine
from backend.db.session import unit_of_work
from backend.errors import Unavailable
from backend.jobs import service
from backend.jobs.errors import JobCancelled, JobRefused
from backend.jobs.locks import only_one
from backend.jobs.tables import Job
from backend.settings import Settings
from backend.terminal import say
from spider.crawl import Crawl, Plan
from spider.manners import scrapy_settings
from spider.middlewares import host_of
from spider.sources import SPIDERS


class SourceRefused(JobRefused):
    def __init__(self) -> None:
        super().__init__(
            "The source refuses visits. What it gave is kept; leave it alone for some hours."
        )


class CrawlBroken(Unavailable):
    def __init__(self) -> None:
        super().__init__("The spider itself is broken; the log says where.")


class TooManyFailed(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "Too much failed (HUISHENG_CRAWL_ERRORS). Look at the log before going on."
        )


class LedElsewhere(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "An answer led to another host. Nothing was asked there; the run has ended."
        )


class NotStored(Unavailable):
    def __init__(self) -> None:
        super().__init__(
            "The database could not be written to. Run again: what was not stored comes again."
        )


_FAILURES = {
    "broken": CrawlBroken,
    "errors": TooManyFailed,
    "elsewhere": LedElsewhere,
    "database": NotStored,
}


def run(settings: Settings, plan: Plan, *, job_id: int | None, resume: bool) -> None:
    """Crawl in the foreground.

    Raises:
        Invalid: a setting is missing, or the source may not be crawled; the message says what.
        AlreadyRunning, SourceRefused, JobCancelled: it did not begin, or ended early.
        CrawlBroken, TooManyFailed, LedElsewhere, NotStored: it failed; what it had is kept.
    """
    source = SOURCES[plan.spider]
    local = check(settings, plan.spider)
    for seed in plan.seeds:
        source.read(seed)
    if not plan.seeds and not resume:
        plan = replace(plan, seeds=source.default_seeds)
    hosts = {host_of(address) for address in addresses(settings, plan.spider)}
    # The readings of every sign are loaded by now: a million objects that stay, which the
    # collector would go through again and again, a fifth of a crawl's work.
    gc.freeze()
    engine = ready_engine(settings)
    with only_one(settings.data_dir, f"crawl-{plan.spider}", what=f"A crawl of {plan.spider}"):
        if resume and job_id is None:
            job_id = unfinished(engine, plan.spider)
        with service.job(engine, kind=CRAWL, subject=plan.spider, job_id=job_id) as job:
            crawl = Crawl(settings, plan, engine, job, frozenset(hosts))
            process = AsyncCrawlerProcess(scrapy_settings(settings, local=local, delay=plan.delay))
            process.crawl(load_object(SPIDERS[plan.spider]), crawl=crawl)
            process.start()
            job.result = crawl.score.counts()
            job.count(crawl.line()[:255], job.result)
            say(crawl.line())
            _tell(crawl)


def unfinished(engine: Engine, spider: str) -> int | None:
    """Return the last crawl of that spider when it did not reach its end."""
    with unit_of_work(engine) as session:
        last = session.execute(
            select(Job.id, Job.state)
            .where(Job.kind == CRAWL, Job.subject == spider)
            .order_by(Job.id.desc())
            .limit(1)
        ).first()
    return last.id if last and last.state != "done" else None


def _tell(crawl: Crawl) -> None:
    """Turn how the run ended into what the job's row says."""
    if crawl.reason == "refused":
        raise SourceRefused
    if crawl.reason in ("cancelled", "shutdown", None):  # None: stopped before it had opened
        raise JobCancelled("Stopped. The next run goes on from here.")
    if crawl.reason == "requests":
        say("The budget of requests (HUISHENG_CRAWL_REQUESTS) is spent; the next run goes on.")
    elif crawl.reason in _FAILURES:
        raise _FAILURES[crawl.reason]()
