"""Wire types of a listener's own lists."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.playlists.schemas import PlaylistOut
from backend.wire import Id, In, Out

Title = Annotated[str, StringConstraints(min_length=1, max_length=100)]
Description = Annotated[str, StringConstraints(max_length=1000)]


class PlaylistNameIn(In):
    title: Title
    description: Description | None = None


class PlaylistIn(PlaylistNameIn):
    song_ids: list[Id] = Field(default_factory=list, max_length=1000)
    """Those that exist, in this order."""


class SongOrder(In):
    song_ids: list[Id] = Field(min_length=1, max_length=1000)


class MyPlaylists(Out):
    items: list[PlaylistOut]


class RemovedPlaylist(Out):
    """What a list was: give it to createPlaylist to have it back."""

    title: str
    description: str | None
    song_ids: list[int]


FILE = 300_000
"""Characters of a file."""


class PlaylistFileIn(In):
    text: str = Field(min_length=1, max_length=FILE)
    """A JSPF or M3U file."""
    title: Title | None = None
    """Instead of the one the file gives."""


class ImportedPlaylist(Out):
    playlist: PlaylistOut
    matched: int
    missing: list[str]
    """Songs of the file that are not known here, at most 100 of them."""
    missing_count: int


class ExportQuery(In):
    format: Literal["jspf", "m3u"] = "jspf"
