"""Everybody who changes what charts read, each as a function of a small library."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts import erasure
from backend.accounts.tables import User
from backend.blocks import service as blocks
from backend.blocks.service import SONG as OF_SONG
from backend.blocks.service import Kind
from backend.charts import columns
from backend.comments import moderation, scores
from backend.comments import service as comments
from backend.comments.scores import Judge
from backend.comments.tables import Comment
from backend.demo import service as demo
from backend.demo.listeners import Size
from backend.ingest.records import (
    CommentRecord,
    LyricRecord,
    PlayRecord,
    RatingRecord,
    Record,
    SongRecord,
)
from backend.ingest.service import store
from backend.listening import service as listening
from backend.ratings import service as ratings
from backend.songs.tables import Song

PASSWORD = "山高水长 river"
MARCH = datetime(2026, 3, 5, 9, tzinfo=UTC)


@dataclass(frozen=True)
class Place:
    """Where the writers write."""

    session: Session
    songs: list[Song]
    user: User
    folder: Path
    zone: ZoneInfo
    judge: Judge

    def door(self, *records: Record) -> None:
        assert not store(self.session, records, zone=self.zone).refusals

    def comment(self) -> Comment:
        mine = select(Comment).where(Comment.user_id == self.user.id)
        return self.session.scalars(mine).one()


def rate(at: Place, song: int, stars: int) -> None:
    ratings.set_stars(at.session, user_id=at.user.id, song_id=at.songs[song].id, stars=stars)


def play(at: Place, song: int, client_id: str) -> None:
    listening.log_play(
        *(at.session,),
        **{"user_id": at.user.id, "client_id": client_id, "song_id": at.songs[song].id},
        **{"zone": at.zone, "count": 3},
    )


def _post(at: Place, judge: Judge | None) -> None:
    song_id = at.songs[4].id
    comments.post(
        at.session, judge, user_id=at.user.id, song_id=song_id, text="旋律好听", zone=at.zone
    )


def score(at: Place) -> None:
    rows = scores.unscored(at.session, version=at.judge.version, limit=100)
    scores.store_scores(at.session, at.judge, [(row.id, row.text) for row in rows])
    scores.recount_songs(at.session, {row.song_id for row in rows})


def _erase(at: Place) -> None:
    erasure.erase(
        *(at.session, at.folder),
        **{"user_id": at.user.id, "username": at.user.username},
        **{"password": PASSWORD, "keep_comments": False},
    )


def _heart(at: Place) -> None:
    ratings.add_heart(at.session, user_id=at.user.id, song_id=at.songs[2].id)


def _unheart(at: Place) -> None:
    ratings.remove_heart(at.session, user_id=at.user.id, song_id=at.songs[1].id)


def _door(**told: Any) -> Callable[[Place], None]:
    kinds = {
        "song": SongRecord, "lyric": LyricRecord, "comment": CommentRecord,
        "rating": RatingRecord, "play": PlayRecord,
    }  # fmt: skip
    ((name, fields),) = told.items()
    record = kinds[name](source="door", **fields)
    return lambda at: at.door(record)


SONG = {"source_id": "s1", "title": "新歌"}
PLAY = {"source_id": "p1", "listener": "l1", "song": "s1", "played_at": MARCH}
WRITERS: dict[str, tuple[Callable[[Place], None], tuple[Kind, ...]]] = {
    "stars": (lambda at: rate(at, 3, 4), blocks.RATINGS),
    "other stars": (lambda at: rate(at, 0, 2), blocks.RATINGS),
    "cleared": (lambda at: rate(at, 0, 0), blocks.RATINGS),
    "heart": (_heart, blocks.RATINGS),
    "no heart": (_unheart, blocks.RATINGS),
    "play": (lambda at: play(at, 5, "new"), blocks.PLAYS),
    "comment": (lambda at: _post(at, at.judge), (Kind.FACTS, Kind.COMMENTS)),
    "comment that waits": (lambda at: _post(at, None), (Kind.FACTS, Kind.COMMENTS)),
    "own comment deleted": (
        lambda at: comments.delete_own(
            at.session, user_id=at.user.id, comment_id=at.comment().id
        ),
        (Kind.FACTS, Kind.COMMENTS),
    ),
    "comment taken down": (
        lambda at: moderation.remove(at.session, comment_id=at.comment().id),
        (Kind.FACTS, Kind.COMMENTS),
    ),
    "comments scored": (score, (Kind.COMMENTS,)),
    "account erased": (_erase, (*blocks.PLAYS, Kind.STARS, Kind.FACTS, Kind.COMMENTS)),
    "song": (_door(song={**SONG, "source_id": "s2", "artists": ["a1"]}), OF_SONG),
    "song of other facts": (_door(song={**SONG, "heat": 9.5, "language": "粤语"}), OF_SONG),
    "song of other genre": (_door(song={**SONG, "genres": ["民谣", "摇滚"]}), OF_SONG),
    "song of other singer": (_door(song={**SONG, "artists": ["a2", "a1"]}), OF_SONG),
    "song on an album": (_door(song={**SONG, "album": "b1"}), OF_SONG),
    "lyric": (_door(lyric={"source_id": "s1", "kind": "plain", "text": "晚风"}), (Kind.FACTS,)),
    "rating": (
        _door(rating={"source_id": "l1", "listener": "l1", "song": "s1", "stars": 2}),
        blocks.RATINGS,
    ),
    "new play": (_door(play={**PLAY, "source_id": "p2"}), blocks.PLAYS),
    "more plays": (_door(play={**PLAY, "count": 7}), blocks.PLAYS),
    "play of another day": (_door(play={**PLAY, "played_at": None}), blocks.PLAYS),
    "new comment": (
        _door(comment={"source_id": "c2", "song": "s1", "text": "难听", "created_at": MARCH}),
        (Kind.FACTS, Kind.COMMENTS),
    ),
    "comment of another month": (
        _door(comment={"source_id": "c1", "song": "s1", "text": "好听", "created_at": None}),
        (Kind.FACTS, Kind.COMMENTS),
    ),
    "demo loaded": (lambda at: _load_demo(at), tuple(Kind)),
    "demo purged": (lambda at: _purge_demo(at), tuple(Kind)),
}  # fmt: skip


def _load_demo(at: Place) -> None:
    size = Size(listeners=5, plays=60, ratings=20, comments=10)
    demo.load(at.session, folder=None, until=MARCH, zone=at.zone, songs=20, size=size)


def _purge_demo(at: Place) -> None:
    _load_demo(at)
    pack(at.session)
    assert demo.purge(at.session).songs == 20
    at.session.add(Song(source="test", source_id="after", title="之后"))


def pack(session: Session) -> None:
    """Pack what is not packed."""
    for kind, waiting in columns.missing(session).items():
        if waiting:
            columns.pack_blocks(session, kind, waiting)
    session.commit()
