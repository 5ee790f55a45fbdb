"""Wire types of playlists."""

from datetime import datetime

from backend.playlists.tables import Playlist
from backend.songs.schemas import CoverOut, SongPage, cover
from backend.wire import Out, Page


class PlaylistOut(Out):
    id: int
    title: str
    tags: list[str]
    song_count: int
    """Songs of the list that are known here."""
    play_count: int
    """Plays that the source reports."""
    cover: CoverOut
    source: str


class PlaylistPage(Page[PlaylistOut]):
    pass


class PlaylistDetailOut(PlaylistOut):
    description: str | None
    subscriber_count: int
    source_created_at: datetime | None
    gone_at: datetime | None
    """When the source stopped showing it; null while it does."""
    mine: bool
    """Made by the caller, who alone sees it."""
    songs: SongPage


def playlist_fields(playlist: Playlist, song_count: int) -> dict[str, object]:
    """Return what a list of playlists shows of one."""
    return {
        "id": playlist.id,
        "title": playlist.title,
        "tags": playlist.tags.split(",") if playlist.tags else [],
        "song_count": song_count,
        "play_count": playlist.play_count,
        "cover": cover(playlist.id, playlist.cover_url, None, None),
        "source": playlist.source,
    }
