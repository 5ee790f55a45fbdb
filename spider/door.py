"""The pipeline: answers into the database by count and by time, and into a file of records."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Self, TextIO

from scrapy import Spider
from scrapy.crawler import Crawler
from sqlalchemy.exc import OperationalError

from backend.db.base import utc_now
from backend.db.session import unit_of_work
from backend.ingest.crawl import Fetched, store_fetched
from backend.songs.service import refresh_totals
from spider.crawl import Answer, Crawl
from spider.spiders.source import SourceSpider

THINGS = 500
SECONDS = 2.0
TRIES = 3
logger = logging.getLogger("huisheng.crawl")


class Door:
    """Stores answers, each in one transaction with the memory of having fetched it."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: list[Fetched] = []
        self._ticking: asyncio.Task[None] | None = None
        self._feed: TextIO | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    @property
    def _spider(self) -> SourceSpider:
        spider: Spider | None = self._crawler.spider
        assert isinstance(spider, SourceSpider)
        return spider

    @property
    def _crawl(self) -> Crawl:
        return self._spider.crawl

    def open_spider(self) -> None:
        """Open the feed and begin to look at the clock."""
        self._spider.flush = self.flush
        if path := self._crawl.plan.feed:
            self._feed = path.open("a", encoding="utf-8")
        self._ticking = asyncio.ensure_future(self._tick())

    def close_spider(self) -> None:
        """Store what waits; bring totals of artists, albums and genres up to date."""
        if self._ticking:
            self._ticking.cancel()
        self.flush()
        with unit_of_work(self._crawl.engine) as session:
            refresh_totals(session)
        if self._feed:
            self._feed.close()

    def process_item(self, item: Answer) -> Answer:
        """Take an answer; store when enough of them wait."""
        self._crawl.received += 1
        self._waiting.extend(item.things)
        if len(self._waiting) >= THINGS:
            self.flush()
        return item

    def flush(self) -> None:
        """Store what waits.

        A database that is locked for long is tried again; then the run ends as failed, and what
        was not stored is fetched again by the next.
        """
        things, self._waiting = self._waiting, []
        if not things:
            return
        for attempt in range(1, TRIES + 1):
            try:
                self._store(things)
            except OperationalError:
                logger.warning("The database is away (try %d of %d).", attempt, TRIES)
                if attempt == TRIES:
                    self._spider.end("database")
                    raise
            else:
                break
        self._write_feed(things)

    def _store(self, things: Sequence[Fetched]) -> None:
        with unit_of_work(self._crawl.engine) as session:
            harvest = store_fetched(
                session,
                self._spider.source,
                things,
                zone=self._crawl.settings.zone,
                now=utc_now(),
            )
        self._crawl.score.add(harvest)
        for reason in harvest.refusals[:5]:
            logger.warning("Refused: %s", reason)

    def _write_feed(self, things: Sequence[Fetched]) -> None:
        if self._feed is None:
            return
        for thing in things:
            for record in thing.records:
                told = record.model_dump_json(exclude_unset=True)
                self._feed.write(f'{{"record":"{record.record}",{told[1:]}\n')
        self._feed.flush()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(SECONDS)
            self.flush()
