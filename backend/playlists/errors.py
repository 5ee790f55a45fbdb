"""What playlists refuse."""

from backend.errors import Conflict, NotFound


class PlaylistNotFound(NotFound):
    def __init__(self, playlist_id: int) -> None:
        super().__init__(f"There is no playlist {playlist_id}.")


class PlaylistFull(Conflict):
    def __init__(self, most: int) -> None:
        super().__init__(f"A list holds at most {most:,} songs. Take some out, or begin another.")


class TooManyPlaylists(Conflict):
    def __init__(self, most: int) -> None:
        super().__init__(f"There may be {most} lists of your own. Remove one first.")
