from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.comments import moderation
from backend.comments.tables import Comment
from backend.ingest.batch import Tally
from backend.ingest.records import (
    CommentRecord,
    ListenerRecord,
    PlayRecord,
    RatingRecord,
    Record,
)
from backend.listening.tables import Play
from backend.ratings.tables import Rating
from backend.songs.tables import Song
from tests.backend.ingest.conftest import Door

pytestmark = pytest.mark.usefixtures("known")
NIGHT = datetime(2026, 1, 1, 17, 30, tzinfo=UTC)  # half past one the next morning in Shanghai


def comment(key: str = "c1", **fields: object) -> CommentRecord:
    base = {"song": "s1", "text": "好听", "likes": 3, "created_at": NIGHT}
    return CommentRecord.model_validate({"source": "test", "source_id": key, **base, **fields})


def rating(stars: int, at: datetime | None = None) -> RatingRecord:
    return RatingRecord(
        source="test", source_id="g1", listener="l1", song="s1", stars=stars, rated_at=at
    )


def play(key: str = "p1", **fields: object) -> PlayRecord:
    return PlayRecord.model_validate(
        {"source": "test", "source_id": key, "listener": "l1", "song": "s1", **fields}
    )


def test_an_imported_listener_has_no_password_and_no_name_one_could_register(
    session: Session,
) -> None:
    listener = session.scalars(select(User)).one()

    assert listener.password_hash is None
    assert (listener.source, listener.source_id) == ("test", "l1")
    assert listener.username_norm == "test:l1"


def test_a_listener_told_again_is_unchanged(door: Door) -> None:
    assert door(ListenerRecord(source="test", source_id="l1")).total == Tally(unchanged=1)


def test_a_comment_is_counted_once_and_keeps_its_local_day_and_hour(
    session: Session, door: Door
) -> None:
    door(comment(), comment("c2", listener="l1"))
    counts = door(comment(likes=9), comment("c2", listener="l1"))

    assert counts.kinds == {"comment": Tally(updated=1, unchanged=1)}
    assert session.scalars(select(Song.comment_count)).all() == [2]
    stored = session.scalars(select(Comment).where(Comment.source_id == "c1")).one()
    assert (stored.likes, stored.user_id) == (9, None)
    assert (stored.created_at, stored.day, stored.hour) == (NIGHT, date(2026, 1, 2), 1)


@pytest.mark.parametrize(
    ("record", "missing"),
    [
        (comment(song="s9"), "song s9"),
        (comment(listener="l9"), "listener l9"),
        (play(song="s9"), "song s9"),
        (play(listener="l9"), "listener l9"),
    ],
)
def test_deeds_need_their_song_and_listener(door: Door, record: Record, missing: str) -> None:
    counts = door(record)

    assert counts.total == Tally()
    assert f"test has no {missing};" in counts.refusals[0].reason


def test_ratings_keep_the_sums_of_their_song(session: Session, door: Door) -> None:
    assert door(rating(3)).kinds == {"rating": Tally(new=1)}
    assert door(rating(5)).kinds == {"rating": Tally(updated=1)}
    assert door(rating(5)).kinds == {"rating": Tally(unchanged=1)}

    sums = session.execute(select(Song.rating_sum, Song.rating_count)).all()
    assert sums == [(5, 1)]


def test_an_older_rating_never_replaces_a_newer_one(session: Session, door: Door) -> None:
    newer = datetime(2026, 5, 1, tzinfo=UTC)
    door(rating(4, newer))

    assert door(rating(1, NIGHT)).kinds == {"rating": Tally(unchanged=1)}
    door(rating(5, newer), rating(2, NIGHT))

    assert session.execute(select(Rating.stars, Rating.rated_at)).all() == [(5, newer)]


def test_rating_again_what_was_cleared_counts_again(session: Session, door: Door) -> None:
    door(rating(4))
    stored = session.scalars(select(Rating)).one()
    stored.stars = 0
    song = session.scalars(select(Song)).one()
    song.rating_sum, song.rating_count = 0, 0
    session.flush()

    door(rating(2))

    session.refresh(song)
    assert (song.rating_sum, song.rating_count) == (2, 1)


def test_plays_count_once_and_their_count_never_falls(session: Session, door: Door) -> None:
    door(play(count=5), play("p2", played_at=NIGHT))
    door(play(count=9))
    counts = door(play(count=2), play("p2", played_at=NIGHT))

    assert counts.kinds == {"play": Tally(unchanged=2)}
    assert session.scalars(select(Song.play_count)).all() == [10]
    stored = session.scalars(select(Play).where(Play.client_id == "p2")).one()
    assert (stored.day, stored.hour, stored.source) == (date(2026, 1, 2), 1, "test")


def test_an_order_is_no_date(session: Session, door: Door) -> None:
    door(play(sequence=128_076_016))

    stored = session.scalars(select(Play)).one()
    assert (stored.played_at, stored.day, stored.hour) == (None, None, None)
    assert stored.sequence == 128_076_016


def test_a_comment_taken_down_here_does_not_come_back(
    session: Session, door: Door, known: list[Record]
) -> None:
    door(comment("c1"), comment("c2"))
    bad = session.scalars(select(Comment).where(Comment.source_id == "c1")).one()
    moderation.remove(session, comment_id=bad.id)
    for _ in range(2):
        door(comment("c1", likes=9), comment("c2"))
        assert list(session.scalars(select(Comment.source_id))) == ["c2"]
    session.expire_all()
    assert session.scalars(select(Song.comment_count).where(Song.source_id == "s1")).one() == 1
    # The same id of another source is another comment.
    assert moderation.removed(session, source="elsewhere", source_ids=["c1"]) == set()
