"""What must never be proposed to a listener, and who may say so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import BindParameter, Table, bindparam, delete, select, union
from sqlalchemy.orm import Session

from backend.care.errors import CareTargetNotFound, TooManyWishes
from backend.care.tables import CareEvent, CareItem, CareLink
from backend.db.base import table, utc_now
from backend.db.upsert import upsert
from backend.ratings.tables import HiddenSong
from backend.songs.tables import Artist, Genre, Song, SongArtist, SongGenre

Kind = Literal["genre", "artist", "song"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Event = Literal["code", "asked", "confirmed", "declined", "ended", "listed", "unlisted", "noted"]
MOST = 500
"""Items of one author for one patient."""

_USER: BindParameter[int] = bindparam("user_id")
_item, _link, _hidden = table(CareItem), table(CareLink), table(HiddenSong)
_genre_song, _artist_song = table(SongGenre), table(SongArtist)
_IN_FORCE = _item.outerjoin(_link, _link.c.id == _item.c.link_id)
_HOLDS = (_item.c.user_id == _USER) & (
    _item.c.link_id.is_(None)
    | (_link.c.confirmed_at.is_not(None) & _link.c.ended_at.is_(None) & _link.c.may_list)
)
_AVOIDS = _HOLDS & _item.c.avoid
_WANTS = _HOLDS & ~_item.c.avoid
_SONGS = select(_item.c.target_id).select_from(_IN_FORCE).where(_AVOIDS, _item.c.kind == "song")
_BY_ARTIST = (
    select(_artist_song.c.song_id)
    .select_from(_IN_FORCE.join(_artist_song, _artist_song.c.artist_id == _item.c.target_id))
    .where(_AVOIDS, _item.c.kind == "artist")
)
_OF_GENRE = (
    select(_genre_song.c.song_id)
    .select_from(_IN_FORCE.join(_genre_song, _genre_song.c.genre_id == _item.c.target_id))
    .where(_AVOIDS, _item.c.kind == "genre")
)
_AVOIDED = union(
    select(_hidden.c.song_id).where(_hidden.c.user_id == _USER), _SONGS, _BY_ARTIST, _OF_GENRE
)
_AMONG: BindParameter[int] = bindparam("songs", expanding=True)
_WANTED = union(
    select(_item.c.target_id)
    .select_from(_IN_FORCE)
    .where(_WANTS, _item.c.kind == "song", _item.c.target_id.in_(_AMONG)),
    select(_artist_song.c.song_id)
    .select_from(_IN_FORCE.join(_artist_song, _artist_song.c.artist_id == _item.c.target_id))
    .where(_WANTS, _item.c.kind == "artist", _artist_song.c.song_id.in_(_AMONG)),
    select(_genre_song.c.song_id)
    .select_from(_IN_FORCE.join(_genre_song, _genre_song.c.genre_id == _item.c.target_id))
    .where(_WANTS, _item.c.kind == "genre", _genre_song.c.song_id.in_(_AMONG)),
)
_NAMED: dict[Kind, Table] = {"genre": table(Genre), "artist": table(Artist), "song": table(Song)}


@dataclass(frozen=True)
class Wish:
    """A style, artist or song with its name, and whether it is avoided or wanted."""

    kind: Kind
    target_id: int
    name: str
    avoid: bool


def avoided_songs(session: Session, *, user_id: int | None) -> frozenset[int]:
    """Return every song that is never proposed to a listener, in one query.

    Hidden songs; those avoided by name, by artist or by style, by the listener or by a clinician
    whose consent is in force. What is also wanted is avoided all the same. Search is not concerned.
    """
    if user_id is None:
        return frozenset()
    return frozenset(session.scalars(_AVOIDED, {"user_id": user_id}))


def wanted_among(session: Session, *, user_id: int, songs: Sequence[int]) -> frozenset[int]:
    """Return which of the songs are wanted by name, artist or style, in one query.

    By the listener or a clinician whose consent is in force. What is also avoided is among them.
    """
    if not songs:
        return frozenset()
    return frozenset(session.scalars(_WANTED, {"user_id": user_id, "songs": list(songs)}))


def wishes(session: Session, *, user_id: int, link_id: int | None = None) -> list[Wish]:
    """Return a list: the patient's own, or a clinician's under one link; oldest first."""
    found = []
    by_link = CareItem.link_id.is_(None) if link_id is None else CareItem.link_id == link_id
    mine = select(CareItem).where(CareItem.user_id == user_id, by_link).order_by(CareItem.id)
    rows = session.scalars(mine).all()
    for kind in KINDS:
        names = _names(session, kind, [row.target_id for row in rows if row.kind == kind])
        found += [
            (row.id, Wish(kind, row.target_id, names[row.target_id], row.avoid))
            for row in rows
            if row.kind == kind and row.target_id in names
        ]
    return [wish for _, wish in sorted(found, key=lambda one: one[0])]


def set_wish(
    session: Session,
    *,
    user_id: int,
    author_id: int,
    kind: Kind,
    target_id: int,
    avoid: bool,
    link_id: int | None = None,
) -> None:
    """Put a style, artist or song on the list; the last word of one author counts.

    Raises:
        CareTargetNotFound: there is no such style, artist or song.
        TooManyWishes: the list is full.
    """
    if not _names(session, kind, [target_id]):
        raise CareTargetNotFound(kind, target_id)
    mine = (CareItem.user_id == user_id) & (CareItem.author_id == author_id)
    if len(session.scalars(select(CareItem.id).where(mine)).all()) >= MOST:
        raise TooManyWishes(MOST)
    row = {
        "user_id": user_id,
        "author_id": author_id,
        "link_id": link_id,
        "kind": kind,
        "target_id": target_id,
        "avoid": avoid,
        "created_at": utc_now(),
    }
    key = ("user_id", "author_id", "kind", "target_id")
    upsert(session, CareItem, [row], key=key, update=["avoid", "link_id"])
    record(session, user_id=user_id, actor_id=author_id, what="listed")


def remove_wish(
    session: Session, *, user_id: int, author_id: int, kind: Kind, target_id: int
) -> None:
    """Take something off one author's list; what is not on it changes nothing."""
    session.execute(
        delete(_item).where(
            _item.c.user_id == user_id,
            _item.c.author_id == author_id,
            _item.c.kind == kind,
            _item.c.target_id == target_id,
        )
    )
    record(session, user_id=user_id, actor_id=author_id, what="unlisted")


def record(session: Session, *, user_id: int, actor_id: int, what: Event) -> None:
    """Write into the patient's audit log."""
    session.add(CareEvent(user_id=user_id, actor_id=actor_id, what=what))
    session.flush()


def target(session: Session, kind: Kind, target_id: int | None, name: str | None) -> int:
    """Return the id of what is meant: a style by its name, the others by their id.

    Raises:
        CareTargetNotFound: there is none.
    """
    if kind != "genre":
        assert target_id is not None
        return target_id
    genre = _NAMED["genre"]
    found = session.scalar(select(genre.c.id).where(genre.c.name == name))
    if found is None:
        raise CareTargetNotFound(kind, name)
    return int(found)


def _names(session: Session, kind: Kind, ids: Sequence[int]) -> dict[int, str]:
    if not ids:
        return {}
    named = _NAMED[kind]
    name = named.c.title if kind == "song" else named.c.name
    return {i: n for i, n in session.execute(select(named.c.id, name).where(named.c.id.in_(ids)))}
