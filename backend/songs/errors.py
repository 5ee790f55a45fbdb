"""What the library refuses."""

from backend.errors import NotFound


class SongNotFound(NotFound):
    def __init__(self, song_id: int) -> None:
        super().__init__(f"There is no song {song_id}.")
