"""LRCLIB: words for songs that lack them, whatever source the songs are from."""

from collections.abc import AsyncIterator, Iterator
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlencode

from scrapy import Request
from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.ingest.crawl import Fetched, states
from backend.songs.tables import Album, Artist, Lyric, Song, SongArtist
from spider.crawl import Answer
from spider.parsers import lrclib
from spider.spiders.source import PAGE, Ask, Output, SourceSpider


class LrclibSpider(SourceSpider):
    """Asks for the words of one song after another, by title, singer, album and length."""

    name = "lrclib"
    source: ClassVar[str] = lrclib.SOURCE

    async def journey(self) -> AsyncIterator[Request | Answer]:
        """Yield requests for songs without words whose length is known."""
        left = self.crawl.plan.limit or 10**12
        for page in self._lacking():
            for song in page[:left]:
                await self.room()
                yield self.first(self._ask(song))
            left -= len(page)
            if left <= 0:
                break
        await self.settled()

    def refusal(self, data: Any) -> bool:
        """Tell nothing: LRCLIB refuses by status alone."""
        return False

    def trouble(self, data: Any) -> str | None:
        """Read the code that stands inside an answer about nothing."""
        return None if isinstance(data, dict) and "trackName" in data else "no track"

    def _ask(self, song: Row[Any]) -> Request:
        query = {
            "track_name": song.title,
            "artist_name": song.artist,
            "album_name": song.album or "",
            "duration": round(song.duration_ms / 1000),
        }
        address = f"{self.crawl.settings.lrclib_base_url.rstrip('/')}/get?{urlencode(query)}"
        read = partial(self._read_lyric, song.source, song.source_id)
        return self.request(address, Ask("lyric", (str(song.id),), read))

    def _read_lyric(self, source: str, song: str, data: Any, ask: Ask) -> Output:
        records = (lrclib.parse_lyric(data, source, song),)
        yield self.crawl.answer(Fetched("lyric", ask.ids[0], "done", records, due=ask.due))

    def _lacking(self) -> Iterator[list[Row[Any]]]:
        """Yield pages of songs to ask for."""
        after, now = 0, utc_now()
        while True:
            with Session(self.crawl.engine) as session:
                page = _SONGS.where(Song.id > after).limit(PAGE)
                rows: list[Row[Any]] = list(session.execute(page))
                known = states(session, self.source, {("lyric", str(row.id)) for row in rows})
            if not rows:
                return
            after = rows[-1].id
            due = {key: one["next_due"] for (_, key), one in known.items()}
            yield [
                row for row in rows if (at := due.get(str(row.id), now)) is not None and at <= now
            ]


_FIRST = (SongArtist.song_id == Song.id) & (SongArtist.position == 0)
_SONGS = (
    select(
        Song.id, Song.source, Song.source_id, Song.title, Song.duration_ms,
        Artist.name.label("artist"), Album.title.label("album"),
    )
    .join(SongArtist, _FIRST)
    .join(Artist, Artist.id == SongArtist.artist_id)
    .outerjoin(Album, Album.id == Song.album_id)
    .outerjoin(Lyric, Lyric.song_id == Song.id)
    .where(or_(Lyric.kind.is_(None), Lyric.kind == "uncollected"))
    .where(Song.duration_ms.is_not(None), Song.gone_at.is_(None), Song.source_id.is_not(None))
    .order_by(Song.id)
)  # fmt: skip
