"""An invented catalogue of any size, made as it is asked for: same seed, same answers.

Nothing is kept: each thing is a function of the seed and its number, so that a hundred thousand
songs take no more memory than ten.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

FIRST_SONG, FIRST_ARTIST, FIRST_ALBUM = 7_000_001, 900_001, 800_001
FIRST_PLAYLIST, FIRST_COMMENT, FIRST_WRITER = 600_001, 3_000_000_001, 500_001
PER_ALBUM = PER_ARTIST = 10
PER_PLAYLIST = 500
DEEP = 5_150
"""Comments of the first song: more than an offset may reach."""
EPOCH = 1_262_275_200_000  # 2010-01-01 in Beijing, in ms
DAY = 86_400_000
TAGS = ("治愈", "华语", "古风", "夜晚", "学习")
_SKY, _EARTH = "山月江云星雨雪风花灯桥海", "歌谣曲书信梦路岸城船钟影"
_SAID = ("听了一整天，还想再听", "旋律很好听", "有点吵，听一遍就够了", "深夜单曲循环", "前奏就哭了")
_WRITERS = 997


@dataclass(frozen=True)
class Catalogue:
    """Songs 0..songs-1 and what hangs on them, in NetEase's shape (first dialect).

    `newer` comments were written under each song since; every `gone_every`-th song is withdrawn.
    """

    songs: int
    seed: int = 7
    newer: int = 0
    gone_every: int = 0

    def roll(self, what: str, index: int, sides: int) -> int:
        """Return a number below `sides` that is always the same for that thing."""
        told = f"{self.seed}/{what}/{index}".encode()
        return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest()) % sides

    @property
    def artists(self) -> int:
        return -(-self.songs // PER_ARTIST)

    @property
    def albums(self) -> int:
        return -(-self.songs // PER_ALBUM)

    @property
    def playlists(self) -> int:
        return -(-self.songs // PER_PLAYLIST)

    def is_gone(self, index: int) -> bool:
        return bool(self.gone_every) and index % self.gone_every == self.gone_every - 1

    def song(self, index: int) -> dict[str, Any]:
        """Return a song as song detail tells it."""
        album = index // PER_ALBUM
        kind = self.kind_of(index)
        return {
            "id": FIRST_SONG + index,
            "name": self.title(index),
            "t": 0,
            "djId": 0,
            "ar": [self._named(index // PER_ARTIST)],
            "alia": [],
            "al": {
                "id": FIRST_ALBUM + album,
                "name": f"{self.title(album)}集",
                "picUrl": f"http://127.0.0.1/covers/{FIRST_ALBUM + album}.jpg",
            },
            "pop": float(self.roll("pop", index, 101)),
            "fee": (0, 1, 4, 8)[self.roll("fee", index, 4)],
            "dt": 120_000 + self.roll("length", index, 240) * 1_000,
            "mark": 131_072 if self.is_instrumental(index) else 0,
            "copyright": 1,
            "originCoverType": kind,
            "originSongSimpleData": self._original(index) if kind == 2 else None,
            "publishTime": self.published(index),
        }

    def privilege(self, index: int) -> dict[str, Any]:
        """Return what may be done with a song; every 29th is greyed out."""
        fee = self.song(index)["fee"]
        return {"id": FIRST_SONG + index, "fee": fee, "st": -200 if index % 29 == 28 else 0}

    def title(self, index: int) -> str:
        sky = _SKY[self.roll("sky", index, len(_SKY))]
        return f"{sky}{_EARTH[self.roll('earth', index, len(_EARTH))]} {index + 1}"

    def kind_of(self, index: int) -> int:
        """Return 0 unknown, 1 original or 2 cover (of the song before)."""
        return (1, 1, 0, 2)[index % 4]

    def published(self, index: int) -> int:
        """Return milliseconds; 0 where nobody knows."""
        return 0 if index % 17 == 16 else EPOCH + self.roll("day", index, 5_000) * DAY

    def is_instrumental(self, index: int) -> bool:
        return index % 20 == 19

    def lyric(self, index: int) -> dict[str, Any]:
        """Return the words: none every 20th, not collected every 20th, some translated."""
        if self.is_instrumental(index):
            return {"nolyric": True, "code": 200}
        if index % 20 == 9:
            return {"uncollected": True, "code": 200}
        lines = "\n".join(
            f"[00:{10 + n:02d}.00]{self.title(index + n).split()[0]}，第{n + 1}句" for n in range(6)
        )
        translated = "[00:10.00]A line of it in English" if index % 5 == 0 else ""
        words = {"version": 1, "lyric": lines}
        return {"lrc": words, "tlyric": {"version": 0, "lyric": translated}, "code": 200}

    def artist(self, number: int) -> dict[str, Any]:
        return {
            **self._named(number),
            "alias": [f"Singer {number + 1}"],
            "briefDesc": "此人此歌皆为虚构。",
            "musicSize": PER_ARTIST,
            "albumSize": 1,
            "picUrl": f"http://127.0.0.1/artists/{FIRST_ARTIST + number}.jpg",
        }

    def album(self, number: int) -> dict[str, Any]:
        return {
            "id": FIRST_ALBUM + number,
            "name": f"{self.title(number)}集",
            "type": "专辑",
            "size": PER_ALBUM,
            "publishTime": EPOCH + self.roll("album", number, 5_000) * DAY,
            "company": "虚构唱片",
            "picUrl": f"http://127.0.0.1/covers/{FIRST_ALBUM + number}.jpg",
            "artist": self._named(number),
        }

    def playlist(self, number: int) -> dict[str, Any]:
        """Return a list with all its ids, and the first ten of its songs."""
        first = number * PER_PLAYLIST
        indices = range(first, min(first + PER_PLAYLIST, self.songs))
        return {
            "id": FIRST_PLAYLIST + number,
            "name": f"虚构榜 {number + 1}",
            "description": "为试验爬虫而作。",
            "tags": [self.tag(number)],
            "playCount": 1_000 * self.roll("plays", number, 1_000),
            "subscribedCount": self.roll("fans", number, 10_000),
            "trackCount": len(indices),
            "createTime": EPOCH + number * DAY,
            "coverImgUrl": f"http://127.0.0.1/playlists/{FIRST_PLAYLIST + number}.jpg",
            "tracks": [self.song(index) for index in indices[:10]],
            "trackIds": [{"id": FIRST_SONG + index} for index in indices],
        }

    def tag(self, number: int) -> str:
        return TAGS[number % len(TAGS)]

    def comment_total(self, index: int) -> int:
        first = DEEP if index == 0 and self.songs >= 100 else self.roll("comments", index, 4)
        return first + self.newer

    def comment(self, index: int, number: int) -> dict[str, Any]:
        """Return a comment of a song, 0 being its oldest; every 50th text was taken away."""
        said = "" if self.is_taken(number) else _SAID[self.roll(f"said{index}", number, 5)]
        writer = self.roll(f"writer{index}", number, _WRITERS)
        return {
            # The older comments of a song keep their ids when newer ones come.
            "commentId": FIRST_COMMENT + index * 10_000 + number,
            "content": said,
            "likedCount": self.roll(f"likes{index}", number, 300),
            "time": EPOCH + 4_000 * DAY + number * 60_000 + index,
            "user": {"userId": FIRST_WRITER + writer, "nickname": f"网友{writer}"},
            "beReplied": [],
        }

    def is_taken(self, number: int) -> bool:
        return number % 50 == 49

    def comments(self, index: int, *, limit: int, offset: int, before: int) -> dict[str, Any]:
        """Return a page, newest first; an offset past 5,000 shows nothing, `before` does."""
        total = self.comment_total(index)
        newest = total - 1
        if before:
            since = before - index - EPOCH - 4_000 * DAY
            newest = min(newest, (since - 1) // 60_000)
        elif offset > 5_000:
            newest = -1
        start = newest - (0 if before else offset)
        numbers = range(start, max(start - limit, -1), -1) if start >= 0 else range(0)
        return {
            "comments": [self.comment(index, number) for number in numbers],
            "hotComments": [self.comment(index, 0)] if total and not offset and not before else [],
            "total": total,
            "more": bool(numbers) and numbers[-1] > 0,
            "code": 200,
        }

    def _named(self, number: int) -> dict[str, Any]:
        return {"id": FIRST_ARTIST + number, "name": f"虚构歌手{number + 1}"}

    def _original(self, index: int) -> dict[str, Any]:
        first = index - 1
        singers = [self._named(first // PER_ARTIST)]
        return {"songId": FIRST_SONG + first, "name": self.title(first), "artists": singers}
