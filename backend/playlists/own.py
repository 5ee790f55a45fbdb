"""Lists that a listener makes; nobody else sees them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from backend.db.base import utc_now
from backend.playlists.errors import PlaylistFull, PlaylistNotFound, TooManyPlaylists
from backend.playlists.tables import Playlist, PlaylistSong
from backend.songs import service as songs
from backend.songs.tables import Song

OWN = "own"
MOST_LISTS = 200
MOST_SONGS = 1_000


@dataclass(frozen=True)
class Removed:
    """What a list was, so that removing it can be undone."""

    title: str
    description: str | None
    song_ids: list[int]


def mine(session: Session, *, user_id: int) -> list[Playlist]:
    """Return the listener's lists, newest first."""
    owned = select(Playlist).where(Playlist.user_id == user_id)
    return list(session.scalars(owned.order_by(Playlist.id.desc()).limit(MOST_LISTS)))


def create(
    session: Session,
    *,
    user_id: int,
    title: str,
    description: str | None = None,
    song_ids: Sequence[int] = (),
) -> Playlist:
    """Make a list of those songs that exist, in that order.

    Raises:
        TooManyPlaylists: the listener has as many as there may be.
    """
    owned = select(func.count(Playlist.id)).where(Playlist.user_id == user_id)
    if (session.scalar(owned) or 0) >= MOST_LISTS:
        raise TooManyPlaylists(MOST_LISTS)
    row = Playlist(
        source=OWN,
        source_id=str(uuid.uuid4()),
        user_id=user_id,
        title=title,
        description=description,
    )
    session.add(row)
    session.flush()
    known = set(session.scalars(select(Song.id).where(Song.id.in_(set(song_ids)))))
    kept = [song_id for song_id in dict.fromkeys(song_ids) if song_id in known][:MOST_SONGS]
    session.add_all(
        PlaylistSong(playlist_id=row.id, song_id=song_id, position=place)
        for place, song_id in enumerate(kept)
    )
    session.flush()
    return row


def rename(
    session: Session, *, user_id: int, playlist_id: int, title: str, description: str | None
) -> Playlist:
    """Give a list another title and description.

    Raises:
        PlaylistNotFound: the listener has no such list.
    """
    row = _own(session, user_id, playlist_id)
    row.title, row.description = title, description
    session.flush()
    return row


def remove(session: Session, *, user_id: int, playlist_id: int) -> Removed:
    """Remove a list; return what `create` needs to bring it back.

    Raises:
        PlaylistNotFound: the listener has no such list.
    """
    row = _own(session, user_id, playlist_id)
    was = Removed(row.title, row.description, _song_ids(session, playlist_id))
    session.execute(delete(PlaylistSong).where(PlaylistSong.playlist_id == playlist_id))
    session.delete(row)
    session.flush()
    return was


def add_song(session: Session, *, user_id: int, playlist_id: int, song_id: int) -> None:
    """Put a song at the end; one that is in the list stays where it is.

    Raises:
        PlaylistNotFound: the listener has no such list.
        SongNotFound: no such song.
        PlaylistFull: the list holds as many as it may.
    """
    _own(session, user_id, playlist_id)
    songs.require(session, song_id=song_id)
    if session.get(PlaylistSong, (playlist_id, song_id)) is not None:
        return
    count, last = session.execute(
        select(func.count(), func.max(PlaylistSong.position)).where(
            PlaylistSong.playlist_id == playlist_id
        )
    ).one()
    if count >= MOST_SONGS:
        raise PlaylistFull(MOST_SONGS)
    place = 0 if last is None else last + 1
    session.add(PlaylistSong(playlist_id=playlist_id, song_id=song_id, position=place))
    session.flush()


def remove_song(session: Session, *, user_id: int, playlist_id: int, song_id: int) -> None:
    """Take a song out; one that is not in the list changes nothing.

    Raises:
        PlaylistNotFound: the listener has no such list.
    """
    _own(session, user_id, playlist_id)
    session.execute(
        delete(PlaylistSong).where(
            PlaylistSong.playlist_id == playlist_id, PlaylistSong.song_id == song_id
        )
    )


def reorder(
    session: Session, *, user_id: int, playlist_id: int, song_ids: Sequence[int]
) -> list[int]:
    """Put these songs of the list first, in this order; the others follow as they stood.

    So a song added meanwhile elsewhere is never lost. Returns the new order.

    Raises:
        PlaylistNotFound: the listener has no such list.
    """
    _own(session, user_id, playlist_id)
    held = _song_ids(session, playlist_id)
    first = [song_id for song_id in dict.fromkeys(song_ids) if song_id in set(held)]
    order = [*first, *(song_id for song_id in held if song_id not in set(first))]
    session.execute(
        update(PlaylistSong),
        [
            {"playlist_id": playlist_id, "song_id": song_id, "position": place}
            for place, song_id in enumerate(order)
        ],
    )
    session.expire_all()
    return order


def _own(session: Session, user_id: int, playlist_id: int) -> Playlist:
    """Return the list, locked: changes to one list stand in line."""
    touched = session.execute(
        update(Playlist)
        .where(Playlist.id == playlist_id, Playlist.user_id == user_id)
        .values(updated_at=utc_now())
        .execution_options(synchronize_session=False)
    )
    if not touched.rowcount:  # type: ignore[attr-defined]  # an update's result counts rows
        raise PlaylistNotFound(playlist_id)
    return session.scalars(select(Playlist).where(Playlist.id == playlist_id)).one()


def _song_ids(session: Session, playlist_id: int) -> list[int]:
    ordered = select(PlaylistSong.song_id).where(PlaylistSong.playlist_id == playlist_id)
    return list(session.scalars(ordered.order_by(PlaylistSong.position, PlaylistSong.song_id)))
