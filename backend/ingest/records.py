"""What a source must tell us: one frozen record per thing, refused here when it is malformed.

In JSON Lines every record names its kind in `record` and itself in (`source`, `source_id`).
References (`artists`, `album`, `song`, `listener`, …) are source ids within the same source.
Unknown stays unknown: `null` says so, and is stored as NULL. A field that is left out says
nothing: it is NULL on a new thing and stays as it is on a known one, so a thin record (a title
and an id) may go before what refers to it without wiping a full one.
"""

import re
import unicodedata
from datetime import UTC, date
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    model_validator,
)

_LRC_STAMP = re.compile(r"^\s*\[\d{1,3}:\d{2}(?:[.:]\d{1,3})?\]", re.MULTILINE)
_CONTROL = frozenset({"Cc", "Cs"})
"""Control signs and lone surrogates; the latter cannot be stored as UTF-8 at all."""
_INVISIBLE = re.compile("[\u200b\u202a-\u202e\u2060-\u2069\ufeff]")
"""Zero-width and direction-changing signs: they let a title show other text than it holds."""


def clean_text(value: str) -> str:
    """Return multi-line text without control signs, in NFC, with unix line ends."""
    value = _INVISIBLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if not value.isprintable():
        value = "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in _CONTROL)
    return unicodedata.normalize("NFC", value).strip()


def clean_line(value: str) -> str:
    """Return one-line text: as `clean_text`, with every run of white space made one space."""
    return " ".join(clean_text(value).split())


def _cleaned(value: object) -> object:
    return clean_line(value) if isinstance(value, str) else value


def _cleaned_text(value: object) -> object:
    return clean_text(value) if isinstance(value, str) else value


_Rounded = AfterValidator(lambda value: round(value, 2))
"""Two decimals survive a single-precision column unchanged."""
_Line = BeforeValidator(_cleaned)
_Text = BeforeValidator(_cleaned_text)

Key = Annotated[
    str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\s\x00-\x1f\x7f]+$")
]
Line = Annotated[str, StringConstraints(min_length=1, max_length=255), _Line]
Word = Annotated[str, StringConstraints(min_length=1, max_length=32), _Line]
Url = Annotated[str, StringConstraints(max_length=500, pattern=r"^https?://[^\s\"'<>\\]+$")]
Prose = Annotated[str, StringConstraints(max_length=16_000), _Text]
Count = Annotated[int, Field(ge=0, lt=2**53)]
Moment = Annotated[AwareDatetime, AfterValidator(lambda value: value.astimezone(UTC))]

Precision = Literal["day", "month", "year"]
Copyright = Literal["free", "free_low", "vip", "album", "unavailable"]


class _Record(BaseModel):
    """What every record carries; unknown fields are refused so that a typing slip is seen."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Key
    source_id: Key


class _Dated(_Record):
    """A thing with a release date, which is only as exact as its precision says."""

    release_date: date | None = None
    release_precision: Precision | None = None

    @model_validator(mode="after")
    def _never_more_exact_than_known(self) -> Self:
        known, precision = self.release_date, self.release_precision
        if (known is None) != (precision is None):
            raise ValueError("release_date and release_precision go together")
        if known is not None and (
            (precision == "year" and (known.month, known.day) != (1, 1))
            or (precision == "month" and known.day != 1)
        ):
            raise ValueError(f"a date known to the {precision} is written as its first day")
        return self


class ArtistRecord(_Record):
    """A singer or a band."""

    record: Literal["artist"] = "artist"
    name: Line
    alias: Line | None = None
    brief: Prose | None = None
    picture_url: Url | None = None


class AlbumRecord(_Dated):
    """An album, an EP or a single."""

    record: Literal["album"] = "album"
    title: Line
    artist: Key | None = None
    kind: Word | None = None
    company: Line | None = None
    cover_url: Url | None = None


class SongRecord(_Dated):
    """A song with what rows and charts need."""

    record: Literal["song"] = "song"
    title: Line
    artists: tuple[Key, ...] = Field(default=(), max_length=50)
    album: Key | None = None
    duration_ms: Annotated[int, Field(gt=0, le=86_400_000)] | None = None
    language: Word | None = None
    genres: tuple[Word, ...] = Field(default=(), max_length=20)
    heat: Annotated[float, Field(ge=0, le=100, allow_inf_nan=False), _Rounded] | None = None
    play_count: Count | None = None
    """Plays the source itself reports; plays stored here are added to it."""
    copyright: Copyright | None = None
    original: Literal["original", "cover"] | None = None
    original_song: Key | None = None
    lyricist: Line | None = None
    mood: Word | None = None
    tempo: Annotated[float, Field(ge=20, le=400, allow_inf_nan=False), _Rounded] | None = None
    """Beats per minute."""
    cover_url: Url | None = None
    cover_palette: Annotated[int, Field(ge=0, le=9)] | None = None
    cover_motif: Annotated[int, Field(ge=0, le=8)] | None = None
    source_url: Url | None = None

    @model_validator(mode="after")
    def _only_a_cover_has_an_original(self) -> Self:
        if self.original_song is not None and self.original != "cover":
            raise ValueError("only a song whose original is 'cover' names an original_song")
        if self.original_song == self.source_id:
            raise ValueError("a song cannot be a cover of itself")
        return self


class LyricRecord(_Record):
    """The words of a song; `source_id` is the song's own.

    `instrumental` says there are none, `uncollected` that the source has not got them.
    """

    record: Literal["lyric"] = "lyric"
    kind: Literal["lrc", "plain", "instrumental", "uncollected"]
    text: Prose | None = None
    translation: Prose | None = None
    provider: Key | None = None
    """Who gave the words, where that is not the song's own source."""

    @model_validator(mode="after")
    def _text_where_there_are_words(self) -> Self:
        if (self.kind in ("lrc", "plain")) != bool(self.text):
            raise ValueError(
                f"{self.kind} lyrics {'lack' if not self.text else 'cannot hold'} text"
            )
        if self.kind == "lrc" and not _LRC_STAMP.search(self.text or ""):
            raise ValueError("lrc lyrics hold no [mm:ss.xx] stamp")
        return self


class PlaylistRecord(_Record):
    """A list of songs somebody made, in its order."""

    record: Literal["playlist"] = "playlist"
    title: Line
    description: Prose | None = None
    tags: tuple[Annotated[Word, StringConstraints(pattern="^[^,]*$")], ...] = Field(
        default=(), max_length=7
    )
    songs: tuple[Key, ...] = Field(default=(), max_length=10_000)
    play_count: Count = 0
    subscriber_count: Count = 0
    created_at: Moment | None = None
    cover_url: Url | None = None


class ListenerRecord(_Record):
    """Somebody who plays and rates: no name, no picture, no place; nobody can log in as one."""

    record: Literal["listener"] = "listener"
    created_at: Moment | None = None


class CommentRecord(_Record):
    """What somebody wrote under a song, without who: at most a listener of the same source."""

    record: Literal["comment"] = "comment"
    song: Key
    text: Annotated[str, StringConstraints(min_length=1, max_length=2_000), _Text]
    likes: Count = 0
    created_at: Moment | None = None
    listener: Key | None = None


class RatingRecord(_Record):
    """What a listener gave a song; 5 is a heart. A later record of the pair replaces it."""

    record: Literal["rating"] = "rating"
    listener: Key
    song: Key
    stars: Annotated[int, Field(ge=1, le=5, strict=True)]
    rated_at: Moment | None = None


class PlayRecord(_Record):
    """One or more plays of a song by a listener.

    `played_at` is a moment. A source that knows only the order of its plays gives `sequence`
    instead: comparable within the source, never shown as a date.
    """

    record: Literal["play"] = "play"
    listener: Key
    song: Key
    count: Annotated[int, Field(ge=1, lt=2**31)] = 1
    played_at: Moment | None = None
    sequence: Annotated[int, Field(ge=0, lt=2**53)] | None = None


Record = (
    ArtistRecord
    | AlbumRecord
    | SongRecord
    | LyricRecord
    | PlaylistRecord
    | ListenerRecord
    | CommentRecord
    | RatingRecord
    | PlayRecord
)

JSON_LINE: TypeAdapter[Record] = TypeAdapter(Annotated[Record, Field(discriminator="record")])
"""Validates one line of JSON Lines into the record it names."""
