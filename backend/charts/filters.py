"""Which songs the charts speak of: the same filter for every one of them."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from backend.db.base import table
from backend.songs.tables import Genre, Song, SongArtist, SongGenre

UNKNOWN = "unknown"
"""Asks for songs of which a fact is not known: what stands as NULL."""

song = table(Song)
_genre, _song_genre, _song_artist = table(Genre), table(SongGenre), table(SongArtist)


@dataclass(frozen=True)
class ChartFilter:
    """Facts of a song; None does not filter, "unknown" asks for songs without the fact."""

    genre: str | None = None
    language: str | None = None
    year_from: int | None = None
    year_to: int | None = None
    artist: int | None = None
    album: int | None = None
    copyright: str | None = None
    original: str | None = None
    source: str | None = None

    def in_use(self) -> dict[str, Any]:
        """Return the filters that are set, by name."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in values.items() if value is not None}

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what a row of `songs` has to fulfil."""
        found: list[ColumnElement[bool]] = []
        for name in ("language", "copyright", "original"):
            value = getattr(self, name)
            if value is not None:
                column = song.c[name]
                found.append(column.is_(None) if value == UNKNOWN else column == value)
        if self.source is not None:
            found.append(song.c.source == self.source)
        if self.year_from is not None:
            found.append(song.c.release_date >= date(self.year_from, 1, 1))
        if self.year_to is not None:
            found.append(song.c.release_date <= date(self.year_to, 12, 31))
        if self.album is not None:
            found.append(song.c.album_id == self.album)
        if self.artist is not None:
            theirs = select(_song_artist.c.song_id).where(_song_artist.c.artist_id == self.artist)
            found.append(song.c.id.in_(theirs))
        if self.genre == UNKNOWN:
            found.append(song.c.id.not_in(select(_song_genre.c.song_id)))
        elif self.genre is not None:
            found.append(
                song.c.id.in_(
                    select(_song_genre.c.song_id)
                    .join_from(_song_genre, _genre)
                    .where(_genre.c.name == self.genre)
                )
            )
        return found

    def on_songs(self, song_id: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        """Return the same for rows that name a song; nothing when no filter is set."""
        conditions = self.conditions()
        return [song_id.in_(select(song.c.id).where(*conditions))] if conditions else []
