"""Shows a crawl while it runs: in the job's row, on the terminal, in the log."""

import asyncio
from time import monotonic
from typing import Self

from rich.live import Live
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from sqlalchemy.exc import OperationalError
from twisted.python.failure import Failure

from backend.jobs.service import HEARTBEAT
from backend.terminal import errors, say
from spider.spiders.source import SourceSpider

LOGGED = 5.0
"""Seconds between two lines where there is no terminal."""


class Watch:
    """Writes figures and a sign of life; ends the run when somebody asks to."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._task: asyncio.Task[None] | None = None
        self._logged = 0.0
        self._live: Live | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        watch = cls(crawler)
        crawler.signals.connect(watch.opened, signals.spider_opened)
        crawler.signals.connect(watch.closed, signals.spider_closed)
        crawler.signals.connect(watch.broken, signals.spider_error)
        return watch

    @property
    def _spider(self) -> SourceSpider:
        assert isinstance(self._crawler.spider, SourceSpider)
        return self._crawler.spider

    def opened(self) -> None:
        """Begin to watch."""
        if errors.is_terminal:
            self._live = Live(console=errors, transient=True, auto_refresh=False)
            self._live.start()
        self._task = asyncio.ensure_future(self._watch())

    def broken(self, failure: Failure) -> None:
        """Count an answer on which the spider itself broke; Scrapy has logged where."""
        score = self._spider.crawl.score
        score.failed += 1
        score.reasons[type(failure.value).__name__] += 1

    def closed(self, reason: str) -> None:
        """Remember why it ended: of itself, or because it was told to."""
        crawl = self._spider.crawl
        crawl.reason = crawl.reason or reason
        if self._task:
            self._task.cancel()
        if self._live:
            self._live.stop()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(HEARTBEAT)
            self._show()

    def _show(self) -> None:
        crawl = self._spider.crawl
        line = crawl.line()
        if self._live:
            self._live.update(Text(line), refresh=True)
        elif monotonic() - self._logged >= LOGGED:
            self._logged = monotonic()
            say(line)
        try:
            asked = crawl.job.count(line[:255], crawl.score.counts())
        except OperationalError:
            return  # locked for long; the pipeline says so when it lasts
        if asked:
            self._spider.end("cancelled")
