"""Wire types of the library."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy.orm import Session

from backend.ratings import service as ratings
from backend.ratings.schemas import MineOut, RatingSummary, summary
from backend.songs.cards import SongCard, SongDetails
from backend.songs.lists import Sort
from backend.songs.lrc import LyricLine
from backend.wire import MAX_ID, Ids, In, Out, Page, PageQuery

PALETTES = 10
MOTIFS = 9
MOST_CHOSEN = 100
_SPREAD = 2_654_435_761
"""Knuth's multiplicative hash: neighbouring ids get different drawings."""

Precision = Literal["year", "month", "day"]
Copyright = Literal["free", "free_low", "vip", "album", "unavailable"]
Original = Literal["original", "cover"]


class ArtistRef(Out):
    id: int
    name: str


class AlbumRef(Out):
    id: int
    title: str


class SongRef(Out):
    id: int
    title: str


class CoverOut(Out):
    """A picture's address, and what to draw where there is none."""

    url: str | None
    palette: int = Field(ge=0, lt=PALETTES)
    motif: int = Field(ge=0, lt=MOTIFS)


class AudioOut(Out):
    url: str
    seconds: float
    """How long it plays; the printed duration may be another."""


class SongOut(Out):
    id: int
    title: str
    artists: list[ArtistRef]
    album: AlbumRef | None
    release_date: date | None
    release_precision: Precision | None
    duration_ms: int | None
    language: str | None
    genres: list[str]
    heat: float | None
    """0–100."""
    play_count: int
    comment_count: int
    praise: float | None
    """Share of 好评 among the scored comments that take a side, 0–1; null without any."""
    copyright: Copyright | None
    original: Original | None
    cover: CoverOut
    has_lyrics: bool
    audio: AudioOut | None
    """Null where there is nothing to play."""
    source: str
    rating: RatingSummary
    mine: MineOut | None
    """The caller's own stars and heart; null without log-in."""


class SongDetailOut(SongOut):
    source_id: str
    source_url: str | None
    lyricist: str | None
    original_song: SongRef | None
    mood: str | None
    tempo: float | None
    """Beats a minute."""
    created_at: datetime
    updated_at: datetime


class SongPage(Page[SongOut]):
    pass


class SongQuery(PageQuery):
    sort: Sort = "newest"
    genre: str | None = Field(default=None, max_length=64)
    language: str | None = Field(default=None, max_length=32)
    year: int | None = Field(default=None, ge=1000, le=9999)
    decade: int | None = Field(default=None, ge=1000, le=9990, multiple_of=10)
    """1990 is 1990 to 1999."""
    has_audio: bool | None = None
    """Whether there is something to play."""
    has_lyrics: bool | None = None
    """Whether there are words to read."""
    q: str | None = Field(default=None, max_length=100)
    """Part of a title or an artist's name."""
    artist_id: int | None = Field(default=None, ge=1, le=MAX_ID)
    album_id: int | None = Field(default=None, ge=1, le=MAX_ID)


class ChosenQuery(In):
    ids: Annotated[Ids, Field(max_length=MOST_CHOSEN)]


class ChosenOut(Out):
    items: list[SongOut]
    """In the order asked; a song that is no more is left out."""


class NameCount(Out):
    name: str
    count: int


class NameCounts(Out):
    items: list[NameCount]


class YearCount(Out):
    year: int
    count: int


class YearCounts(Out):
    items: list[YearCount]


class LyricLineOut(Out):
    ms: int | None
    text: str
    translation: str | None


class LyricsOut(Out):
    song_id: int
    kind: Literal["lrc", "plain", "instrumental", "uncollected"]
    lines: list[LyricLineOut]
    source: str | None


class Slide(Out):
    song: SongOut
    lyric_lines: list[str]


class CarouselOut(Out):
    items: list[Slide]


class NewestOut(Out):
    items: list[SongOut]


def cover(number: int, url: str | None, palette: int | None, motif: int | None) -> dict[str, Any]:
    """Return a cover's fields; what the source did not choose is drawn from the number.

    A picture on another host is never shown from there: its owner would see who visits.
    """
    drawn = number * _SPREAD % 2**32 >> 16
    return {
        "url": url if url is not None and url.startswith("/") else None,
        "palette": drawn % PALETTES if palette is None else palette % PALETTES,
        "motif": drawn // PALETTES % MOTIFS if motif is None else motif % MOTIFS,
    }


def audio(song_id: int, seconds: float | None) -> dict[str, Any] | None:
    """Return where a song is heard and how long, None where there is nothing to hear."""
    if seconds is None:
        return None
    return {"url": f"/api/songs/{song_id}/audio", "seconds": round(seconds, 3)}


def praise(positive: int, negative: int) -> float | None:
    """Return the share that praises among those that take a side."""
    sided = positive + negative
    return round(positive / sided, 4) if sided else None


def song_out(card: SongCard, mine: MineOut | None) -> SongOut:
    """Turn a card into its wire form."""
    return SongOut.model_validate(_fields(card, mine))


def song_detail_out(
    card: SongCard, mine: MineOut | None, details: SongDetails, original: SongRef | None
) -> SongDetailOut:
    """Turn a card into the song page's form."""
    return SongDetailOut.model_validate(
        {**_fields(card, mine), **details._asdict(), "original_song": original}
    )


# Plain fields, validated in one call into Pydantic's core: a third of the time of building the
# nested models one by one.
def _fields(card: SongCard, mine: MineOut | None) -> dict[str, Any]:
    song = card.song
    album = None
    if song.album_id is not None and song.album_title is not None:
        album = {"id": song.album_id, "title": song.album_title}
    return {
        "id": song.id,
        "title": song.title,
        "artists": [{"id": artist_id, "name": name} for artist_id, name in card.artists],
        "album": album,
        "release_date": song.release_date,
        "release_precision": song.release_precision,
        "duration_ms": song.duration_ms,
        "language": song.language,
        "genres": card.genres,
        "heat": song.heat,
        "play_count": song.play_count,
        "comment_count": song.comment_count,
        "praise": praise(song.positive_count, song.negative_count),
        "copyright": song.copyright,
        "original": song.original,
        "cover": cover(song.id, song.cover_url, song.cover_palette, song.cover_motif),
        "has_lyrics": bool(song.has_lyrics),
        "audio": audio(song.id, song.audio_seconds),
        "source": song.source,
        "rating": summary(song.rating_sum, song.rating_count),
        "mine": mine,
    }


def songs_out(session: Session, cards: Sequence[SongCard], *, user_id: int | None) -> list[SongOut]:
    """Turn cards into wire songs with the caller's own taste, in one more query."""
    if user_id is None:
        return [song_out(card, None) for card in cards]
    mine = ratings.mine(session, user_id=user_id, song_ids=[card.song.id for card in cards])
    return [song_out(card, MineOut.of(mine[card.song.id])) for card in cards]


def lines_out(lines: Sequence[LyricLine]) -> list[LyricLineOut]:
    """Turn parsed lyric lines into wire lines."""
    return [LyricLineOut(ms=n.ms, text=n.text, translation=n.translation) for n in lines]
