"""Wire types of word clouds."""

from typing import Literal

from pydantic import Field

from backend.wire import MAX_ID, In, Out, PageQuery
from backend.words.service import Scope
from models.sentiment.interface import Label


class WordsQuery(In):
    song: int | None = Field(default=None, ge=1, le=MAX_ID)
    artist: int | None = Field(default=None, ge=1, le=MAX_ID)
    genre: str | None = Field(default=None, max_length=64)
    sentiment: Label | None = None
    """Of comments: only words of those that praise, pan or do neither."""
    top: int = Field(default=80, ge=1, le=300)

    @property
    def scope(self) -> Scope:
        return Scope(self.song, self.artist, self.genre, self.sentiment)


class PictureQuery(WordsQuery):
    shape: Literal["plain", "record", "cover"] = "plain"
    """`cover`: the motif of the song's drawn cover."""


class WordOut(Out):
    word: str
    count: int
    sentiment: float = Field(ge=-1, le=1)
    """Of comments: their lean; of lyrics: the word's own."""


class WordsOut(Out):
    items: list[WordOut]


class HoldersQuery(PageQuery):
    """Songs of anybody, of an artist or of a genre, whose lyrics hold a word of their cloud."""

    word: str = Field(min_length=1, max_length=32)
    artist: int | None = Field(default=None, ge=1, le=MAX_ID)
    genre: str | None = Field(default=None, max_length=64)
