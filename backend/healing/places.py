"""Put songs on the plane from what is known of each: sound, lyrics, comments."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.audio.service import DEMO
from backend.blocks.service import Kind, touch
from backend.comments.tables import Comment
from backend.db.base import utc_now
from backend.db.session import unit_of_work
from backend.db.upsert import upsert
from backend.features.material import sung
from backend.healing.tables import SongMood
from backend.songs.tables import Lyric, Song
from models.features.interface import Encoder, Floats
from models.features.sound_columns import COLUMN
from models.features.store import FeatureStore
from models.mood import plane
from models.mood.evaluate_places import Quality, agreement
from models.mood.lyrics import LyricPlacer
from models.progress import Progress, silent

CHUNK = 500
_FEW_COMMENTS = 5
"""Comments, below which their mean counts less."""
_SHOWN = ("valence", "arousal", "tempo", "evidence", "version", "placed_at")


@dataclass(frozen=True)
class _Row:
    song_id: int
    is_demo: bool
    lyrics: str


class Placer:
    """Places songs by the vectors that are stored; make one anew when those change."""

    def __init__(self, features: Path, text_encoder: Encoder[str] | None) -> None:
        """Read the vectors. Without a text encoder lyrics say nothing."""
        sound, words = FeatureStore(features, "audio"), FeatureStore(features, "text")
        self._sound = _Vectors(*sound.read().present())
        self._words = _Vectors(*words.read().present())
        self._lyrics = None if text_encoder is None else LyricPlacer(text_encoder)
        made_by = repr([sound.manifest(), words.manifest()])
        self.version = f"{plane.VERSION}-{zlib.crc32(made_by.encode()):08x}"

    def place(
        self, engine: Engine, ids: Sequence[int] | None = None, *, progress: Progress = silent
    ) -> int:
        """Write where songs stand, all or those given; return how many have a place.

        A song of which nothing is known has no row.
        """
        with Session(engine) as session:
            every = list(session.scalars(select(Song.id).order_by(Song.id)))
            own = session.scalars(
                select(Song.id).where(Song.source != DEMO).order_by(Song.id)
            ).all()
            praise = float(session.scalar(select(func.avg(Comment.probability))) or 0.5)
        scale = self._scale(own)
        wanted = every if ids is None else list(ids)
        placed = 0
        for start in range(0, len(wanted), CHUNK):
            with unit_of_work(engine) as session:
                placed += self._place_some(session, wanted[start : start + CHUNK], scale, praise)
            progress("places", min(start + CHUNK, len(wanted)), len(wanted))
        return placed

    def _scale(self, own: Sequence[int]) -> plane.Scale:
        """Tell the centres of recordings that are not the demo's."""
        known = self._sound.of(own)[1]
        columns = plane.columns_of(known, COLUMN) if len(known) else {}
        return plane.Scale.of(columns)

    def _place_some(
        self, session: Session, ids: Sequence[int], scale: plane.Scale, praise: float
    ) -> int:
        rows = _read(session, ids)
        songs = [row.song_id for row in rows]
        evidence = {
            "audio": self._by_sound(rows, scale),
            "lyrics": self._by_lyrics(rows),
            "comments": _by_comments(session, songs, praise),
        }
        places = plane.together(evidence)
        tempi = self._tempi(songs)
        now = utc_now()
        values: list[dict[str, Any]] = []
        for at, song_id in enumerate(songs):
            if np.isnan(places[at]).any():
                continue
            told = [name for name, place in evidence.items() if not np.isnan(place[at]).all()]
            values.append(
                {
                    "song_id": song_id,
                    "valence": round(float(places[at, 0]), 4),
                    "arousal": round(float(places[at, 1]), 4),
                    "tempo": tempi.get(song_id),
                    "evidence": ",".join(told),
                    "version": self.version,
                    "placed_at": now,
                }
            )
        unplaced = set(songs) - {value["song_id"] for value in values}
        session.execute(delete(SongMood).where(SongMood.song_id.in_(unplaced)))
        upsert(session, SongMood, values, key=("song_id",), update=_SHOWN)
        touch(session, songs, Kind.MOODS)
        return len(values)

    def _by_sound(self, rows: Sequence[_Row], scale: plane.Scale) -> plane.Places:
        places = np.full((len(rows), 2), np.nan)
        for demo, used in ((True, plane.GENERATED), (False, scale)):
            group = [at for at, row in enumerate(rows) if row.is_demo is demo]
            have, vectors = self._sound.of([rows[at].song_id for at in group])
            if len(vectors):
                columns = plane.columns_of(vectors, COLUMN)
                places[np.array(group)[have]] = plane.by_sound(columns, used)
        return places

    def _by_lyrics(self, rows: Sequence[_Row]) -> plane.Places:
        places = np.full((len(rows), 2), np.nan)
        sung_ones = [at for at, row in enumerate(rows) if row.lyrics]
        if self._lyrics is None or not sung_ones:
            return places
        have, vectors = self._words.of([rows[at].song_id for at in sung_ones])
        if len(vectors):
            found = [sung_ones[at] for at in have]
            places[found] = self._lyrics.place([rows[at].lyrics for at in found], vectors)
        return places

    def _tempi(self, songs: Sequence[int]) -> dict[int, float]:
        have, vectors = self._sound.of(songs)
        if not len(vectors):
            return {}
        tempi = np.exp2(vectors[:, COLUMN["tempo"]]).round(1).tolist()
        return {songs[at]: tempo for at, tempo in zip(have, tempi, strict=True)}


class _Vectors:
    """Vectors by song."""

    def __init__(self, songs: NDArray[np.int64], matrix: Floats) -> None:
        self._row = {song: row for row, song in enumerate(songs.tolist())}
        self._matrix = matrix

    def of(self, songs: Sequence[int]) -> tuple[list[int], Floats]:
        """Return which of the songs have a vector, by place, and these."""
        have = [at for at, song in enumerate(songs) if song in self._row]
        return have, self._matrix[[self._row[songs[at]] for at in have]]


def _read(session: Session, ids: Sequence[int]) -> list[_Row]:
    rows = session.execute(
        select(Song.id, Song.source, Lyric.kind, Lyric.text)
        .outerjoin(Lyric, Lyric.song_id == Song.id)
        .where(Song.id.in_(ids))
        .order_by(Song.id)
    )
    return [_Row(i, source == DEMO, sung(kind, text)) for i, source, kind, text in rows]


def _by_comments(session: Session, songs: Sequence[int], praise: float) -> plane.Places:
    """Place by how far comments praise more than they commonly do: of valence alone."""
    rows = session.execute(
        select(Comment.song_id, func.avg(Comment.probability), func.count(Comment.probability))
        .where(Comment.song_id.in_(songs), Comment.probability.is_not(None))
        .group_by(Comment.song_id)
    )
    means = {song: (float(mean), count) for song, mean, count in rows}
    places = np.full((len(songs), 2), np.nan)
    for at, song in enumerate(songs):
        if song in means:
            mean, count = means[song]
            places[at, 0] = 2 * (mean - praise) * count / (count + _FEW_COMMENTS)
    return places


def known_moods(session: Session, true: Mapping[str, tuple[float, float]]) -> dict[str, Quality]:
    """Compare the places of demo songs with those of the moods they were made from.

    By what the places are told from; the moods' own places are given as `true`.
    """
    rows = session.execute(
        select(SongMood.evidence, SongMood.valence, SongMood.arousal, Song.mood)
        .join(Song, Song.id == SongMood.song_id)
        .where(Song.source == DEMO, Song.mood.in_(true))
        .order_by(SongMood.evidence, Song.id)
    )
    groups: dict[str, list[tuple[tuple[float, float], tuple[float, float]]]] = {}
    for evidence, valence, arousal, mood in rows:
        groups.setdefault(evidence, []).append(((valence, arousal), true[mood or ""]))
    return {
        evidence: agreement(*(np.array(side) for side in zip(*pairs, strict=True)))
        for evidence, pairs in groups.items()
    }
