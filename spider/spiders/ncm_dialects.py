"""How the two dialects of NetEase's shape spell the same questions."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

PAGE = 50
COMMENTS = 100
"""Comments a page: what the source gives at most."""
DEEPEST = 5_000
"""Offset from which comments are paged by the time of the last one instead."""


@dataclass(frozen=True)
class Dialect:
    """Paths by need; `{id}` stands in those that name the thing in the path."""

    batch: int
    """Songs asked for at once. A query that is too long would be dropped unseen."""
    form: bool
    """Whether ids of songs are sent as a form."""
    paths: Mapping[str, str]

    def url(self, base: str, need: str, key: str = "", **query: Any) -> str:
        """Return the address of a need."""
        path = self.paths[need]
        if key and "{id}" not in path:
            query = {"id": key, **query}
        told = {name: value for name, value in query.items() if value is not None}
        address = base.rstrip("/") + path.format(id=key)
        return f"{address}?{urlencode(told)}" if told else address

    def songs(self, base: str, ids: Sequence[str]) -> tuple[str, dict[str, Any]]:
        """Return address and options of a request for songs."""
        if not self.form:
            return self.url(base, "songs", ids=",".join(ids)), {}
        body = urlencode({"c": json.dumps([{"id": int(key)} for key in ids])})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.url(base, "songs"), {"method": "POST", "body": body, "headers": headers}


DIALECTS: Mapping[str, Dialect] = {
    "raw": Dialect(
        batch=500,
        form=True,
        paths={
            "toplist": "/toplist",
            "tag": "/playlist/list",
            "playlist": "/v6/playlist/detail",
            "songs": "/v3/song/detail",
            "artist": "/v1/artist/{id}",
            "album": "/v1/album/{id}",
            "lyric": "/song/lyric",
            "comments": "/v1/resource/comments/R_SO_4_{id}",
        },
    ),
    "proxy": Dialect(
        batch=150,
        form=False,
        paths={
            "toplist": "/toplist",
            "tag": "/top/playlist",
            "playlist": "/playlist/detail",
            "songs": "/song/detail",
            "artist": "/artists",
            "artist_songs": "/artist/songs",
            "album": "/album",
            "lyric": "/lyric",
            "comments": "/comment/music",
        },
    ),
}
