"""What all spiders share: the frontier in the database, and what an answer can turn out to be.

What is still to be fetched stands in `crawl_state`; a spider draws from it a page at a time and
has at most `IN_HAND` requests out, so that memory does not grow with the size of the source.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, ClassVar, NoReturn

from pydantic import ValidationError
from scrapy import Request, Spider
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from sqlalchemy.orm import Session
from twisted.python.failure import Failure

from backend.db.base import utc_now
from backend.db.session import unit_of_work
from backend.ingest.crawl import REFUSED_AGAIN, Fetched, due, remember, states
from backend.ingest.records import Record
from spider.crawl import Answer, Crawl
from spider.parsers.refusal import Refused

IN_HAND = 64
PAGE = 500
STREAK = 3
"""Refusals in a row after which a source is left alone."""
AGAIN = timedelta(days=30)
logger = logging.getLogger("huisheng.crawl")
Output = Iterator[Answer | Request]
State = Mapping[str, Any]


class Unasked(IgnoreRequest):
    """The request was not sent because the run ends; what it is for stays wanted."""


@dataclass(frozen=True)
class Ask:
    """What a request is for."""

    kind: str
    ids: tuple[str, ...]
    read: Callable[[Any, "Ask"], Output]
    due: timedelta = AGAIN
    cursor: str | None = None
    was: str | None = None
    """The status remembered from the time before."""
    held: tuple[Record, ...] = ()
    """What the pages before told, where all of them are stored together."""


class SourceSpider(Spider):
    """A spider of one source."""

    source: ClassVar[str]

    def __init__(self, *, crawl: Crawl, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.crawl = crawl
        self.flush: Callable[[], None] = lambda: None
        self.paging: set[tuple[str, str]] = set()
        """Things that are read page by page in this run: their state changes meanwhile."""
        self._in_hand = 0
        self._streak = 0
        self._ending: asyncio.Task[None] | None = None

    async def start(self) -> AsyncIterator[Request | Answer]:
        """Yield what `journey` does; where it breaks the run has failed, not finished."""
        try:
            async for step in self.journey():
                yield step
        # Whatever breaks in a journey: Scrapy would log it and call the run finished.
        except Exception:
            logger.exception("The spider is broken.")
            self.end("broken")

    def journey(self) -> AsyncIterator[Request | Answer]:
        """Yield requests in order, and answers that were held back."""
        raise NotImplementedError

    def want(self, wants: Collection[tuple[str, str]]) -> None:
        """Remember what somebody asked for; what is known already stays as it is."""
        with unit_of_work(self.crawl.engine) as session:
            remember(session, self.source, wants, now=utc_now())

    async def drawn(
        self, kinds: Collection[str], *, at_most: int
    ) -> AsyncIterator[list[tuple[str, str, State]]]:
        """Yield pages of (kind, id, what is remembered) that are due, until none is left."""
        after: tuple[datetime, str, str] | None = None
        left = at_most
        settled = False
        while left > 0:
            with Session(self.crawl.engine) as session:
                page = due(
                    session, self.source, kinds, by=utc_now(), after=after, limit=min(PAGE, left)
                )
                known = states(session, self.source, {(kind, key) for _, kind, key in page})
            if not page:
                if settled:
                    return
                await self.settled()
                settled = True
                continue
            settled = False
            after = page[-1]
            fresh: list[tuple[str, str, State]] = [
                (k, i, known[k, i]) for _, k, i in page if (k, i) not in self.paging
            ]
            left -= len(fresh)
            yield fresh

    async def room(self, in_hand: int = IN_HAND) -> None:
        """Wait until no more requests than that are out."""
        while self._in_hand > in_hand:
            await asyncio.sleep(0.005)

    async def settled(self) -> None:
        """Wait until every answer has come and is stored."""
        await self.room(0)
        while self.crawl.received < self.crawl.emitted:
            await asyncio.sleep(0.005)
        self.flush()

    def request(self, url: str, ask: Ask, *, etag: str | None = None, **options: Any) -> Request:
        """Return a request whose answer is given to `ask.read`."""
        headers = {**options.pop("headers", {}), **({"If-None-Match": etag} if etag else {})}
        return Request(
            url,
            callback=self._answered,
            errback=self._failed,
            cb_kwargs={"ask": ask},
            dont_filter=True,
            headers=headers,
            **options,
        )

    def first(self, request: Request) -> Request:
        """Count a request that begins something; its place is free when its last page is read."""
        self._in_hand += 1
        return request

    def end(self, reason: str) -> None:
        """End the run from a task of its own: a middleware that waited for it would never end."""
        if self._ending is None:
            self.crawl.reason = reason
            assert self.crawler.engine is not None
            closing = self.crawler.engine.close_spider_async(reason=reason)
            self._ending = asyncio.ensure_future(closing)

    def refusal(self, data: Any) -> bool:
        """Tell whether an answer says that the source wants no more visits."""
        raise NotImplementedError

    def trouble(self, data: Any) -> str | None:
        """Return missing, login or failed where an answer is none in spite of its status."""
        raise NotImplementedError

    def lost(self, ask: Ask, status: str, reason: str) -> Answer:
        """Make the answer for things that were not had, and count them."""
        score = self.crawl.score
        score.reasons[reason] += 1
        refused = status == "refused"
        if refused:
            score.refused += len(ask.ids)
        elif status == "failed":
            score.failed += len(ask.ids)
            if score.failed > self.crawl.settings.crawl_errors:
                self.end("errors")
        logger.warning("%s %s: %s", ask.kind, ask.ids[0], reason)
        again = REFUSED_AGAIN if refused else ask.due
        return self.crawl.answer(
            *(
                Fetched(ask.kind, key, status, due=again, cursor=ask.cursor)  # type: ignore[arg-type]
                for key in ask.ids
            )
        )

    def _answered(self, response: Response, ask: Ask) -> Output:
        follows = False
        try:
            for out in self._read(response, ask):
                follows = follows or isinstance(out, Request)
                yield out
        finally:
            if not follows:
                self._in_hand -= 1

    def _read(self, response: Response, ask: Ask) -> Output:
        if response.status == 304:
            self.crawl.score.same += len(ask.ids)
            yield self.crawl.answer(*(Fetched(ask.kind, i, "same", due=ask.due) for i in ask.ids))
            return
        if response.status == 404:
            yield self._missing(ask)
            return
        if response.status != 200:
            yield self.lost(ask, "failed", f"status {response.status}")
            return
        try:
            data = json.loads(response.body, parse_constant=_no_number)
        except ValueError:
            yield self.lost(ask, "failed", "no JSON")
            return
        if self.refusal(data):
            self._refused()
            return
        self._streak = 0
        match self.trouble(data):
            case "missing":
                yield self._missing(ask)
            case "login":
                yield self.lost(ask, "refused", "log-in wanted")
            case str(reason):
                yield self.lost(ask, "failed", reason)
            case None:
                yield from self._parsed(data, response, ask)

    def _parsed(self, data: Any, response: Response, ask: Ask) -> Output:
        try:
            for out in ask.read(data, ask):
                yield _with_etag(out, response, ask)
        except (Refused, ValidationError) as error:
            logger.warning("%s %s: %s", ask.kind, ask.ids[0], str(error).splitlines()[0])
            yield self.lost(ask, "refused", "not what it should be")

    def _missing(self, ask: Ask) -> Answer:
        return self.crawl.answer(*(Fetched(ask.kind, i, "missing", due=AGAIN) for i in ask.ids))

    def _refused(self) -> None:
        self.crawl.score.refusals += 1
        self._streak += 1
        if self._streak >= STREAK:
            self.end("refused")

    def _failed(self, failure: Failure) -> Output:
        self._in_hand -= 1
        ask: Ask = failure.request.cb_kwargs["ask"]  # type: ignore[attr-defined]  # scrapy adds it
        if isinstance(failure.value, Unasked):
            return
        if isinstance(failure.value, IgnoreRequest):
            yield self.lost(ask, "refused", "robots.txt forbids it")
        else:
            yield self.lost(ask, "failed", type(failure.value).__name__)


def _with_etag(out: Answer | Request, response: Response, ask: Ask) -> Answer | Request:
    told = response.headers.get("ETag")
    etag = told.decode("latin-1") if told else None
    if etag is None or len(etag) > 255 or isinstance(out, Request) or len(ask.ids) > 1:
        return out
    mine = (ask.kind, ask.ids[0])
    return Answer(
        tuple(replace(t, etag=etag) if (t.kind, t.source_id) == mine else t for t in out.things)
    )


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
