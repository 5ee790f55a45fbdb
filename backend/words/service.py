"""Word clouds, read from what was counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.db.base import table
from backend.errors import Invalid
from backend.songs.errors import SongNotFound
from backend.songs.schemas import cover
from backend.songs.tables import Genre, Song, SongArtist, SongGenre
from backend.words.tables import COMMENTS, EVERY_GENRE, LYRICS, SongWord, Word, WordTotal
from models.sentiment.interface import Label
from models.words import MOTIFS

Kind = Literal["lyrics", "comments"]
_KINDS: dict[Kind, int] = {"lyrics": LYRICS, "comments": COMMENTS}
_word, _song_word, _total = table(Word), table(SongWord), table(WordTotal)
_song, _song_artist = table(Song), table(SongArtist)
_genre, _song_genre = table(Genre), table(SongGenre)


@dataclass(frozen=True)
class Counted:
    """A word, how often it stands there, and how it leans, -1..1."""

    word: str
    count: int
    sentiment: float


@dataclass(frozen=True)
class Scope:
    """Whose words: one song's, one artist's, one genre's or all."""

    song: int | None = None
    artist: int | None = None
    genre: str | None = None
    sentiment: Label | None = None


def cloud(session: Session, *, kind: Kind, scope: Scope, top: int) -> list[Counted]:
    """Return the most frequent words of a scope, equal counts by word.

    Raises:
        Invalid: more than one of song, artist and genre, or a sentiment of lyrics.
    """
    if sum(one is not None for one in (scope.song, scope.artist, scope.genre)) > 1:
        raise Invalid("Give one of song, artist and genre.")
    if scope.sentiment is not None and kind == "lyrics":
        raise Invalid("Only comments have a sentiment to filter by.")
    rows = _rows(session, _KINDS[kind], scope, top)
    return [
        Counted(word, int(count), round(tone if kind == "lyrics" else (up - down) / total, 3))
        for word, tone, count, total, up, down in rows
    ]


def _rows(session: Session, kind: int, scope: Scope, top: int) -> Sequence[Any]:
    column = scope.sentiment or "count"
    if scope.song is None and scope.artist is None:
        genre_id = EVERY_GENRE
        if scope.genre is not None:
            genre_id = session.scalar(select(_genre.c.id).where(_genre.c.name == scope.genre)) or -1
        t = _total.c
        of_scope = (t.kind == kind, t.genre_id == genre_id)
        counts = select(t[column]).where(*of_scope).order_by(t[column].desc())
        # A database that meets the words first would sort every one there is.
        least = session.scalar(counts.offset(top - 1).limit(1)) or 1
        query = select(_word.c.text, _word.c.tone, t[column], t["count"], t.positive, t.negative)
        query = query.join_from(_total, _word, _word.c.id == t.word_id)
        query = query.where(*of_scope, t[column] >= least)
        return session.execute(query.order_by(t[column].desc(), _word.c.text).limit(top)).all()
    s = _song_word.c
    shown = func.sum(s[column])
    sums = (func.sum(s["count"]), func.sum(s.positive), func.sum(s.negative))
    query = select(_word.c.text, _word.c.tone, shown, *sums)
    query = query.join_from(_song_word, _word, _word.c.id == s.word_id).where(s.kind == kind)
    if scope.song is not None:
        query = query.where(s.song_id == scope.song)
    else:
        theirs = select(_song_artist.c.song_id).where(_song_artist.c.artist_id == scope.artist)
        query = query.where(s.song_id.in_(theirs))
    query = query.group_by(_word.c.text, _word.c.tone).having(shown > 0)
    return session.execute(query.order_by(shown.desc(), _word.c.text).limit(top)).all()


def motif_of(session: Session, *, song: int | None) -> str:
    """Return the name of the motif that a song's drawn cover shows.

    Raises:
        Invalid: no song was named.
        SongNotFound: no such song.
    """
    if song is None:
        raise Invalid("The shape cover is that of a song: name one.")
    row = session.execute(select(_song.c.cover_motif).where(_song.c.id == song)).first()
    if row is None:
        raise SongNotFound(song)
    return MOTIFS[cover(song, None, None, row.cover_motif)["motif"]]


def songs_with(
    session: Session, *, word: str, scope: Scope, offset: int, limit: int
) -> tuple[list[int], int]:
    """Return the ids of songs whose lyrics hold a word, most often first, and how many do."""
    held = (
        select(_song_word.c.song_id, _song_word.c["count"])
        .join_from(_song_word, _word, _word.c.id == _song_word.c.word_id)
        .where(_word.c.text == word, _song_word.c.kind == LYRICS)
    )
    if scope.artist is not None:
        theirs = select(_song_artist.c.song_id).where(_song_artist.c.artist_id == scope.artist)
        held = held.where(_song_word.c.song_id.in_(theirs))
    if scope.genre is not None:
        inside = select(_song_genre.c.song_id).join_from(
            _song_genre, _genre, _genre.c.id == _song_genre.c.genre_id
        )
        held = held.where(_song_word.c.song_id.in_(inside.where(_genre.c.name == scope.genre)))
    total = session.scalar(select(func.count()).select_from(held.subquery())) or 0
    page = held.order_by(_song_word.c["count"].desc(), _song_word.c.song_id)
    rows = session.execute(page.offset(offset).limit(limit))
    return [row.song_id for row in rows], total
