"""The NetEase-shaped source: charts and lists lead to songs, songs to all that hangs on them."""

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

from pydantic import ValidationError
from scrapy import Request
from sqlalchemy.orm import Session

from backend.crawls.sources import NCM
from backend.ingest.crawl import Fetched, Status, heat_of_top, hottest
from backend.ingest.records import LyricRecord, Record
from spider.crawl import Answer
from spider.parsers import ncm
from spider.parsers.refusal import Refused, key_of, mapping, sequence
from spider.spiders.ncm_comments import NcmComments
from spider.spiders.ncm_dialects import PAGE
from spider.spiders.source import AGAIN, Ask, Output, State

LISTS = ("artist_songs", "chart", "playlist", "tag", "toplist")
SEEDS = {"artist": "artist_songs"}
"""Kinds of things wanted for kinds of seeds that are called otherwise."""
LISTS_AT_ONCE = 50
"""Lists whose songs are fetched before the next lists are looked at."""
CHARTS_AGAIN = timedelta(hours=6)
DAILY = timedelta(days=1)
TOP = 1_000
"""So many of the hottest songs have their comments looked at every day."""
BATCHES_IN_HAND = 4
REFUSALS = frozenset({447, 460, 462})
LOGIN = 301


class NcmSpider(NcmComments):
    """Crawls one host in one of the two dialects."""

    name = "ncm"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._held: list[Fetched] = []
        self._hot_from = 0.0

    async def journey(self) -> AsyncIterator[Request | Answer]:
        """Yield requests: lists, then the songs they name, then what hangs on those."""
        seeds = [NCM.read(seed) for seed in self.crawl.plan.seeds]
        self.want([(SEEDS.get(kind, kind), key or "all") for kind, key in seeds])
        left = self.crawl.plan.limit or 10**12
        while True:
            begun = self.crawl.score.requests
            async for request in self._lists():
                yield request
            async for batch in self.drawn(("song",), at_most=left):
                left -= len(batch)
                for start in range(0, len(batch), self._dialect.batch):
                    await self.room(BATCHES_IN_HAND)
                    ids = tuple(key for _, key, _ in batch[start : start + self._dialect.batch])
                    yield self.first(self._songs(ids))
            await self.settled()
            if answer := self._handed_over(complete=left > 0):
                yield answer
            await self.settled()
            async for request in self._hangers():
                yield request
            await self.settled()
            if left <= 0 or self.crawl.score.requests == begun:
                return

    async def _lists(self) -> AsyncIterator[Request]:
        async for page in self.drawn(LISTS, at_most=LISTS_AT_ONCE):
            for kind, key, state in page:
                await self.room()
                yield self.first(self._list(kind, key, state))
        await self.settled()

    async def _hangers(self) -> AsyncIterator[Request]:
        """Yield what hangs on songs, as far as it is wanted."""
        if not self.crawl.plan.kinds:
            return
        with Session(self.crawl.engine) as session:
            self._hot_from = heat_of_top(session, self.source, songs=TOP)
        async for page in self.drawn(self.crawl.plan.kinds, at_most=10**12):
            hot = self._hot(key for kind, key, _ in page if kind == "comments")
            for kind, key, state in page:
                await self.room()
                if kind == "comments":
                    due = DAILY if key in hot else AGAIN
                    yield self.first(self._comments(key, state["cursor"], state["status"], due))
                else:
                    yield self.first(self._thing(kind, key, state))

    def _hot(self, ids: Iterator[str]) -> set[str]:
        with Session(self.crawl.engine) as session:
            return hottest(session, self.source, list(ids), heat=self._hot_from)

    def refusal(self, data: Any) -> bool:
        """Tell -460 and its like, of either sign."""
        return abs(_code(data)) in REFUSALS

    def trouble(self, data: Any) -> str | None:
        """Read the code that stands inside the answer."""
        code = _code(data)
        told = {200: None, 404: "missing", LOGIN: "login"}
        return told.get(code, f"code {code}")

    def _list(self, kind: str, key: str, state: State) -> Request:
        etag = state["etag"] if state["status"] == "done" else None
        if kind == "toplist":
            ask = Ask(kind, (key,), self._read_toplist, CHARTS_AGAIN)
            return self.request(self._dialect.url(self._base, kind), ask)
        if kind == "tag":
            return self._tag_page(Ask(kind, (key,), self._read_tag, DAILY, cursor="0"))
        if kind == "artist_songs":
            return self._artist_page(Ask(kind, (key,), self._read_artist_songs, cursor="0"))
        due = CHARTS_AGAIN if kind == "chart" else AGAIN
        ask = Ask(kind, (key,), self._read_playlist, due)
        return self.request(self._dialect.url(self._base, "playlist", key), ask, etag=etag)

    def _tag_page(self, ask: Ask) -> Request:
        query: dict[str, Any] = {
            "cat": ask.ids[0],
            "order": "hot",
            "limit": PAGE,
            "offset": ask.cursor,
        }
        return self.request(self._dialect.url(self._base, "tag", **query), ask)

    def _artist_page(self, ask: Ask) -> Request:
        key = ask.ids[0]
        if "artist_songs" not in self._dialect.paths:
            return self.request(self._dialect.url(self._base, "artist", key), ask)
        query = {"limit": PAGE, "offset": ask.cursor}
        return self.request(self._dialect.url(self._base, "artist_songs", key, **query), ask)

    def _songs(self, ids: tuple[str, ...]) -> Request:
        url, options = self._dialect.songs(self._base, ids)
        return self.request(url, Ask("song", ids, self._read_songs), **options)

    def _thing(self, kind: str, key: str, state: State) -> Request:
        read = {"artist": self._read_artist, "album": self._read_album, "lyric": self._read_lyric}
        query: dict[str, Any] = {"lv": -1, "kv": -1, "tv": -1} if kind == "lyric" else {}
        url = self._dialect.url(self._base, kind, key, **query)
        etag = state["etag"] if state["status"] == "done" else None
        return self.request(url, Ask(kind, (key,), read[kind]), etag=etag)

    def _read_toplist(self, data: Any, ask: Ask) -> Output:
        ids, bad = ncm.parse_ids(sequence(data.get("list")), "chart")
        self._bad_ids(bad)
        wants = tuple(("chart", key) for key in ids)
        yield self.crawl.answer(Fetched(ask.kind, ask.ids[0], "done", due=ask.due, wants=wants))

    def _read_tag(self, data: Any, ask: Ask) -> Output:
        listed = sequence(data.get("playlists"))
        ids, bad = ncm.parse_ids(listed, "playlist")
        self._bad_ids(bad)
        yield from self._page(
            ask, tuple(("playlist", key) for key in ids), len(listed), data, self._tag_page
        )

    def _read_artist_songs(self, data: Any, ask: Ask) -> Output:
        listed = sequence(data.get("songs") or data.get("hotSongs"))
        ids, bad = ncm.parse_ids(listed, "song")
        self._bad_ids(bad)
        wants = tuple(("song", key) for key in ids)
        paged = data if "artist_songs" in self._dialect.paths else {}
        yield from self._page(ask, wants, len(listed), paged, self._artist_page)

    def _page(
        self, ask: Ask, wants: tuple[tuple[str, str], ...], listed: int, data: Any, follow: Any
    ) -> Output:
        more = bool(data.get("more")) and listed > 0
        status: Status = "partial" if more else "done"
        due = timedelta(0) if more else ask.due
        yield self.crawl.answer(Fetched(ask.kind, ask.ids[0], status, due=due, wants=wants))
        if more:
            self.paging.add((ask.kind, ask.ids[0]))
            cursor = str(int(ask.cursor or 0) + listed)
            yield follow(Ask(ask.kind, ask.ids, ask.read, ask.due, cursor))

    def _read_playlist(self, data: Any, ask: Ask) -> Output:
        """Hand over the songs of a list; the list itself is held until they are stored."""
        record = ncm.parse_playlist(data)
        self._bad_ids(ncm.parse_track_ids(data)[1])
        key = ask.ids[0]
        wants = tuple(("song", song) for song in record.songs)
        done = Fetched(ask.kind, key, "done", records=(record,), due=ask.due)
        self._held.append(done)
        yield self.crawl.answer(Fetched("tracks", key, "done", wants=wants))

    def _handed_over(self, *, complete: bool) -> Answer | None:
        held, self._held = self._held, []
        if not complete:
            again = timedelta(0)
            held = [Fetched(t.kind, t.source_id, "partial", t.records, again) for t in held]
        return self.crawl.answer(*held) if held else None

    def _read_songs(self, data: Any, ask: Ask) -> Output:
        rights = {p["id"]: p for p in sequence(data.get("privileges")) if isinstance(p, dict)}
        told: dict[str, Fetched] = {}
        for song in sequence(data.get("songs")):
            try:
                key = key_of(mapping(song, "song").get("id"), "song")
                told[key] = self._song(song, key, rights.get(song["id"]), ask)
            except (Refused, ValidationError) as error:
                self._odd(str(error))
        missing = [Fetched("song", i, "missing", due=AGAIN) for i in ask.ids if i not in told]
        yield self.crawl.answer(*told.values(), *missing)

    def _song(self, data: dict[str, Any], key: str, right: Any, ask: Ask) -> Fetched:
        if not ncm.is_song(data):
            self._odd(f"song {key}: kept in a cloud drive, or radio")
            return Fetched("song", key, "refused")
        records: list[Record] = [*ncm.parse_song_artists(data)]
        wants = [("comments", key)]
        wants += [("artist", artist.source_id) for artist in records]
        if album := ncm.parse_song_album(data):
            records.append(album)
            wants.append(("album", album.source_id))
        if original := ncm.parse_original(data):
            records += [*original[0], original[1]]
            wants.append(("song", original[1].source_id))
        records.append(ncm.parse_song(data, right))
        if ncm.is_instrumental(data):
            records.append(LyricRecord(source=self.source, source_id=key, kind="instrumental"))
        else:
            wants.append(("lyric", key))
        return Fetched("song", key, "done", tuple(records), due=ask.due, wants=tuple(wants))

    def _read_artist(self, data: Any, ask: Ask) -> Output:
        records = (ncm.parse_artist(data),)
        yield self.crawl.answer(Fetched("artist", ask.ids[0], "done", records, due=ask.due))

    def _read_album(self, data: Any, ask: Ask) -> Output:
        singer = ncm.parse_album_artist(data)
        records: tuple[Record, ...] = (*([singer] if singer else []), ncm.parse_album(data))
        yield self.crawl.answer(Fetched("album", ask.ids[0], "done", records, due=ask.due))

    def _read_lyric(self, data: Any, ask: Ask) -> Output:
        records = (ncm.parse_lyric(data, ask.ids[0]),)
        yield self.crawl.answer(Fetched("lyric", ask.ids[0], "done", records, due=ask.due))

    def _odd(self, reason: str) -> None:
        self.crawl.score.refused += 1
        self.crawl.score.reasons["not what it should be"] += 1
        self.logger.warning("Refused: %s", reason.splitlines()[0])


def _code(data: Any) -> int:
    code = data.get("code", 200) if isinstance(data, dict) else -1
    return code if isinstance(code, int) else -1
