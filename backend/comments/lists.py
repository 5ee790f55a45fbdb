"""Pages of comments by key, and what they say of a song together."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Literal

from sqlalchemy import Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.comments.tables import Comment, CommentLike
from backend.db.base import table
from backend.errors import Invalid
from backend.songs.errors import SongNotFound
from backend.songs.tables import Genre, Song, SongArtist, SongGenre
from backend.words.tables import CommentWord, Word

Sort = Literal["heat", "time"]
BINS = 10

_comment, _like, _user = table(Comment), table(CommentLike), table(User)
_song, _word, _comment_word = table(Song), table(Word), table(CommentWord)
_genre, _song_genre, _song_artist = table(Genre), table(SongGenre), table(SongArtist)
_SHOWN = select(
    *(_comment.c[name] for name in (
        "id", "song_id", "source", "user_id", "text", "likes", "created_at", "stored_at",
        "probability", "label", "words", "scored_by",
    )),
    _user.c.username,
    _user.c.source.label("user_source"),
).select_from(_comment.outerjoin(_user, _user.c.id == _comment.c.user_id))  # fmt: skip


@dataclass(frozen=True)
class Listed:
    """A page of comments. `after` asks for the next one; None at the end."""

    comments: Sequence[Any]
    liked: frozenset[int]
    after: str | None


@dataclass(frozen=True)
class Tones:
    """How many comments a song has, and how they lean."""

    total: int
    positive: int
    neutral: int
    negative: int


def tones(session: Session, *, song_id: int) -> Tones:
    """Return a song's counts.

    Raises:
        SongNotFound: no such song.
    """
    names = ("comment_count", "positive_count", "neutral_count", "negative_count")
    row = session.execute(select(*(_song.c[n] for n in names)).where(_song.c.id == song_id)).first()
    if row is None:
        raise SongNotFound(song_id)
    return Tones(*row)


def list_comments(
    session: Session,
    *,
    song_id: int | None,
    label: int | None,
    word: str | None,
    sort: Sort,
    after: str | None,
    limit: int,
    user_id: int | None,
    artist: int | None = None,
    genre: str | None = None,
) -> Listed:
    """Return the comments after a key: by likes or by time, the newest first among equals.

    Raises:
        Invalid: `after` was not given by an earlier page.
    """
    query = _SHOWN
    if song_id is not None:
        query = query.where(_comment.c.song_id == song_id)
    if artist is not None:
        theirs = select(_song_artist.c.song_id).where(_song_artist.c.artist_id == artist)
        query = query.where(_comment.c.song_id.in_(theirs))
    if genre is not None:
        inside = select(_song_genre.c.song_id).join_from(
            _song_genre, _genre, _genre.c.id == _song_genre.c.genre_id
        )
        query = query.where(_comment.c.song_id.in_(inside.where(_genre.c.name == genre)))
    if label is not None:
        query = query.where(_comment.c.label == label)
    if word is not None:
        holds = (
            select(_comment_word.c.comment_id)
            .join_from(_comment_word, _word, _word.c.id == _comment_word.c.word_id)
            .where(_word.c.text == word)
        )
        query = query.where(_comment.c.id.in_(holds))
    rows = session.execute(_after(query, sort, after).limit(limit + 1)).all()
    page = rows[:limit]
    liked: frozenset[int] = frozenset()
    if user_id is not None and page:
        mine = select(_like.c.comment_id).where(
            _like.c.user_id == user_id, _like.c.comment_id.in_([row.id for row in page])
        )
        liked = frozenset(session.scalars(mine))
    return Listed(page, liked, _key(page[-1], sort) if len(rows) > limit else None)


def one(session: Session, *, comment_id: int) -> Any:
    """Return one comment as lists show it."""
    return session.execute(_SHOWN.where(_comment.c.id == comment_id)).one()


def shown(session: Session, *, comment_ids: Collection[int]) -> Sequence[Any]:
    """Return comments by id as lists show them, in any order."""
    return session.execute(_SHOWN.where(_comment.c.id.in_(comment_ids))).all()


def _after(query: Select[Any], sort: Sort, after: str | None) -> Select[Any]:
    column = _comment.c.likes if sort == "heat" else _comment.c.created_at
    query = query.order_by(column.desc(), _comment.c.id.desc())
    if after is None:
        return query
    first, _, last = after.rpartition("~")
    try:
        beyond = _comment.c.id < int(last)
        if not first and sort == "time":
            return query.where(column.is_(None), beyond)
        value: Any = int(first) if sort == "heat" else datetime.fromisoformat(first).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid("after: give the `after` of the page before.") from error
    older = or_(column < value, and_(column == value, beyond))
    return query.where(or_(older, column.is_(None)) if sort == "time" else older)


def _key(row: Any, sort: Sort) -> str:
    if sort == "heat":
        return f"{row.likes}~{row.id}"
    written = row.created_at
    return f"{written.astimezone(UTC).isoformat() if written else ''}~{row.id}"


def histogram(session: Session, *, song_id: int) -> list[int]:
    """Count a song's scored comments by probability, in tenths."""
    bins = [func.sum(case((_comment.c.probability >= at / BINS, 1), else_=0)) for at in range(BINS)]
    row = session.execute(
        select(*bins).where(_comment.c.song_id == song_id, _comment.c.label.is_not(None))
    ).one()
    above = [int(value or 0) for value in row] + [0]
    return [above[at] - above[at + 1] for at in range(BINS)]


def trend(session: Session, *, song_id: int) -> list[tuple[str, int, int, int]]:
    """Return (month, positive, neutral, negative) of a song's dated, scored comments in order."""
    sums = [func.sum(case((_comment.c.label == label, 1), else_=0)) for label in (1, 0, -1)]
    rows = session.execute(
        select(_comment.c.day, *sums)
        .where(
            _comment.c.song_id == song_id,
            _comment.c.label.is_not(None),
            _comment.c.day.is_not(None),
        )
        .group_by(_comment.c.day)
        .order_by(_comment.c.day)
    )
    months: dict[str, list[int]] = {}
    for day, *counts in rows:
        assert isinstance(day, date)
        month = months.setdefault(f"{day:%Y-%m}", [0, 0, 0])
        for place, value in enumerate(counts):
            month[place] += int(value)
    return [(month, *values) for month, values in months.items()]  # type: ignore[misc]
