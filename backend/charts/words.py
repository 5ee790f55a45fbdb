"""The words of lyrics and comments, larger where they are more frequent."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.charts.chart import Finding, Numbers, Row
from backend.charts.filters import UNKNOWN, ChartFilter
from backend.db.base import table
from backend.words import service as words
from backend.words.service import Kind, Scope
from backend.words.tables import COMMENTS, LYRICS, SongWord, Word

TOP = 100
NAMED = 3

_word, _song_word = table(Word), table(SongWord)


def words_of_lyrics(session: Session, by: ChartFilter) -> Numbers:
    """The most frequent words of lyrics; `sentiment` is the word's own lean, -1..1."""
    return _numbers(session, "lyrics", by)


def words_of_comments(session: Session, by: ChartFilter) -> Numbers:
    """The most frequent words of comments; `sentiment` is how far those comments lean, -1..1."""
    return _numbers(session, "comments", by)


def _numbers(session: Session, kind: Kind, by: ChartFilter) -> Numbers:
    rows = _rows(session, kind, by)
    if not rows:
        return Numbers([])
    named = {f"word{place}": row["label"] for place, row in enumerate(rows[:NAMED], start=1)}
    return Numbers(rows, finding=Finding("frequent_words", named))


def _rows(session: Session, kind: Kind, by: ChartFilter) -> list[Row]:
    """Read the totals where they are kept (all songs, one genre, one artist), else add up songs."""
    in_use = by.in_use()
    if (set(in_use) <= {"genre"} and by.genre != UNKNOWN) or set(in_use) == {"artist"}:
        scope = Scope(artist=by.artist, genre=by.genre)
        found = words.cloud(session, kind=kind, scope=scope, top=TOP)
        return [{"label": w.word, "count": w.count, "sentiment": w.sentiment} for w in found]
    s = _song_word.c
    count = func.sum(s["count"])
    sums = (count, func.sum(s.positive), func.sum(s.negative))
    query = (
        select(_word.c.text, _word.c.tone, *sums)
        .join_from(_song_word, _word, _word.c.id == s.word_id)
        .where(s.kind == (LYRICS if kind == "lyrics" else COMMENTS), *by.on_songs(s.song_id))
        .group_by(_word.c.text, _word.c.tone)
        .order_by(count.desc(), _word.c.text)
        .limit(TOP)
    )
    return [
        {
            "label": text,
            "count": int(n),
            "sentiment": round(tone if kind == "lyrics" else (int(up) - int(down)) / int(n), 3),
        }
        for text, tone, n, up, down in session.execute(query)
    ]
