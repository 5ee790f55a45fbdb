"""Comments of the NetEase-shaped source: page by page, newest first, to the first known one."""

import hashlib
import hmac
from datetime import timedelta
from typing import Any, ClassVar

from pydantic import ValidationError
from scrapy import Request
from sqlalchemy.orm import Session

from backend.ingest.crawl import Fetched, known_comments
from backend.ingest.records import Record
from spider.parsers import ncm
from spider.parsers.refusal import Refused, mapping, sequence
from spider.spiders.ncm_dialects import COMMENTS, DEEPEST, DIALECTS
from spider.spiders.source import Ask, Output, SourceSpider


class NcmComments(SourceSpider):
    """What a spider of that source needs to read comments."""

    source: ClassVar[str] = ncm.SOURCE

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        settings = self.crawl.settings
        self._base = settings.ncm_base_url
        self._dialect = DIALECTS[settings.ncm_dialect]
        self._salt = settings.signing_key().encode()

    def _comments(
        self,
        key: str,
        cursor: str | None,
        was: str,
        due: timedelta,
        held: tuple[Record, ...] = (),
    ) -> Request:
        """Return the request for a page; the cursor is `offset:N` or `before:MILLISECONDS`."""
        name, _, place = (cursor or "offset:0").partition(":")
        query: dict[str, Any] = {"limit": COMMENTS, "offset": 0} | {name: place}
        ask = Ask("comments", (key,), self._read_comments, due, cursor or "offset:0", was, held)
        return self.request(self._dialect.url(self._base, "comments", key, **query), ask)

    def _read_comments(self, data: Any, ask: Ask) -> Output:
        song, first = ask.ids[0], ask.cursor == "offset:0"
        listed = sequence(data.get("comments"))
        ids, bad = ncm.parse_ids([{"id": _comment_id(c)} for c in listed], "comment")
        self._bad_ids(bad)
        known: set[str] = set()
        if ask.was == "done":
            self.flush()
            with Session(self.crawl.engine) as session:
                known = known_comments(session, self.source, ids)
        shown = listed if known or not first else [*sequence(data.get("hotComments")), *listed]
        records = (*ask.held, *self._comment_records(shown, song, known))
        following = None if known else self._following(listed, data, ask)
        if following is None:
            yield self.crawl.answer(Fetched("comments", song, "done", records, due=ask.due))
            return
        self.paging.add(("comments", song))
        # What is newer than the last time is stored at once: with a part of it stored, the next
        # run would take that part for the first known.
        if ask.was == "done":
            yield self._comments(song, following, ask.was, ask.due, records)
            return
        page = Fetched("comments", song, "partial", records, due=timedelta(0), cursor=following)
        yield self.crawl.answer(page)
        yield self._comments(song, following, ask.was or "", ask.due)

    def _following(self, listed: list[Any], data: Any, ask: Ask) -> str | None:
        """Return the cursor of the page after this; None after the last."""
        if not data.get("more") or not listed:
            return None
        name, _, place = str(ask.cursor).partition(":")
        if name == "offset" and int(place) + COMMENTS < DEEPEST:
            return f"offset:{int(place) + COMMENTS}"
        times = [
            c["time"] for c in listed if isinstance(c, dict) and isinstance(c.get("time"), int)
        ]
        if not times or (name == "before" and min(times) >= int(place)):
            return None
        return f"before:{min(times)}"

    def _comment_records(self, shown: list[Any], song: str, known: set[str]) -> tuple[Record, ...]:
        records: dict[tuple[str, str], Record] = {}
        for told in shown:
            try:
                parsed = ncm.parse_comment(mapping(told, "comment"), song, self._pseudonym)
            except (Refused, ValidationError):
                continue
            for record in parsed or ():
                if record is not None and record.source_id not in known:
                    records[record.record, record.source_id] = record
        return tuple(records.values())

    def _pseudonym(self, user: str) -> str:
        told = f"{self.source}:{user}".encode()
        return hmac.new(self._salt, told, hashlib.sha256).hexdigest()[:24]

    def _bad_ids(self, count: int) -> None:
        if count:
            self.crawl.score.refused += count
            self.crawl.score.reasons["no id"] += count


def _comment_id(comment: Any) -> Any:
    return comment.get("commentId") if isinstance(comment, dict) else None
