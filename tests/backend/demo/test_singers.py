from collections import Counter
from datetime import date

import numpy as np

from backend.demo.singers import make_albums, make_singers

UNTIL = date(2026, 6, 1)


def test_singers_and_albums_hold_every_song_under_distinct_names() -> None:
    rng = np.random.default_rng(1)

    singers = make_singers(rng, songs=2_400, until=UNTIL)
    albums = make_albums(rng, singers, until=UNTIL)

    assert len(singers) == len({singer.name for singer in singers}) == 240
    assert sum(singer.songs for singer in singers) == 2_400
    held = Counter[int]()
    for album in albums:
        held[album.singer] += album.songs
    assert [held[i] for i in range(240)] == [singer.songs for singer in singers]
    assert 500 < len(albums) < 800


def test_dates_lie_between_the_first_year_and_the_last_day() -> None:
    rng = np.random.default_rng(1)
    albums = make_albums(rng, make_singers(rng, songs=2_400, until=UNTIL), until=UNTIL)

    dates = [album.released for album in albums]
    assert min(dates).year >= 1985
    assert max(dates) == UNTIL
    assert {album.precision for album in albums} == {"day", "month", "year", None}


def test_a_less_exact_date_tells_no_day() -> None:
    rng = np.random.default_rng(1)
    albums = make_albums(rng, make_singers(rng, songs=2_400, until=UNTIL), until=UNTIL)

    for album in albums:
        told = album.told
        if album.precision == "year":
            assert told == date(album.released.year, 1, 1)
        elif album.precision == "month":
            assert told == album.released.replace(day=1)
        else:
            assert told == (album.released if album.precision else None)


def test_names_stay_distinct_in_a_large_library() -> None:
    singers = make_singers(np.random.default_rng(1), songs=250_000, until=UNTIL)

    assert len({singer.name for singer in singers}) == len(singers) == 20_000


def test_a_tiny_library_has_a_singer() -> None:
    rng = np.random.default_rng(1)
    singers = make_singers(rng, songs=3, until=UNTIL)

    assert [singer.songs for singer in singers] == [3]
    assert sum(album.songs for album in make_albums(rng, singers, until=UNTIL)) == 3
