"""MusicBrainz: artists by area or query, their recordings and releases; ListenBrainz: listens."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, ClassVar
from urllib.parse import urlencode

from pydantic import ValidationError
from scrapy import Request
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.crawls.sources import MUSICBRAINZ
from backend.ingest.crawl import Fetched, Status
from backend.ingest.records import AlbumRecord, Record, SongRecord
from backend.songs.tables import Album, Song
from spider.crawl import Answer
from spider.parsers import musicbrainz as mb
from spider.parsers.refusal import Refused, sequence
from spider.spiders.source import AGAIN, Ask, Output, SourceSpider, State

PAGE = 100
"""Things a page: what MusicBrainz gives at most. A page of releases may hold fewer."""
ARTISTS_AT_ONCE = 20
"""Artists whose recordings are fetched before further artists are looked up."""
POPULARITY_AGAIN = timedelta(days=7)
RECORDING = "artist-credits+genres+work-rels"
HANGERS = {"work": ("work", "recording"), "popularity": ("popularity",), "album": ("releases",)}
"""What is wanted of each kind that can be left out."""
POPULAR_AT_ONCE = 500


class MusicBrainzSpider(SourceSpider):
    """Crawls the web service of MusicBrainz, version 2, and asks ListenBrainz for listens."""

    name = "musicbrainz"
    source: ClassVar[str] = mb.SOURCE

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._songs = 0

    async def journey(self) -> AsyncIterator[Request | Answer]:
        """Yield requests: some artists, their recordings, what hangs on those, further artists."""
        seeds = [MUSICBRAINZ.read(seed) for seed in self.crawl.plan.seeds]
        self.want([("artist", k) if s == "mbid" else ("search", f"{s}:{k}") for s, k in seeds])
        while True:
            begun = self.crawl.score.requests
            for kind, at_most in (("search", 1), ("artist", ARTISTS_AT_ONCE)):
                async for request in self._draw((kind,), at_most=at_most):
                    yield request
            async for page in self.drawn(("recordings",), at_most=10**12):
                for _, key, state in page:
                    # Where songs are counted, one page decides how long the next may be.
                    await self.room(0 if self.crawl.plan.limit else 64)
                    if self._left > 0:
                        yield self.first(self._recordings(key, int(state["cursor"] or 0)))
                if self._left <= 0:
                    break
            await self.settled()
            async for request in self._hangers():
                yield request
            if self._left <= 0 or self.crawl.score.requests == begun:
                return

    @property
    def _left(self) -> int:
        return (self.crawl.plan.limit or 10**12) - self._songs

    async def _hangers(self) -> AsyncIterator[Request]:
        for kind in ("work", "album"):
            if kind in self.crawl.plan.kinds:
                async for request in self._draw(HANGERS[kind], at_most=10**12):
                    yield request
        if "popularity" in self.crawl.plan.kinds:
            async for page in self.drawn(("popularity",), at_most=10**12):
                for start in range(0, len(page), POPULAR_AT_ONCE):
                    await self.room()
                    ids = tuple(key for _, key, _ in page[start : start + POPULAR_AT_ONCE])
                    yield self.first(self._popularity(ids))
            await self.settled()

    async def _draw(self, kinds: tuple[str, ...], *, at_most: int) -> AsyncIterator[Request]:
        async for page in self.drawn(kinds, at_most=at_most):
            for kind, key, state in page:
                await self.room()
                yield self.first(self._thing(kind, key, state))
        await self.settled()

    def refusal(self, data: Any) -> bool:
        """Tell nothing: both services refuse by status alone."""
        return False

    def trouble(self, data: Any) -> str | None:
        """Tell an error that comes with a good status."""
        return "error" if isinstance(data, dict) and "error" in data else None

    def _url(self, path: str, **query: Any) -> str:
        told = urlencode({**query, "fmt": "json"}, safe="+")
        return f"{self.crawl.settings.musicbrainz_base_url.rstrip('/')}/{path}?{told}"

    def _thing(self, kind: str, key: str, state: State) -> Request:
        etag = state["etag"] if state["status"] == "done" else None
        match kind:
            case "search":
                return self._search(key, int(state["cursor"] or 0))
            case "releases":
                return self._releases(Ask(kind, (key,), self._read_releases, AGAIN, "0"))
            case "artist":
                url, read = self._url(f"artist/{key}", inc="aliases"), self._read_artist
            case "recording":
                url, read = self._url(f"recording/{key}", inc=RECORDING), self._read_recording
            case _:
                url, read = self._url(f"work/{key}", inc="recording-rels"), self._read_work
        return self.request(url, Ask(kind, (key,), read), etag=etag)

    def _search(self, key: str, offset: int) -> Request:
        kind, _, text = key.partition(":")
        query = f'area:"{text}"' if kind == "area" else text
        url = self._url("artist", query=query, limit=PAGE, offset=offset)
        return self.request(url, Ask("search", (key,), self._read_search, cursor=str(offset)))

    def _recordings(self, key: str, offset: int) -> Request:
        limit = min(PAGE, self._left)
        url = self._url("recording", artist=key, inc=RECORDING, limit=limit, offset=offset)
        ask = Ask("recordings", (key,), self._read_recordings, cursor=str(offset))
        return self.request(url, ask)

    def _releases(self, ask: Ask) -> Request:
        inc = "artist-credits+labels+recordings+release-groups"
        query = {"artist": ask.ids[0], "inc": inc, "limit": PAGE, "offset": ask.cursor}
        return self.request(self._url("release", **query), ask)

    def _popularity(self, ids: tuple[str, ...]) -> Request:
        base = self.crawl.settings.listenbrainz_base_url.rstrip("/")
        ask = Ask("popularity", ids, self._read_popularity, POPULARITY_AGAIN)
        body = json.dumps({"recording_mbids": ids})
        headers = {"Content-Type": "application/json"}
        return self.request(
            f"{base}/popularity/recording", ask, method="POST", body=body, headers=headers
        )

    def _read_search(self, data: Any, ask: Ask) -> Output:
        artists = sequence(data.get("artists"))
        wants = tuple(("artist", mb.mbid_of(one.get("id"), "artist")) for one in artists)
        following = _next(ask, len(artists), data.get("count"))
        yield self._page(ask, (), wants, following)
        if following is not None:
            yield self._search(ask.ids[0], following)

    def _read_artist(self, data: Any, ask: Ask) -> Output:
        key = ask.ids[0]
        wants = (("recordings", key), ("releases", key))
        records = (mb.parse_artist(data),)
        yield self.crawl.answer(Fetched("artist", key, "done", records, due=ask.due, wants=wants))

    def _read_recordings(self, data: Any, ask: Ask) -> Output:
        listed = sequence(data.get("recordings"))
        records: list[Record] = []
        wants: list[tuple[str, str]] = []
        for one in listed:
            try:
                records += self._recording(one, wants)
            except (Refused, ValidationError) as error:
                self._odd(str(error))
        following = _next(ask, len(listed), data.get("recording-count"))
        yield self._page(ask, tuple(records), tuple(wants), following)
        if following is not None and self._left > 0:
            yield self._recordings(ask.ids[0], following)

    def _read_recording(self, data: Any, ask: Ask) -> Output:
        wants: list[tuple[str, str]] = []
        records = tuple(self._recording(data, wants))
        yield self.crawl.answer(
            Fetched("recording", ask.ids[0], "done", records, due=ask.due, wants=tuple(wants))
        )

    def _recording(self, data: dict[str, Any], wants: list[tuple[str, str]]) -> list[Record]:
        song = mb.parse_recording(data)
        wants.append(("popularity", song.source_id))
        wants += [("work", work) for work in mb.parse_covered(data)]
        self._songs += 1
        return [*mb.parse_credits(data), song]

    def _read_work(self, data: Any, ask: Ask) -> Output:
        """Link the covers that are here with their original, which is fetched if it is not."""
        original, covers = mb.parse_work(data)
        records: tuple[Record, ...] = ()
        wants: tuple[tuple[str, str], ...] = ()
        if original is not None:
            self.flush()
            here = self._here({one.source_id for one in (original, *covers)})
            linked = [cover for cover in covers if cover.source_id in here]
            records = (original, *linked) if linked else ()
            if linked and original.source_id not in here:
                wants = (("recording", original.source_id),)
        yield self.crawl.answer(
            Fetched("work", ask.ids[0], "done", records, due=ask.due, wants=wants)
        )

    def _read_releases(self, data: Any, ask: Ask) -> Output:
        """Collect all releases of an artist: which album a song is on depends on all of them."""
        listed = sequence(data.get("releases"))
        held: list[Record] = list(ask.held)
        for one in listed:
            try:
                album, songs = mb.parse_release(one)
            except (Refused, ValidationError) as error:
                self._odd(str(error))
                continue
            held += [*mb.parse_credits(one), album, *songs]
        following = _next(ask, len(listed), data.get("release-count"))
        if following is not None:
            self.paging.add((ask.kind, ask.ids[0]))
            further = Ask(ask.kind, ask.ids, ask.read, ask.due, str(following), None, tuple(held))
            yield self._releases(further)
            return
        self.flush()
        records = tuple(self._on_albums(held))
        yield self.crawl.answer(Fetched(ask.kind, ask.ids[0], "done", records, due=ask.due))

    def _on_albums(self, held: list[Record]) -> list[Record]:
        """Return artists and albums, and songs that are here with the earliest album of each."""
        albums = {r.source_id: r for r in held if isinstance(r, AlbumRecord)}
        # An album that some edition gives a cover has it, whichever came first.
        covered = {r.source_id: r for r in held if isinstance(r, AlbumRecord) and r.cover_url}
        songs: dict[str, SongRecord] = {}

        def age(song: SongRecord) -> tuple[str, str]:
            return str(albums[song.album or ""].release_date or "9999"), song.album or ""

        for record in held:
            if isinstance(record, SongRecord):
                known = songs.get(record.source_id)
                if known is None or age(record) < age(known):
                    songs[record.source_id] = record
        here = self._here(songs)
        kept = [
            s.model_copy(update={"cover_url": covered[s.album].cover_url})
            if s.album in covered
            else s
            for key, s in songs.items()
            if key in here and here[key] in (None, s.album)
        ]
        others = [r for r in held if not isinstance(r, AlbumRecord | SongRecord)]
        return [*others, *(albums | covered).values(), *kept]

    def _read_popularity(self, data: Any, ask: Ask) -> Output:
        listens = mb.parse_popularity(data)
        self.flush()
        with Session(self.crawl.engine) as session:
            query = select(Song.source_id, Song.title).where(Song.source == self.source)
            titles = {k: t for k, t in session.execute(query.where(Song.source_id.in_(ask.ids)))}
        things = []
        for key in ask.ids:
            told: dict[str, Any] = {"source": self.source, "source_id": key}
            records: tuple[Record, ...] = ()
            if key in listens and key in titles:
                told |= {"title": titles[key], "play_count": listens[key]}
                records = (SongRecord(**told, heat=mb.heat_of(listens[key])),)
            things.append(Fetched("popularity", key, "done", records, due=ask.due))
        yield self.crawl.answer(*things)

    def _here(self, keys: Any) -> dict[str, str | None]:
        """Return which of these recordings are stored, with the album each is on."""
        query = (
            select(Song.source_id, Album.source_id)
            .outerjoin(Album, Album.id == Song.album_id)
            .where(Song.source == self.source, Song.source_id.in_(list(keys)))
        )
        with Session(self.crawl.engine) as session:
            return {song: album for song, album in session.execute(query)}

    def _page(
        self,
        ask: Ask,
        records: tuple[Record, ...],
        wants: tuple[tuple[str, str], ...],
        following: int | None,
    ) -> Answer:
        status: Status = "done" if following is None else "partial"
        due = ask.due if following is None else timedelta(0)
        cursor = None if following is None else str(following)
        if following is not None:
            self.paging.add((ask.kind, ask.ids[0]))
        return self.crawl.answer(
            Fetched(ask.kind, ask.ids[0], status, records, due, cursor=cursor, wants=wants)
        )

    def _odd(self, reason: str) -> None:
        self.crawl.score.refused += 1
        self.crawl.score.reasons["not what it should be"] += 1
        self.logger.warning("Refused: %s", reason.splitlines()[0])


def _next(ask: Ask, listed: int, total: Any) -> int | None:
    """Return the offset of the page after this; None after the last."""
    following = int(ask.cursor or 0) + listed
    return following if listed and isinstance(total, int) and following < total else None
