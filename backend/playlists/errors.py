"""What playlists refuse."""

from backend.errors import NotFound


class PlaylistNotFound(NotFound):
    def __init__(self, playlist_id: int) -> None:
        super().__init__(f"There is no playlist {playlist_id}.")
