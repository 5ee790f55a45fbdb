"""Between a spider and the network: whom it may ask, how often, and how long it waits."""

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from spider.crawl import Crawl
from spider.spiders.source import SourceSpider, Unasked

LONGEST_WAIT = 300.0
"""Seconds; a source that asks for more is not asked again in this run."""


def host_of(url: str) -> str:
    """Return `name:port` of an address."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{(parts.hostname or '').lower()}:{port}"


def _spider(crawler: Crawler) -> SourceSpider:
    assert isinstance(crawler.spider, SourceSpider)
    return crawler.spider


class Guard:
    """Lets requests pass to the configured hosts alone, and only so many of them."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Count a request.

        Raises:
            Unasked: it goes elsewhere (the run ends as failed), or the budget is spent.
        """
        spider = _spider(self._crawler)
        crawl: Crawl = spider.crawl
        if host_of(request.url) not in crawl.hosts:
            crawl.score.reasons["elsewhere"] += 1
            spider.logger.error("Not asked: %s is not the source.", host_of(request.url))
            spider.end("elsewhere")
            raise Unasked("another host")
        if crawl.reason is not None:
            raise Unasked("the run ends")
        if crawl.score.requests >= crawl.settings.crawl_requests:
            spider.end("requests")
            raise Unasked("the budget is spent")
        crawl.score.requests += 1


class Patience(RetryMiddleware):
    """Tries again, later each time; a whole host rests for as long as it asks for."""

    _rests_until: dict[str, float]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        made = super().from_crawler(crawler)
        made._rests_until = {}
        return made

    async def process_request(self, request: Request) -> None:
        """Wait while the host rests."""
        while (rest := self._rests_until.get(host_of(request.url), 0.0) - monotonic()) > 0:
            await asyncio.sleep(rest)

    def rest(self, host: str, seconds: float) -> None:
        """Let a host rest."""
        self._rests_until[host] = max(self._rests_until.get(host, 0.0), monotonic() + seconds)

    async def process_response(  # type: ignore[override]  # scrapy awaits what it is given
        self, request: Request, response: Response
    ) -> Request | Response:
        """Give a busy source its time, then ask again."""
        if response.headers.get("X-RateLimit-Remaining") == b"0":
            left = seconds_of(response.headers.get("X-RateLimit-Reset-In"))
            self.rest(host_of(request.url), min(left or 0.0, LONGEST_WAIT))
        if response.status not in self.retry_http_codes:
            return response
        asked = seconds_of(response.headers.get("Retry-After"))
        if asked is not None and asked > LONGEST_WAIT:
            return response
        again = self._retry(request, f"status {response.status}")
        if again is None:
            return response
        wait = self._wait(again) if asked is None else asked
        if asked is not None:
            self.rest(host_of(request.url), asked)
        await asyncio.sleep(wait)
        return again

    async def process_exception(  # type: ignore[override]  # scrapy awaits what it is given
        self, request: Request, exception: Exception
    ) -> Request | None:
        """Ask again after a time-out or a lost connection."""
        if not isinstance(exception, self.exceptions_to_retry):
            return None
        again = self._retry(request, exception)
        if isinstance(again, Request):
            await asyncio.sleep(self._wait(again))
            return again
        return None

    def _wait(self, request: Request) -> float:
        first = self.crawler.settings.getfloat("CRAWL_FIRST_WAIT")
        return float(first * 2 ** (request.meta["retry_times"] - 1))


class CrawlDelay:
    """Keeps the seconds between two requests that a host's robots.txt asks for."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._delays: dict[str, float] = {}
        self._next: dict[str, float] = {}
        crawler.signals.connect(self._read, signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def _read(self, robotparser: RobotParser, request: Request) -> None:
        """Remember what was asked for; the configured delay is kept where it is longer."""
        assert isinstance(robotparser, ProtegoRobotParser)
        asked = robotparser.rp.crawl_delay(self._crawler.settings["USER_AGENT"])
        if asked is not None:
            self._delays[host_of(request.url)] = min(float(asked), LONGEST_WAIT)

    async def process_request(self, request: Request) -> None:
        """Wait for this request's turn."""
        host = host_of(request.url)
        if delay := self._delays.get(host):
            turn = max(self._next.get(host, 0.0), monotonic())
            self._next[host] = turn + delay
            await asyncio.sleep(turn - monotonic())


def seconds_of(header: bytes | None) -> float | None:
    """Return the seconds a `Retry-After` names, as a number or as a date."""
    text = (header or b"").decode("latin-1").strip()
    if text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - datetime.now(UTC)).total_seconds(), 0.0)
