from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backend.accounts.tables import PickedGenre, User
from backend.comments.tables import Comment
from backend.demo.listeners import Size
from backend.demo.service import DemoLoaded, Losses, load, preview_purge, purge
from backend.ingest.batch import Tally
from backend.ingest.service import Counts
from backend.listening.tables import Play
from backend.ratings.tables import HiddenSong, Rating
from backend.songs.tables import Album, Artist, Genre, Lyric, Song, SongGenre
from tests.backend.demo.conftest import UNTIL
from tests.factories.library import Library

TINY = Size(listeners=8, plays=200, ratings=60, comments=40)
SOURCED = (Song, Artist, Album, Comment, Play, Lyric)

Load = Callable[..., Counts]


@pytest.fixture
def demo(session: Session, zone: ZoneInfo) -> Load:
    """Loads a tiny demo library."""
    return lambda **options: load(
        session, folder=None, until=UNTIL, zone=zone, songs=40, size=TINY, **options
    )


def size_of(session: Session) -> dict[str, int]:
    tables = (*SOURCED, User, Rating, Genre, SongGenre)
    return {
        table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0
        for table in tables
    }


def test_everything_is_loaded_and_marked(session: Session, demo: Load) -> None:
    counts = demo()

    assert counts.refusals == ()
    assert counts.kinds["song"] == Tally(new=40)
    assert counts.kinds["play"] == Tally(new=200)
    for table in SOURCED:
        assert session.scalars(select(table.source).distinct()).all() == ["demo"]
    assert session.scalars(select(User.source).distinct()).all() == ["demo"]


def test_counters_equal_the_rows(session: Session, demo: Load) -> None:
    demo()

    sums = select(
        func.sum(Song.play_count), func.sum(Song.comment_count),
        func.sum(Song.rating_count), func.sum(Song.rating_sum),
    )  # fmt: skip
    stars = session.scalar(select(func.sum(Rating.stars)))
    assert session.execute(sums).one() == (200, 40, 60, stars)
    heat = select(func.sum(Song.heat)).scalar_subquery()
    assert session.scalar(select(func.sum(Artist.heat) - heat)) == 0
    assert session.scalar(select(func.sum(Album.song_count))) == 40


def test_progress_runs_to_the_end(demo: Load) -> None:
    told: list[tuple[str, int, int | None]] = []

    demo(progress=lambda *step: told.append(step))

    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == ["lyrics", "songs", "listeners", "storing"]
    assert told[-1][1] == told[-1][2]


def test_a_second_demo_is_refused(demo: Load) -> None:
    demo()

    with pytest.raises(DemoLoaded, match="huisheng demo purge"):
        demo()


def test_purge_says_what_real_users_lose_and_takes_only_the_demo(
    session: Session, demo: Load, library: Library
) -> None:
    own = library.song("自己的歌", genres=("民谣",))
    real = library.listener("真人")
    real.source = real.source_id = None
    library.rate(real, own, 4)
    before = size_of(session)
    demo()
    song = session.scalars(select(Song).where(Song.source == "demo")).first()
    assert song is not None
    library.rate(real, song, 5)
    library.play(real, song)
    session.add(HiddenSong(user_id=real.id, song_id=song.id))
    session.flush()

    expected = Losses(
        songs=40, listeners=8, users=1, ratings=1, plays=1, comments=0, hidden=1, listed=0, picked=0
    )
    assert preview_purge(session) == expected
    assert expected.is_felt
    assert purge(session) == expected

    assert size_of(session) == before
    assert session.scalars(select(Song.title)).all() == ["自己的歌"]


def test_a_purge_nobody_feels(session: Session, demo: Load) -> None:
    demo()

    assert not preview_purge(session).is_felt


def test_a_genre_somebody_picked_stays(session: Session, demo: Load, library: Library) -> None:
    demo()
    genre = session.scalars(select(Genre)).first()
    assert genre is not None
    session.add(PickedGenre(user_id=library.listener().id, genre_id=genre.id))
    session.flush()

    purge(session)

    assert session.execute(select(Genre.name, Genre.song_count)).all() == [(genre.name, 0)]
