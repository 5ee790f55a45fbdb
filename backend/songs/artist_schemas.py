"""Wire types of artists and albums."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import Field

from backend.songs.schemas import AlbumRef, ArtistRef, CoverOut, Precision, cover
from backend.songs.tables import Album, Artist
from backend.wire import Page, PageQuery


class ArtistOut(ArtistRef):
    song_count: int
    heat: float
    cover: CoverOut


class AlbumOut(AlbumRef):
    artist: ArtistRef | None
    release_date: date | None
    release_precision: Precision | None
    song_count: int
    cover: CoverOut


class ArtistDetailOut(ArtistOut):
    alias: str | None
    brief: str | None
    source: str
    albums: list[AlbumOut]
    """Newest first, at most 50."""


class AlbumDetailOut(AlbumOut):
    kind: str | None
    company: str | None
    heat: float
    source: str


class ArtistPage(Page[ArtistOut]):
    pass


class ArtistQuery(PageQuery):
    q: str | None = Field(default=None, max_length=100)


def artist_out(artist: Artist) -> ArtistOut:
    """Turn an artist into its wire form."""
    return ArtistOut.model_validate(_artist_fields(artist))


def artist_detail_out(artist: Artist, albums: Sequence[Album]) -> ArtistDetailOut:
    """Turn an artist into the form of the artist's own page."""
    return ArtistDetailOut.model_validate(
        {
            **_artist_fields(artist),
            **{name: getattr(artist, name) for name in ("alias", "brief", "source")},
            "albums": [_album_fields(album, artist.name) for album in albums],
        }
    )


def album_out(album: Album, singer: str | None) -> AlbumOut:
    """Turn an album into its wire form; `singer` is the name of its artist."""
    return AlbumOut.model_validate(_album_fields(album, singer))


def album_detail_out(album: Album, singer: str | None) -> AlbumDetailOut:
    """Turn an album into the form of its own page."""
    return AlbumDetailOut.model_validate(
        {
            **_album_fields(album, singer),
            **{name: getattr(album, name) for name in ("kind", "company", "heat", "source")},
        }
    )


def _artist_fields(artist: Artist) -> dict[str, Any]:
    return {
        "id": artist.id,
        "name": artist.name,
        "song_count": artist.song_count,
        "heat": artist.heat,
        "cover": cover(artist.id, artist.picture_url, None, None),
    }


def _album_fields(album: Album, singer: str | None) -> dict[str, Any]:
    return {
        "id": album.id,
        "title": album.title,
        "artist": None if singer is None else {"id": album.artist_id, "name": singer},
        "release_date": album.release_date,
        "release_precision": album.release_precision,
        "song_count": album.song_count,
        "cover": cover(album.id, album.cover_url, None, None),
    }
