"""Lists of songs: those that sources bring are for all, a listener's own for that listener."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.playlists.errors import PlaylistNotFound
from backend.playlists.tables import Playlist, PlaylistSong


def list_playlists(session: Session, *, offset: int, limit: int) -> tuple[list[Playlist], int]:
    """Return one page of the lists for all, most played first, and the total."""
    for_all = Playlist.user_id.is_(None)
    ordered = select(Playlist).where(for_all).order_by(Playlist.play_count.desc(), Playlist.id)
    rows = session.scalars(ordered.limit(limit).offset(offset))
    return list(rows), session.scalar(select(func.count(Playlist.id)).where(for_all)) or 0


def get(session: Session, *, playlist_id: int, user_id: int | None) -> Playlist:
    """Return a list that this user, or a visitor, may see.

    Raises:
        PlaylistNotFound: no such list, or it is somebody else's.
    """
    row = session.get(Playlist, playlist_id)
    if row is None or row.user_id not in (None, user_id):
        raise PlaylistNotFound(playlist_id)
    return row


def song_counts(session: Session, ids: Collection[int]) -> dict[int, int]:
    """Return how many songs each of those lists holds; empty ones are left out."""
    rows = session.execute(
        select(PlaylistSong.playlist_id, func.count())
        .where(PlaylistSong.playlist_id.in_(ids))
        .group_by(PlaylistSong.playlist_id)
    )
    return {playlist_id: count for playlist_id, count in rows}


def song_ids(session: Session, *, playlist_id: int, offset: int, limit: int) -> list[int]:
    """Return one page of a list's songs, in its order."""
    ordered = (
        select(PlaylistSong.song_id)
        .where(PlaylistSong.playlist_id == playlist_id)
        .order_by(PlaylistSong.position, PlaylistSong.song_id)
    )
    return list(session.scalars(ordered.limit(limit).offset(offset)))
