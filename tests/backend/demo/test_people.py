from datetime import UTC, date, datetime, timedelta

import numpy as np

from backend.demo.catalogue import Catalogue
from backend.demo.people import LOCAL, liking, make_people, moments, released_at


def test_tastes_are_shares_and_activity_a_power_law(catalogue: Catalogue) -> None:
    people = make_people(np.random.default_rng(1), catalogue, 200)

    assert np.allclose(people.genres.sum(1), 1)
    assert np.median(people.genres.max(1)) > 0.4
    assert people.activity.max() > 10 * np.median(people.activity)


def test_a_listener_leans_to_loved_singers(catalogue: Catalogue) -> None:
    people = make_people(np.random.default_rng(1), catalogue, 20)

    loved = np.isin(catalogue.singer, people.favourites[0])
    leaning = liking(catalogue, people, 0)

    assert leaning[loved].mean() > 3 * leaning[~loved].mean()


def test_moments_keep_human_hours_and_end_in_time() -> None:
    last = datetime(2026, 6, 1, 4, tzinfo=UTC)
    at = moments(np.random.default_rng(1), 5_000, date(2024, 11, 30), last, 100)
    local = [datetime.fromtimestamp(int(one), LOCAL) for one in at]

    evening = sum(20 <= one.hour <= 23 for one in local)
    small_hours = sum(2 <= one.hour <= 5 for one in local)
    assert evening > 8 * small_hours
    assert max(local) < last
    assert min(local).date() >= date(2024, 11, 30) + timedelta(100)


def test_a_song_comes_out_at_local_midnight(catalogue: Catalogue) -> None:
    song = np.array([0])

    out = datetime.fromtimestamp(int(released_at(catalogue, song)[0]), LOCAL)

    assert (out.toordinal(), out.hour, out.minute) == (int(catalogue.released[0]), 0, 0)
