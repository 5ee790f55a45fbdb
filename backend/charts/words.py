"""The words of lyrics and comments, larger where they are more frequent."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.charts.chart import Finding, Numbers, Row
from backend.charts.columns import choose
from backend.charts.filters import UNKNOWN, ChartFilter
from backend.db.base import table
from backend.words import packs
from backend.words import service as words
from backend.words.service import Kind, Scope
from backend.words.tables import COMMENTS, LYRICS, Word

TOP = 100
_CHUNK = 5_000
NAMED = 3

_word = table(Word)


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


def _rows(session: Session, kind: Kind, by: ChartFilter) -> Sequence[Row]:
    """Read what is added up already (all songs, one genre); else add up packed columns."""
    in_use = by.in_use()
    if set(in_use) <= {"genre"} and by.genre != UNKNOWN:
        scope = Scope(genre=by.genre)
        found = words.cloud(session, kind=kind, scope=scope, top=TOP)
        return [{"label": w.word, "count": w.count, "sentiment": w.sentiment} for w in found]
    lyrics = kind == "lyrics"
    of = choose(session, by)
    songs = of.ids(np.arange(of.places) if of.wanted is None else np.flatnonzero(of.wanted))
    ids, sums = packs.add_up(session, kind=LYRICS if lyrics else COMMENTS, songs=songs)
    if not len(ids):
        return []
    # All that reach the last place, so that equal counts are told apart by their word.
    least = np.partition(sums[:, 0], -TOP)[-TOP] if len(ids) > TOP else 1
    reach = sums[:, 0] >= least
    counted = dict(zip(ids[reach].tolist(), sums[reach].tolist(), strict=True))
    rows: list[dict[str, Any]] = [
        {
            "label": text,
            "count": count,
            "sentiment": round(tone if lyrics else (leans[0] - leans[1]) / count, 3),
        }
        for text, tone, (count, *leans) in _named(session, counted)
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["label"]))[:TOP]


def _named(
    session: Session, counted: dict[int, list[int]]
) -> Iterator[tuple[str, float, list[int]]]:
    ids = list(counted)
    for start in range(0, len(ids), _CHUNK):
        query = select(_word.c.id, _word.c.text, _word.c.tone)
        for word_id, text, tone in session.execute(
            query.where(_word.c.id.in_(ids[start : start + _CHUNK]))
        ):
            yield text, tone, counted[word_id]
