"""Wire types of search."""

from typing import Any

from pydantic import Field

from backend.search.match import Kind
from backend.search.service import Field as Where
from backend.search.service import Hit
from backend.songs.artist_schemas import AlbumOut, ArtistOut
from backend.songs.schemas import SongOut
from backend.wire import In, Out


class SearchQuery(In):
    q: str = Field(min_length=1, max_length=100)
    limit: int = Field(default=10, ge=1, le=50)


class MatchOut(Out):
    kind: Kind
    """As written, as pinyin, as initials, a mixture of these, or only nearly."""
    field: Where
    """Which name of the song was met."""
    text: str
    """What `spans` point into."""
    spans: list[list[int]]
    """Code points, end exclusive."""


class SongHit(Out):
    song: SongOut
    match: MatchOut


class ArtistHit(Out):
    artist: ArtistOut
    match: MatchOut


class AlbumHit(Out):
    album: AlbumOut
    match: MatchOut


class LyricHit(Out):
    song: SongOut
    line: str
    ms: int | None
    match: MatchOut


class SearchOut(Out):
    songs: list[SongHit]
    artists: list[ArtistHit]
    albums: list[AlbumHit]
    lyrics: list[LyricHit]
    suggestion: str | None
    """What was probably meant, when nothing is as typed."""


def match_out(hit: Hit[Any]) -> MatchOut:
    """Turn a match into its wire form."""
    return MatchOut(
        kind=hit.match.kind,
        field=hit.field,
        text=hit.text,
        spans=[list(span) for span in hit.match.spans],
    )
