"""What the library refuses."""

from backend.errors import NotFound


class ArtistNotFound(NotFound):
    def __init__(self, artist_id: int) -> None:
        super().__init__(f"There is no artist {artist_id}.")


class AlbumNotFound(NotFound):
    def __init__(self, album_id: int) -> None:
        super().__init__(f"There is no album {album_id}.")


class SongNotFound(NotFound):
    def __init__(self, song_id: int) -> None:
        super().__init__(f"There is no song {song_id}.")
