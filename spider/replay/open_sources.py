"""The same catalogue as MusicBrainz, ListenBrainz and LRCLIB would tell it."""

import re
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from spider.replay.catalogue import PER_ALBUM, PER_ARTIST, Catalogue

ARTIST, RECORDING, WORK, RELEASE, GROUP = 1, 2, 4, 5, 6
GENRES = ("mandopop", "folk", "rock", "c-pop")
Told = dict[str, Any]


def mbid(kind: int, number: int) -> str:
    """Return the id of a thing."""
    return f"{kind:08x}-0000-4000-8000-{number:012x}"


def number_of(key: str, kind: int) -> int:
    """Return the number of a thing; -1 where the id is another's."""
    head, _, tail = key.rpartition("-")
    is_ours = head == mbid(kind, 0).rpartition("-")[0] and re.fullmatch("[0-9a-f]{12}", tail)
    return int(tail, 16) if is_ours else -1


class OpenSources:
    """Answers of the three services."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def search(self, request: web.Request) -> Told:
        """Find all artists in the area China, or those whose name holds the query."""
        query = request.query.get("query", "")
        numbers = [
            n
            for n in range(self._catalogue.artists)
            if query == 'area:"China"' or query in self._artist(n)["name"]
        ]
        return self._page(request, "artists", "count", [self._artist(n) for n in numbers])

    def artist(self, request: web.Request) -> Told | None:
        number = number_of(request.match_info["id"], ARTIST)
        return self._artist(number) if 0 <= number < self._catalogue.artists else None

    def recordings(self, request: web.Request) -> Told:
        found = [self._recording(i) for i in self._sung(request.query.get("artist", ""))]
        return self._page(request, "recordings", "recording-count", found)

    def recording(self, request: web.Request) -> Told | None:
        index = number_of(request.match_info["id"], RECORDING)
        return self._recording(index) if 0 <= index < self._catalogue.songs else None

    def work(self, request: web.Request) -> Told | None:
        """Tell the recordings of a work: the song itself, and the cover that may come after it."""
        index = number_of(request.match_info["id"], WORK)
        if not 0 <= index < self._catalogue.songs:
            return None
        related: list[Told] = []
        for place in (index, index + 1):
            is_cover = place != index
            if is_cover and not (place < self._catalogue.songs and self.covers(place)):
                continue
            recording = {"id": mbid(RECORDING, place), "title": self._catalogue.title(place)}
            attributes = ["cover"] if is_cover else []
            related.append(
                {"type": "performance", "attributes": attributes, "recording": recording}
            )
        title = self._catalogue.title(index)
        return {"id": request.match_info["id"], "title": title, "relations": related}

    def releases(self, request: web.Request) -> Told:
        """Tell the releases of an artist: one, and the same again as a later edition."""
        number = number_of(request.query.get("artist", ""), ARTIST)
        known = 0 <= number < self._catalogue.albums
        found = [self._release(number, edition) for edition in (0, 1)] if known else []
        # A page of releases holds fewer than were asked for.
        return self._page(request, "releases", "release-count", found, most=1)

    async def popularity(self, request: web.Request) -> Sequence[Told]:
        """Tell the listens of recordings; every 13th was never counted."""
        asked = (await request.json())["recording_mbids"]
        if len(asked) > 1_000:
            raise web.HTTPBadRequest(text="at most 1000")
        return [
            {
                "recording_mbid": key,
                "total_listen_count": self.listens(number_of(key, RECORDING)),
                "total_user_count": None,
            }
            for key in asked
        ]

    def listens(self, index: int) -> int | None:
        return None if index % 13 == 12 else self._catalogue.roll("listens", index, 1_000_000)

    def covers(self, index: int) -> bool:
        return self._catalogue.kind_of(index) == 2

    def words(self, request: web.Request) -> Told | None:
        """Tell the words of a song by title, singer and length: none for every third."""
        query, catalogue = request.query, self._catalogue
        place = query.get("track_name", "").rpartition(" ")[2]
        index = int(place) - 1 if place.isdecimal() and len(place) < 9 else -1
        if not 0 <= index < catalogue.songs or index % 3 == 0:
            return None
        song = catalogue.song(index)
        length = song["dt"] / 1_000
        same = (query["track_name"], query.get("artist_name")) == (
            song["name"],
            song["ar"][0]["name"],
        )
        if not same or abs(float(query.get("duration", "0")) - length) > 2:
            return None
        timed = "\n".join(f"[00:{10 + n}.00] 第{n + 1}句补上的词" for n in range(4))
        return {
            "id": index + 1,
            "trackName": song["name"],
            "artistName": song["ar"][0]["name"],
            "duration": length,
            "instrumental": index % 7 == 0,
            "plainLyrics": "只有文字的词",
            "syncedLyrics": None if index % 2 else timed,
        }

    def _sung(self, artist: str) -> range:
        number = number_of(artist, ARTIST)
        first = number * PER_ARTIST
        return (
            range(first, min(first + PER_ARTIST, self._catalogue.songs))
            if number >= 0
            else range(0)
        )

    def _artist(self, number: int) -> Told:
        return {
            "id": mbid(ARTIST, number),
            "name": f"虚构歌手{number + 1}",
            "country": "CN",
            "aliases": [
                {"name": f"虛構歌手{number + 1}", "locale": "zh_Hant"},
                {"name": f"Singer {number + 1}", "locale": "en"},
            ],
        }

    def _credit(self, number: int) -> list[Told]:
        artist = {"id": mbid(ARTIST, number), "name": f"虚构歌手{number + 1}"}
        return [{"name": artist["name"], "artist": artist}]

    def _recording(self, index: int) -> Told:
        """Tell a recording: no length and no date for every 17th, dates as exact as they come."""
        catalogue, known = self._catalogue, index % 17 != 16
        is_cover = self.covers(index)
        day = catalogue.roll("day", index, 28) + 1
        date = f"{1990 + index % 30}-{index % 12 + 1:02d}-{day:02d}"[: (10, 7, 4)[index % 3]]
        return {
            "id": mbid(RECORDING, index),
            "title": catalogue.title(index),
            "length": catalogue.song(index)["dt"] if known else None,
            "first-release-date": date if known else "",
            "artist-credit": self._credit(index // PER_ARTIST),
            "genres": [{"name": GENRES[index % 4], "count": 1}],
            "relations": [
                {
                    "type": "performance",
                    "attributes": ["cover"] if is_cover else [],
                    "work": {"id": mbid(WORK, index - is_cover), "title": catalogue.title(index)},
                }
            ],
        }

    def _release(self, number: int, edition: int) -> Told:
        first = number * PER_ALBUM
        indices = range(first, min(first + PER_ALBUM, self._catalogue.songs))
        tracks = [
            {"recording": {"id": mbid(RECORDING, i), "title": self._catalogue.title(i)}}
            for i in indices
        ]
        title = f"{self._catalogue.title(number)}集"
        return {
            "id": mbid(RELEASE, number * 2 + edition),
            "title": title,
            "artist-credit": self._credit(number),
            "release-group": {
                "id": mbid(GROUP, number),
                "title": title,
                "primary-type": "Album",
                "first-release-date": str(1990 + number % 30),
            },
            "text-representation": {"language": "yue" if number % 2 else "cmn"},
            "cover-art-archive": {"front": bool(edition)},
            "label-info": [{"label": {"name": "虚构唱片"}}],
            "media": [{"tracks": tracks}],
        }

    def _page(
        self, request: web.Request, name: str, count: str, found: list[Told], most: int = 100
    ) -> Told:
        start, asked = (int(request.query.get(n, d)) for n, d in (("offset", 0), ("limit", 25)))
        return {count: len(found), name: found[start : start + min(asked, most)]}
