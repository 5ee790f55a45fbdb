"""Count words when texts come in, so that a cloud is read and never computed."""

from collections import Counter
from collections.abc import Collection, Sequence

from sqlalchemy import case, delete, func, insert, literal, select
from sqlalchemy.orm import Session

from backend.comments.tables import Comment
from backend.db.base import table
from backend.db.upsert import upsert
from backend.songs.cards import SUNG
from backend.songs.lrc import parse
from backend.songs.tables import Lyric, SongGenre
from backend.words import packs
from backend.words.tables import (
    COMMENTS,
    EVERY_GENRE,
    LYRICS,
    CommentWord,
    CountedLyric,
    SongWord,
    Word,
    WordTotal,
)
from models.sentiment.ensemble import Ensemble
from models.words.tokens import tokens

_CHUNK = 5_000
_comment, _lyric, _song_genre = table(Comment), table(Lyric), table(SongGenre)
_comment_word, _song_word = table(CommentWord), table(SongWord)
_total, _counted = table(WordTotal), table(CountedLyric)


def count_comments(session: Session, comments: Sequence[tuple[int, str]], scorer: Ensemble) -> None:
    """Store the words of comments, given as (id, text), in place of those stored before."""
    counted = {comment_id: tokens(text) for comment_id, text in comments}
    ids = word_ids(session, {word for words in counted.values() for word in words}, scorer)
    session.execute(delete(_comment_word).where(_comment_word.c.comment_id.in_(list(counted))))
    rows = [
        {"comment_id": comment_id, "word_id": ids[word], "count": count}
        for comment_id, words in counted.items()
        for word, count in words.items()
    ]
    upsert(session, CommentWord, rows, key=("comment_id", "word_id"))


def sum_comments(session: Session, song_ids: Collection[int]) -> None:
    """Add the words of songs' comments up, by label."""
    chosen = list(song_ids)
    packs.forget(session, kind=COMMENTS, song_ids=chosen)
    for start in range(0, len(chosen), _CHUNK):
        part = chosen[start : start + _CHUNK]
        session.execute(
            delete(_song_word).where(_song_word.c.song_id.in_(part), _song_word.c.kind == COMMENTS)
        )
        count = _comment_word.c.count
        labelled = (
            func.sum(case((_comment.c.label == label, count), else_=0)) for label in (1, 0, -1)
        )
        summed = (
            select(
                _comment.c.song_id,
                literal(COMMENTS),
                _comment_word.c.word_id,
                func.sum(count),
                *labelled,
            )
            .join_from(_comment, _comment_word, _comment_word.c.comment_id == _comment.c.id)
            .where(_comment.c.song_id.in_(part))
            .group_by(_comment.c.song_id, _comment_word.c.word_id)
        )
        names = ("song_id", "kind", "word_id", "count", "positive", "neutral", "negative")
        session.execute(insert(_song_word).from_select(names, summed))


def count_lyrics(session: Session, scorer: Ensemble, *, limit: int) -> int:
    """Store the words of lyrics that are not counted yet; return how many songs there were."""
    waiting = session.execute(
        select(_lyric.c.song_id, _lyric.c.kind, _lyric.c.text)
        .outerjoin(_counted, _counted.c.song_id == _lyric.c.song_id)
        .where(_counted.c.song_id.is_(None))
        .limit(limit)
    ).all()
    words: dict[int, Counter[str]] = {}
    for song_id, kind, text in waiting:
        lines = parse(kind, text) if kind in SUNG else []
        words[song_id] = tokens("\n".join(line.text for line in lines))
    ids = word_ids(session, {word for counted in words.values() for word in counted}, scorer)
    songs = list(words)
    packs.forget(session, kind=LYRICS, song_ids=songs)
    session.execute(
        delete(_song_word).where(_song_word.c.song_id.in_(songs), _song_word.c.kind == LYRICS)
    )
    upsert(
        session,
        SongWord,
        [
            {
                **{"song_id": song, "kind": LYRICS, "word_id": ids[word], "count": count},
                **{"positive": 0, "neutral": 0, "negative": 0},
            }
            for song, counted in words.items()
            for word, count in counted.items()
        ],
        key=("song_id", "kind", "word_id"),
    )
    upsert(session, CountedLyric, [{"song_id": song} for song in songs], key=["song_id"])
    return len(songs)


def forget_lyrics(session: Session, *, song_ids: Collection[int]) -> None:
    """Have songs' lyrics counted again, because they changed."""
    ids = list(song_ids)
    for start in range(0, len(ids), _CHUNK):
        part = ids[start : start + _CHUNK]
        session.execute(delete(_counted).where(_counted.c.song_id.in_(part)))


def has_uncounted(session: Session) -> bool:
    """Tell whether any lyrics wait to be counted."""
    waiting = (
        select(_lyric.c.song_id)
        .outerjoin(_counted, _counted.c.song_id == _lyric.c.song_id)
        .where(_counted.c.song_id.is_(None))
    )
    return session.scalar(waiting.limit(1)) is not None


def sum_totals(session: Session) -> None:
    """Add all songs' words up, over everything and by genre; pack them for other filters."""
    session.execute(delete(_total))
    names = ("kind", "genre_id", "word_id", "count", "positive", "neutral", "negative")
    sums = [func.sum(_song_word.c[name]) for name in names[3:]]
    every = select(_song_word.c.kind, literal(EVERY_GENRE), _song_word.c.word_id, *sums).group_by(
        _song_word.c.kind, _song_word.c.word_id
    )
    by_genre = (
        select(_song_word.c.kind, _song_genre.c.genre_id, _song_word.c.word_id, *sums)
        .join_from(_song_word, _song_genre, _song_genre.c.song_id == _song_word.c.song_id)
        .group_by(_song_word.c.kind, _song_genre.c.genre_id, _song_word.c.word_id)
    )
    for chosen in (every, by_genre):
        session.execute(insert(_total).from_select(names, chosen))
    packs.pack(session)


def word_ids(session: Session, words: Collection[str], scorer: Ensemble) -> dict[str, int]:
    """Return the ids of words; those not met before are stored with their tone."""
    known = _known(session, words)
    fresh = sorted(set(words) - known.keys())
    if fresh:
        tones = 2 * scorer.probabilities(fresh) - 1
        rows = [
            {"text": word, "tone": round(float(tone), 3)}
            for word, tone in zip(fresh, tones, strict=True)
        ]
        upsert(session, Word, rows, key=["text"])
        known |= _known(session, fresh)
    return known


def _known(session: Session, words: Collection[str]) -> dict[str, int]:
    listed = list(words)
    return {
        text: word_id
        for start in range(0, len(listed), _CHUNK)
        for text, word_id in session.execute(
            select(Word.text, Word.id).where(Word.text.in_(listed[start : start + _CHUNK]))
        )
    }
