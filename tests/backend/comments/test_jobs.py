"""Scoring what waits, and counting words."""

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.comments.scores import (
    Judge,
    has_unscored,
    recount_songs,
    store_scores,
    unscore,
    unscored,
)
from backend.comments.tables import Comment
from backend.words import service as words
from backend.words.counting import count_comments, count_lyrics, sum_comments, sum_totals
from backend.words.service import Scope
from models.words.tokens import tokens
from tests.factories.library import Library

TEXTS = ["旋律好听，副歌循环了一整天", "难听，跑调", "旋律一般[大哭]", "旋律很好听"]


def _score(session: Session, judge: Judge) -> None:
    rows = unscored(session, version=judge.version, limit=100)
    texts = [(row.id, row.text) for row in rows]
    store_scores(session, judge, texts)
    count_comments(session, texts, judge.scorer)
    recount_songs(session, {row.song_id for row in rows})
    sum_comments(session, {row.song_id for row in rows})
    session.commit()
    session.expire_all()


def test_comments_that_wait_are_scored_and_counted_at_their_song(
    session: Session, library: Library, judge: Judge
) -> None:
    song = library.song()
    for text in TEXTS:
        library.comment(song, text)
    assert has_unscored(session, version=judge.version)
    _score(session, judge)
    assert not has_unscored(session, version=judge.version)
    labels = list(session.scalars(select(Comment.label).order_by(Comment.id)))
    assert (labels[0], labels[1], labels[3]) == (1, -1, 1)
    assert song.positive_count + song.neutral_count + song.negative_count == len(TEXTS)
    assert song.positive_count == labels.count(1)


def test_a_new_model_scores_everything_again(
    session: Session, library: Library, judge: Judge
) -> None:
    library.comment(library.song(), "好听", scored_by="an older version", label=-1, probability=0.1)
    _score(session, judge)
    comment = session.scalars(select(Comment)).one()
    assert (comment.label, comment.scored_by) == (1, judge.version)


def test_a_changed_text_waits_again(session: Session, library: Library, judge: Judge) -> None:
    comment = library.comment(library.song(), "好听")
    _score(session, judge)
    unscore(session, source="test", source_ids=[comment.source_id])
    session.expire_all()
    assert (comment.label, has_unscored(session, version=judge.version)) == (None, True)


def test_counts_equal_the_tokens(session: Session, library: Library, judge: Judge) -> None:
    songs = [library.song(genres=("民谣",)), library.song(genres=("摇滚",))]
    for place, text in enumerate(TEXTS):
        library.comment(songs[place % 2], text)
    _score(session, judge)
    sum_totals(session)
    recount: Counter[str] = sum((tokens(text) for text in TEXTS), Counter())
    found = words.cloud(session, kind="comments", scope=Scope(), top=300)
    assert {one.word: one.count for one in found} == dict(recount)
    assert "大哭" not in recount
    first = sum((tokens(text) for text in TEXTS[::2]), Counter())
    for scope in (Scope(song=songs[0].id), Scope(genre="民谣")):
        found = words.cloud(session, kind="comments", scope=scope, top=300)
        assert {one.word: one.count for one in found} == dict(first)


def test_lyrics_are_counted_once_by_song_artist_and_genre(
    session: Session, library: Library, judge: Judge
) -> None:
    singer = library.artist()
    song = library.song(
        artists=(singer,), genres=("古风",), lyric="[00:01.00]明月几时有\n[00:02.00]把酒问青天明月"
    )
    library.song(lyric="[00:01.00]春风十里")
    assert count_lyrics(session, judge.scorer, limit=100) == 2
    assert count_lyrics(session, judge.scorer, limit=100) == 0
    sum_totals(session)
    for scope in (Scope(song=song.id), Scope(artist=singer.id), Scope(genre="古风")):
        found = words.cloud(session, kind="lyrics", scope=scope, top=10)
        assert {one.word: one.count for one in found}.get("明月") == 2
        assert "春风" not in {one.word for one in found}
    assert words.songs_with(session, word="明月", scope=Scope(), offset=0, limit=10) == (
        [song.id],
        1,
    )
