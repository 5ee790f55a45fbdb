"""What audio refuses."""

from backend.errors import Invalid, NotFound, Unavailable


class NoAudio(NotFound):
    def __init__(self, song_id: int) -> None:
        super().__init__(f"There is nothing to play of song {song_id}.")


class AudioGone(NotFound):
    def __init__(self, song_id: int) -> None:
        super().__init__(
            f"The file of song {song_id} is not where it was. Run `huisheng audio scan` again."
        )


class TunesBusy(Unavailable):
    def __init__(self) -> None:
        super().__init__("Many tunes are being made at once. Try again in a moment.")


class NotAFolder(Invalid):
    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is no folder that can be read. Give the folder that holds audio.")
