"""The replay server: the catalogue in both dialects of NetEase's shape, with faults."""

import asyncio
import hashlib
import json
from collections.abc import Callable
from typing import Any

from aiohttp import web

from spider.replay.catalogue import (
    FIRST_ALBUM,
    FIRST_ARTIST,
    FIRST_PLAYLIST,
    FIRST_SONG,
    PER_ALBUM,
    PER_ARTIST,
    Catalogue,
)
from spider.replay.faults import CRAWL_DELAY, DRIP, LONG_ID, OVERSIZE, RETRY_AFTER, Faults
from spider.replay.open_sources import OpenSources

MAX_FORM = 1 << 20
_NOT_FOUND = {"code": 404, "message": "no resource"}
_SECOND = {"ar": "artists", "al": "album", "dt": "duration"}
Answer = dict[str, Any]


def create_app(catalogue: Catalogue, faults: Faults) -> web.Application:
    """Return the server's application."""
    app = web.Application(client_max_size=MAX_FORM)
    replay = Replay(catalogue, faults)
    app.router.add_get("/robots.txt", replay.robots)
    for first, second, answer in (
        ("/toplist", "", replay.toplist),
        ("/playlist/list", "/top/playlist", replay.by_tag),
        ("/v6/playlist/detail", "/playlist/detail", replay.playlist),
        ("/v1/artist/{id}", "/artists", replay.artist),
        ("/v1/album/{id}", "/album", replay.album),
        ("/song/lyric", "/lyric", replay.lyric),
        ("/v1/resource/comments/R_SO_4_{id}", "/comment/music", replay.comments),
    ):
        app.router.add_get(first, replay.speaking(answer))
        if second:
            app.router.add_get(second, replay.speaking(answer))
    app.router.add_get("/artist/songs", replay.speaking(replay.artist_songs))
    app.router.add_get("/song/detail", replay.songs_by_query)
    app.router.add_post("/v3/song/detail", replay.songs_by_form)
    sources = OpenSources(catalogue)
    for path, told in (
        ("/ws/2/artist", sources.search),
        ("/ws/2/artist/{id}", sources.artist),
        ("/ws/2/recording", sources.recordings),
        ("/ws/2/recording/{id}", sources.recording),
        ("/ws/2/work/{id}", sources.work),
        ("/ws/2/release", sources.releases),
        ("/api/get", sources.words),
    ):
        app.router.add_get(path, replay.telling(told))

    async def popularity(request: web.Request) -> web.Response:
        return replay.counted(await sources.popularity(request))

    app.router.add_post("/1/popularity/recording", popularity)
    return app


class Replay:
    """Answers requests from a catalogue."""

    def __init__(self, catalogue: Catalogue, faults: Faults) -> None:
        self._catalogue = catalogue
        self._faults = faults

    async def robots(self, _: web.Request) -> web.Response:
        closed = "/song/lyric\nDisallow: /lyric" if "robots" in self._faults else ""
        slow = f"Crawl-delay: {CRAWL_DELAY}\n" if "crawl-delay" in self._faults else ""
        return web.Response(text=f"User-agent: *\n{slow}Disallow: {closed}\n")

    def speaking(
        self, answer: Callable[[web.Request], tuple[int, Answer]]
    ) -> Callable[[web.Request], Any]:
        """Return a handler that gives an answer, or what befalls it."""

        async def handle(request: web.Request) -> web.StreamResponse:
            index, told = answer(request)
            return await self._give(request, index, told)

        return handle

    def telling(self, told: Callable[[web.Request], Answer | None]) -> Callable[[web.Request], Any]:
        """Return a handler that gives an answer of a service that has statuses of its own."""

        async def handle(request: web.Request) -> web.StreamResponse:
            answer = told(request)
            if answer is None:
                return web.json_response({"code": 404, "error": "Not Found"}, status=404)
            return await self._give(request, 0, answer)

        return handle

    def counted(self, told: Any) -> web.Response:
        """Return an answer that says how many more requests are welcome."""
        left = 0 if "quota" in self._faults else 29
        limits = {"X-RateLimit-Remaining": str(left), "X-RateLimit-Reset-In": str(RETRY_AFTER)}
        return web.json_response(told, headers=limits)

    def toplist(self, _: web.Request) -> tuple[int, Answer]:
        lists = [self._listed(number) for number in range(self._catalogue.playlists)]
        return 0, {"code": 200, "list": lists}

    def by_tag(self, request: web.Request) -> tuple[int, Answer]:
        wanted = request.query.get("cat", "")
        offset, limit = _number(request, "offset", 0), _number(request, "limit", 50)
        numbers = [n for n in range(self._catalogue.playlists) if self._catalogue.tag(n) == wanted]
        page = [self._listed(number) for number in numbers[offset : offset + limit]]
        more = offset + limit < len(numbers)
        return 0, {"code": 200, "playlists": page, "total": len(numbers), "more": more}

    def playlist(self, request: web.Request) -> tuple[int, Answer]:
        number = _number(request, "id", 0) - FIRST_PLAYLIST
        if not 0 <= number < self._catalogue.playlists:
            return 0, _NOT_FOUND
        told = self._catalogue.playlist(number)
        if "long-ids" in self._faults:
            told["trackIds"].append({"id": LONG_ID})
        return 0, {"code": 200, "playlist": told}

    def artist(self, request: web.Request) -> tuple[int, Answer]:
        number = _id_of(request) - FIRST_ARTIST
        if not 0 <= number < self._catalogue.artists:
            return 0, _NOT_FOUND
        hot = [self._catalogue.song(index) for index in self._sung(number)]
        told = {"code": 200, "artist": self._catalogue.artist(number), "hotSongs": hot}
        return number, told

    def artist_songs(self, request: web.Request) -> tuple[int, Answer]:
        number = _id_of(request) - FIRST_ARTIST
        offset, limit = _number(request, "offset", 0), _number(request, "limit", 50)
        indices = self._sung(number)[offset : offset + limit]
        songs = [self._catalogue.song(index) for index in indices]
        return number, {"code": 200, "songs": songs, "more": offset + limit < PER_ARTIST}

    def album(self, request: web.Request) -> tuple[int, Answer]:
        number = _id_of(request) - FIRST_ALBUM
        if not 0 <= number < self._catalogue.albums:
            return 0, _NOT_FOUND
        first = number * PER_ALBUM
        songs = [
            self._catalogue.song(index)
            for index in range(first, min(first + PER_ALBUM, self._catalogue.songs))
        ]
        return number, {"code": 200, "album": self._catalogue.album(number), "songs": songs}

    def lyric(self, request: web.Request) -> tuple[int, Answer]:
        index = _id_of(request) - FIRST_SONG
        if not 0 <= index < self._catalogue.songs:
            return 0, _NOT_FOUND
        return index, self._catalogue.lyric(index)

    def comments(self, request: web.Request) -> tuple[int, Answer]:
        index = _id_of(request) - FIRST_SONG
        if not 0 <= index < self._catalogue.songs:
            return 0, _NOT_FOUND
        page = self._catalogue.comments(
            index,
            limit=min(_number(request, "limit", 20), 100),
            offset=_number(request, "offset", 0),
            before=_number(request, "before", 0),
        )
        if "long-ids" in self._faults and page["comments"]:
            page["comments"].append(page["comments"][0] | {"commentId": LONG_ID})
        return index, page

    async def songs_by_query(self, request: web.Request) -> web.StreamResponse:
        """Speak the second dialect: names in full."""
        told = self._songs([int(key) for key in request.query.get("ids", "").split(",") if key])
        told["songs"] = [
            {_SECOND.get(name, name): value for name, value in song.items()}
            for song in told["songs"]
        ]
        return await self._give(request, 0, told)

    async def songs_by_form(self, request: web.Request) -> web.StreamResponse:
        """Speak the first dialect: ids come in a form."""
        form = await request.post()
        asked = json.loads(str(form.get("c", "[]")))
        return await self._give(request, 0, self._songs([int(one["id"]) for one in asked]))

    def _songs(self, ids: list[int]) -> Answer:
        catalogue = self._catalogue
        indices = [key - FIRST_SONG for key in ids]
        known = [i for i in indices if 0 <= i < catalogue.songs and not catalogue.is_gone(i)]
        songs = [catalogue.song(index) for index in known]
        if "long-ids" in self._faults and songs:
            songs.append(songs[0] | {"id": LONG_ID})
        privileges = [catalogue.privilege(index) for index in known]
        return {"code": 200, "songs": songs, "privileges": privileges}

    def _listed(self, number: int) -> Answer:
        return {"id": FIRST_PLAYLIST + number, "name": f"虚构榜 {number + 1}"}

    def _sung(self, number: int) -> range:
        first = number * PER_ARTIST
        return range(first, min(first + PER_ARTIST, self._catalogue.songs))

    async def _give(self, request: web.Request, index: int, told: Answer) -> web.StreamResponse:
        faults, address = self._faults, request.path_qs
        if faults.refuses():
            return web.json_response({"code": -460, "message": "Cheating"})
        if faults.strikes_once("busy", index, address):
            return web.Response(status=429, headers={"Retry-After": str(RETRY_AFTER)})
        if faults.strikes_once("error", index, address):
            return web.Response(status=500)
        if faults.strikes("login", index):
            return web.json_response({"code": 301, "msg": "需要登录"})
        if faults.strikes("elsewhere", index):
            return web.Response(status=302, headers={"Location": "http://192.0.2.1/"})
        if faults.strikes("oversize", index):
            return web.Response(body=b" " * OVERSIZE, content_type="application/json")
        body = json.dumps(told, ensure_ascii=False).encode()
        if faults.strikes("truncated", index):
            return web.Response(body=body[: len(body) // 2], content_type="application/json")
        if faults.strikes("slow", index):
            return await _drip(request, body)
        etag = hashlib.blake2b(body, digest_size=8).hexdigest()
        if request.method == "GET" and request.headers.get("If-None-Match") == f'"{etag}"':
            return web.Response(status=304, headers={"ETag": f'"{etag}"'})
        return web.Response(
            body=body, content_type="application/json", headers={"ETag": f'"{etag}"'}
        )


async def _drip(request: web.Request, body: bytes) -> web.StreamResponse:
    """Send a body so slowly that no visitor waits for its end."""
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    response.content_length = len(body)
    await response.prepare(request)
    for place in range(len(body)):
        await response.write(body[place : place + 1])
        await asyncio.sleep(DRIP / len(body))
    return response


def _id_of(request: web.Request) -> int:
    return _whole(request.match_info.get("id") or request.query.get("id", ""))


def _number(request: web.Request, name: str, default: int) -> int:
    return _whole(request.query.get(name, "")) if name in request.query else default


def _whole(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise web.HTTPBadRequest(text=f"{text[:40]!r} is no number.")
    return int(text)
