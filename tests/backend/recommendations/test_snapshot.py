from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.ratings.tables import HiddenSong, UncountedSong
from backend.recommendations.snapshot import read_interactions
from backend.songs.tables import Song
from models.progress import silent
from models.recommender.interactions import HIDDEN_VALUE, InteractionsError
from tests.factories.library import NOON, Library


@pytest.fixture
def songs(library: Library) -> list[Song]:
    return library.songs(4)


@pytest.fixture
def listener(library: Library) -> User:
    return library.listener()


def read(session: Session) -> dict[tuple[int, int], list[tuple[float, float]]]:
    """Return (value, time) of each event by user and song."""
    found = read_interactions(session, progress=silent)
    events: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for user, song, value, time in zip(
        found.users, found.items, found.values, found.timestamps, strict=True
    ):
        events.setdefault((int(user), int(song)), []).append((round(float(value), 4), float(time)))
    return events


def test_an_empty_library_has_nothing_to_learn_from(session: Session) -> None:
    with pytest.raises(InteractionsError):
        read_interactions(session, progress=silent)


def test_stars_are_read_with_their_time_and_cleared_ones_left_out(
    session: Session, library: Library, songs: list[Song], listener: User
) -> None:
    library.rate(listener, songs[0], 5)
    library.rate(listener, songs[1], 1, NOON + timedelta(hours=1))
    library.rate(listener, songs[2], 0)
    assert read(session) == {
        (listener.id, songs[0].id): [(1.0, NOON.timestamp())],
        (listener.id, songs[1].id): [(-0.6, NOON.timestamp() + 3600)],
    }


def test_what_does_not_count_in_ones_taste_is_left_out_of_everything(
    session: Session, library: Library, songs: list[Song], listener: User
) -> None:
    other = library.listener()
    for song in songs[:2]:
        library.rate(listener, song, 5)
        library.play(listener, song)
    library.play(other, songs[0])
    session.add(UncountedSong(user_id=listener.id, song_id=songs[0].id))
    session.commit()
    assert set(read(session)) == {(listener.id, songs[1].id), (other.id, songs[0].id)}


def test_hiding_is_the_strongest_refusal(
    session: Session, library: Library, songs: list[Song], listener: User
) -> None:
    session.add(HiddenSong(user_id=listener.id, song_id=songs[0].id, created_at=NOON))
    session.commit()
    assert read(session) == {(listener.id, songs[0].id): [(HIDDEN_VALUE, NOON.timestamp())]}


def test_plays_without_a_date_keep_their_order_and_stand_before_dated_ones(
    session: Session, library: Library, songs: list[Song], listener: User
) -> None:
    for song, sequence in zip(songs[:3], (3, 1, 2), strict=True):
        play = library.play(listener, song)
        play.played_at, play.sequence = None, sequence
    library.play(listener, songs[3])
    session.commit()
    found = read_interactions(session, progress=silent)
    in_time = found.items[np.argsort(found.timestamps)]
    assert in_time.tolist() == [songs[1].id, songs[2].id, songs[0].id, songs[3].id]


def test_progress_counts_what_was_read(
    session: Session, library: Library, songs: list[Song], listener: User
) -> None:
    for song in songs:
        library.play(listener, song)
    told: list[tuple[str, int, int | None]] = []
    read_interactions(session, progress=lambda *report: told.append(report))
    assert ("reading plays", 4, None) in told
