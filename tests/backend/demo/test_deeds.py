import numpy as np

from backend.demo.catalogue import Catalogue
from backend.demo.deeds import SUCCESSOR_SHARE, successors
from backend.demo.listeners import Simulation
from backend.demo.people import released_at
from backend.demo.vocabulary import GENRES
from tests.backend.demo.conftest import SMALL, UNTIL


def test_there_are_as_many_deeds_as_asked(simulation: Simulation) -> None:
    assert len(simulation.plays) == SMALL.plays
    assert len(simulation.ratings) == SMALL.ratings
    assert len(simulation.comments) == SMALL.comments


def test_nothing_is_done_before_a_song_is_out_or_after_the_end(
    catalogue: Catalogue, simulation: Simulation
) -> None:
    for deeds in (simulation.plays, simulation.ratings, simulation.comments):
        assert (deeds.at >= released_at(catalogue, deeds.song)).all()
        assert deeds.at.max() <= UNTIL.timestamp()


def test_the_order_of_plays_carries_signal(catalogue: Catalogue, simulation: Simulation) -> None:
    plays = simulation.plays
    following = successors(catalogue)
    near = (plays.listener[1:] == plays.listener[:-1]) & (np.diff(plays.at) < 600)

    follows = (following[plays.song[:-1]] == plays.song[1:])[near].mean()

    assert SUCCESSOR_SHARE * 0.7 < follows < SUCCESSOR_SHARE * 1.2


def test_successors_ring_through_each_genre(catalogue: Catalogue) -> None:
    following = successors(catalogue)

    assert sorted(following) == list(range(len(catalogue)))
    assert (catalogue.genre[following] == catalogue.genre).all()


def test_listeners_play_and_love_their_genres(catalogue: Catalogue, simulation: Simulation) -> None:
    tastes = simulation.people.genres
    plays, ratings = simulation.plays, simulation.ratings
    played = np.zeros_like(tastes)
    np.add.at(played, (plays.listener, catalogue.genre[plays.song]), 1)
    shares = played / played.sum(1, keepdims=True)

    correlations = [np.corrcoef(tastes[i], shares[i])[0, 1] for i in range(len(tastes))]
    assert np.median(correlations) > 0.6

    liked = tastes[ratings.listener, catalogue.genre[ratings.song]]
    assert liked[ratings.mark == 5].mean() > liked[ratings.mark <= 2].mean() + 0.1
    assert len(GENRES) == tastes.shape[1]


def test_stars_are_spread_as_people_give_them(simulation: Simulation) -> None:
    shares = np.bincount(simulation.ratings.mark, minlength=6) / len(simulation.ratings)

    assert shares[0] == 0
    assert shares[5] > shares[3] > shares[2] > shares[1] > 0.02
    pairs = {(u, s) for u, s, _, _ in simulation.ratings.rows()}
    assert len(pairs) == len(simulation.ratings)


def test_few_songs_get_most_plays(catalogue: Catalogue, simulation: Simulation) -> None:
    counts = np.sort(np.bincount(simulation.plays.song, minlength=len(catalogue)))[::-1]

    assert counts[: len(counts) // 5].sum() > 0.5 * counts.sum()
