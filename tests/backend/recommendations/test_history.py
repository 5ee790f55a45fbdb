import numpy as np
import pytest
from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.accounts.tables import User
from backend.ratings.tables import HiddenSong, UncountedSong
from backend.recommendations.history import PICK_VALUE, PICKS_UNTIL, SONGS_PER_PICK, read_taste
from backend.recommendations.snapshot import read_interactions
from backend.songs.tables import Song
from models.progress import silent
from tests.factories.library import Library


@pytest.fixture
def songs(library: Library) -> list[Song]:
    return library.songs(8)


@pytest.fixture
def listener(library: Library) -> User:
    return library.listener()


def test_nobody_has_an_empty_history(session: Session, listener: User) -> None:
    taste = read_taste(session, user_id=listener.id)
    assert (len(taste.history), taste.known, taste.hearts, taste.events) == (0, frozenset(), 0, 0)


def test_serving_sees_what_training_saw(
    session: Session, library: Library, songs: list[Song], listener: User
) -> None:
    for song, stars in zip(songs, (5, 4, 3, 2, 1, 0), strict=False):
        library.rate(listener, song, stars)
    for song in songs[2:8]:
        library.play(listener, song, count=song.id % 3 + 1)
    session.add(HiddenSong(user_id=listener.id, song_id=songs[7].id))
    session.add(UncountedSong(user_id=listener.id, song_id=songs[6].id))
    session.commit()
    told = read_taste(session, user_id=listener.id).history
    learned = read_interactions(session, progress=silent)
    assert sorted(zip(told.items.tolist(), told.values.tolist(), strict=True)) == sorted(
        zip(learned.items.tolist(), learned.values.tolist(), strict=True)
    )


def test_what_was_rated_hidden_or_played_is_known_also_when_it_does_not_count(
    session: Session, library: Library, songs: list[Song], listener: User
) -> None:
    rated, played, hidden, cleared, uncounted = songs[:5]
    library.rate(listener, rated, 2)
    library.play(listener, played)
    session.add(HiddenSong(user_id=listener.id, song_id=hidden.id))
    library.rate(listener, cleared, 0)
    library.rate(listener, uncounted, 5)
    session.add(UncountedSong(user_id=listener.id, song_id=uncounted.id))
    session.commit()
    taste = read_taste(session, user_id=listener.id)
    assert taste.known == {rated.id, played.id, hidden.id, uncounted.id}
    assert uncounted.id not in taste.history.items
    assert taste.hearts == 0


def test_picks_stand_in_until_there_are_enough_liked_songs(
    session: Session, library: Library, songs: list[Song], listener: User
) -> None:
    singer = library.artist("被选的歌手")
    own = [library.song(f"热{heat}", artists=(singer,), heat=heat) for heat in (10.0, 30.0, 20.0)]
    library.song("冷", artists=(singer,), heat=1.0)
    folk = library.song("民谣曲", genres=("民谣",), heat=50.0)
    accounts.set_tastes(
        session,
        user_id=listener.id,
        genre_ids=[library.genre("民谣").id],
        artist_ids=[singer.id],
    )
    session.commit()

    history = read_taste(session, user_id=listener.id).history
    picks = dict(zip(history.items.tolist(), history.tastes, strict=True))
    assert SONGS_PER_PICK == 3
    assert picks == {folk.id: "民谣", **{song.id: "被选的歌手" for song in own}}
    assert np.allclose(history.values, PICK_VALUE)
    assert np.isnan(history.timestamps).all()
    assert read_taste(session, user_id=listener.id).known == frozenset()

    for song in songs[: PICKS_UNTIL - 1]:
        library.rate(listener, song, 4)
    assert set(read_taste(session, user_id=listener.id).history.tastes) > {None}
    library.rate(listener, songs[PICKS_UNTIL], 4)
    assert set(read_taste(session, user_id=listener.id).history.tastes) == {None}


def test_undated_plays_come_first_in_their_order(
    session: Session, library: Library, songs: list[Song], listener: User
) -> None:
    for song, sequence in zip(songs[:3], (2, 3, 1), strict=True):
        play = library.play(listener, song)
        play.played_at, play.sequence = None, sequence
    library.play(listener, songs[3])
    session.commit()
    history = read_taste(session, user_id=listener.id).history
    assert history.items.tolist() == [songs[2].id, songs[0].id, songs[1].id, songs[3].id]
