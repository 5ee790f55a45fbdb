"""Wire types of the library on the plane."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from backend.charts.filters import ChartFilter
from backend.charts.plane import Places
from backend.healing.quality import Measured
from backend.wire import In, Out

Text = Annotated[str, StringConstraints(min_length=1, max_length=64)]
Share = Annotated[float, Field(ge=0, le=1)]
Rho = Annotated[float, Field(ge=-1, le=1)]


class MapQuery(In):
    """Which songs; "unknown" asks for songs without the fact."""

    genre: Text | None = None
    language: Text | None = None

    def chosen(self) -> ChartFilter:
        return ChartFilter(genre=self.genre, language=self.language)


class MapColumnsOut(Out):
    """Base64, one entry a song in the order of ids."""

    id_steps: str
    """Little-endian uint32: from the id before, the first from 0."""
    valence: str
    """Little-endian int16: -10000 dark to 10000 bright."""
    arousal: str
    """Little-endian int16: -10000 calm to 10000 stirred."""
    told: str
    """uint8, bits: 1 told from sound, 2 from lyrics, 4 from comments, 8 can be played."""


class PlaceQualityOut(Out):
    """Agreement with known moods of songs that are told from the same."""

    evidence: str
    """A comma list of audio, lyrics, comments."""
    songs: int
    quadrant: Share | None
    valence_rho: Rho | None
    arousal_rho: Rho | None


class MapQualityOut(Out):
    measured_at: datetime
    groups: list[PlaceQualityOut]


class MoodMapOut(Out):
    songs: int
    """Of the filter, placed or not."""
    placed: int
    shown: int
    """In the columns: fewer than placed where there are more than an answer may hold."""
    columns: MapColumnsOut
    quality: MapQualityOut | None
    """On demo songs, whose moods are known; null where nothing was measured."""


def map_json(found: Places, measured: Measured | None) -> bytes:
    """Write the answer."""
    quality = None
    if measured is not None:
        groups = [
            PlaceQualityOut(evidence=name, **one.to_json()) for name, one in measured.groups.items()
        ]
        quality = MapQualityOut(measured_at=measured.measured_at, groups=groups)
    answer = MoodMapOut(
        songs=found.songs,
        placed=found.placed,
        shown=len(found.ids),
        columns=MapColumnsOut(**found.packed()),
        quality=quality,
    )
    return answer.model_dump_json().encode()
