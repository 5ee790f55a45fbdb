"""Wire types of audio."""

from typing import Literal

from backend.wire import Out


class TuneInTheMaking(Out):
    """The tune is not there yet; ask again in a second."""

    state: Literal["making"]
