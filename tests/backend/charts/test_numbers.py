"""Every number of every chart beside plain SQL, on twelve songs and on the demo library.

Each is read from packed columns, and from the tables where nothing is packed.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import accumulate
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from backend.charts.chart import Numbers
from backend.charts.filters import ChartFilter
from backend.charts.registry import CHARTS
from backend.songs.tables import Song
from tests.backend.charts.plain import FILTERS, LABELLED
from tests.factories.library import Library

Ask = Callable[[str, ChartFilter], Numbers]


@pytest.fixture(params=["twelve", "twelve packed", "demo", "demo packed"])
def ask(request: pytest.FixtureRequest, session: Session, zone: ZoneInfo) -> Ask:
    """Reads a chart from a library: the twelve songs, or a small demo library."""
    if request.param.startswith("twelve"):
        request.getfixturevalue("twelve")
    else:
        _load_demo(session, zone)
    if request.param.endswith("packed"):
        request.getfixturevalue("packed")()
    return lambda name, by: CHARTS[name].read(session, _first(session, by))


def _first(session: Session, by: ChartFilter) -> ChartFilter:
    """Put the first artist or album there is in the place of -1."""
    if by.artist is not None:
        by = replace(by, artist=session.scalar(text("SELECT min(id) FROM artists")))
    if by.album is not None:
        by = replace(by, album=session.scalar(text("SELECT min(id) FROM albums")))
    return by


def _load_demo(session: Session, zone: ZoneInfo) -> None:
    from backend.demo import service
    from backend.demo.listeners import Size

    size = Size(listeners=20, plays=600, ratings=200, comments=100)
    until = datetime(2026, 11, 1, tzinfo=UTC)
    service.load(session, folder=None, until=until, zone=zone, songs=60, size=size)


def plain(session: Session, query: str, where: str) -> dict[Any, Any]:
    found = session.execute(text(query.format(where=where)))
    return {None if k is None else _text(k): int(n) for k, n in found if n}


def _text(label: Any) -> str:
    return str(int(label)) if not isinstance(label, str) else label


def told(numbers: Numbers, value: str = "count") -> dict[Any, Any]:
    return {row["label"]: row[value] for row in numbers.rows if row[value]}


@pytest.mark.parametrize("name", LABELLED)
def test_counts_equal_plain_sql_under_every_filter(ask: Ask, session: Session, name: str) -> None:
    for where, by in FILTERS.values():
        assert told(ask(name, by)) == plain(session, LABELLED[name], where), (name, by)


def test_counts_of_songs_add_up_to_all_of_them(ask: Ask, session: Session) -> None:
    for where, by in FILTERS.values():
        songs = session.scalar(text(f"SELECT count(*) FROM songs s WHERE {where}"))
        for name in ("language", "copyright", "original", "songs-by-year", "duration", "releases"):
            assert sum(told(ask(name, by)).values()) == songs, (name, by)


def test_the_overview_equals_plain_sql(ask: Ask, session: Session) -> None:
    def one(query: str, where: str) -> int:
        return int(session.scalar(text(query.format(where=where))) or 0)

    on_song = " JOIN songs s ON s.id = t.song_id WHERE {where}"
    for where, by in FILTERS.values():
        rows = {row["label"]: (row["count"], row["of"]) for row in ask("overview", by).rows}
        songs = one("SELECT count(*) FROM songs s WHERE {where}", where)
        scored = one(f"SELECT count(*) FROM comments t{on_song} AND t.label IS NOT NULL", where)
        assert rows == {
            "songs": (songs, None),
            "albums": (
                one("SELECT count(DISTINCT s.album_id) FROM songs s WHERE {where}", where),
                None,
            ),
            "artists": (
                one(f"SELECT count(DISTINCT t.artist_id) FROM song_artists t{on_song}", where),
                None,
            ),
            "listeners": (one("SELECT count(*) FROM users", where), None),
            "plays": (one("SELECT sum(s.play_count) FROM songs s WHERE {where}", where), None),
            "comments": (one(f"SELECT count(*) FROM comments t{on_song}", where), None),
            "ratings": (one("SELECT sum(s.rating_count) FROM songs s WHERE {where}", where), None),
            "praise_share": (
                one(f"SELECT count(*) FROM comments t{on_song} AND t.label = 1", where),
                scored,
            ),
            "lyrics_share": (
                one(
                    f"SELECT count(*) FROM lyrics t{on_song} AND t.kind IN ('lrc', 'plain')", where
                ),
                songs,
            ),
            "playable_share": (
                one(
                    "SELECT count(*) FROM songs s WHERE {where}"
                    " AND s.copyright IN ('free', 'free_low')",
                    where,
                ),
                songs,
            ),
        }


def test_rankings_equal_plain_sql(ask: Ask, session: Session) -> None:
    by_artist = (
        "SELECT a.id, sum(coalesce(s.heat, 0)) FROM songs s JOIN song_artists t ON t.song_id = s.id"
        " JOIN artists a ON a.id = t.artist_id WHERE {where} GROUP BY a.id ORDER BY 2 DESC, 1"
    )
    by_album = (
        "SELECT s.album_id, sum(coalesce(s.heat, 0)) FROM songs s WHERE {where}"
        " AND s.album_id IS NOT NULL GROUP BY s.album_id ORDER BY 2 DESC, 1"
    )
    in_albums = (
        "SELECT s.album_id, count(*) FROM songs s WHERE {where} AND s.album_id IS NOT NULL"
        " GROUP BY s.album_id ORDER BY 2 DESC"
    )
    for where, by in FILTERS.values():
        for name, query in (("artist-heat", by_artist), ("album-heat", by_album)):
            found = session.execute(text(query.format(where=where))).all()[:30]
            rows = ask(name, by).rows
            assert [row["id"] for row in rows] == [key for key, _ in found]
            assert [row["heat"] for row in rows] == pytest.approx(
                [float(heat) for _, heat in found], abs=0.06
            )
        counted = [n for _, n in session.execute(text(in_albums.format(where=where)))][:15]
        assert [row["count"] for row in ask("top-albums", by).rows] == counted


def test_months_of_the_most_played_artists_equal_plain_sql(ask: Ask, session: Session) -> None:
    for where, by in FILTERS.values():
        rows = ask("hot-artists", by).rows
        for row in rows:
            query = text(
                "SELECT coalesce(sum(p.count), 0) FROM plays p JOIN songs s ON s.id = p.song_id"
                f" JOIN song_artists t ON t.song_id = s.id WHERE {where}"
                " AND t.artist_id = :artist AND substr(p.day, 1, 7) = :month"
            )
            bound = {"artist": row["id"], "month": row["month"]}
            assert row["count"] == int(session.scalar(query, bound))
        assert len(rows) % 12 == 0
        assert len({row["label"] for row in rows}) <= 5


def test_hours_equal_plain_sql(ask: Ask, session: Session) -> None:
    for where, by in FILTERS.values():
        found: dict[str | None, int] = {}
        query = (
            "SELECT p.day, p.hour, p.count FROM plays p JOIN songs s ON s.id = p.song_id"
            f" WHERE {where}"
        )
        for day, hour, count in session.execute(text(query)):
            key = None if day is None else f"{datetime.fromisoformat(str(day)).weekday()}/{hour}"
            found[key] = found.get(key, 0) + count
        assert told(ask("hours", by)) == found


def test_bands_hold_what_lies_between_their_bounds(ask: Ask, session: Session) -> None:
    for where, by in FILTERS.values():
        query = f"SELECT s.heat, s.duration_ms, s.comment_count FROM songs s WHERE {where}"
        songs = session.execute(text(query)).all()
        for row in ask("heat-comments", by).rows:
            low = None if row["label"] is None else int(row["label"])
            own = [
                s for s in songs
                if (s.heat is None) == (low is None)
                and (low is None or low <= s.heat < low + 10 or (low == 90 and s.heat == 100))
            ]  # fmt: skip
            assert (row["count"], row["comments"]) == (len(own), sum(s.comment_count for s in own))
        for row in ask("duration", by).rows:
            low, high = row["from_s"], row["to_s"] or 10**9
            lengths = [s.duration_ms for s in songs]
            expected = (
                lengths.count(None)
                if low is None
                else sum(ms is not None and low * 1000 <= ms < high * 1000 for ms in lengths)
            )
            assert row["count"] == expected


def test_points_are_the_songs_whose_heat_is_known(ask: Ask, session: Session) -> None:
    for where, by in FILTERS.values():
        columns = ask("heat-comments", by).columns
        songs = list(accumulate(columns["song_step"]))
        query = f"SELECT s.id, s.heat, s.comment_count FROM songs s WHERE {where} ORDER BY s.id"
        found = [row for row in session.execute(text(query)) if row.heat is not None]
        assert songs == [row.id for row in found]
        assert list(columns["heat"]) == pytest.approx([row.heat for row in found], abs=0.06)
        assert list(columns["comments"]) == [row.comment_count for row in found]
        named: dict[int | None, set[str]] = {}
        query = "SELECT g.song_id, n.name FROM song_genres g JOIN genres n ON n.id = g.genre_id"
        for song_id, name in session.execute(text(query)):
            named.setdefault(song_id, set()).add(name)
        for song_id, genre in zip(songs, columns["genre"], strict=True):
            has = named.get(song_id, set())
            assert columns["genres"][genre] in has if has else genre == -1
        assert len(set(columns["genres"])) == len(columns["genres"])


def test_days_hold_only_dates_that_are_known_to_the_day(
    twelve: list[Song], session: Session
) -> None:
    columns = CHARTS["releases"].read(session, ChartFilter()).columns
    days = {
        datetime.fromtimestamp(ms / 1000, tz=UTC).date().isoformat(): n
        for ms, n in zip(columns["day"], columns["count"], strict=True)
        if n
    }
    assert days == {
        "1999-12-31": 1, "2023-02-09": 1, "2024-05-01": 3, "2024-05-02": 1, "2024-05-03": 1,
        "2024-12-01": 1,
    }  # fmt: skip
    assert len(columns["day"]) == (datetime(2024, 12, 1) - datetime(1999, 12, 31)).days + 1


def test_what_is_not_known_is_a_row_of_its_own(twelve: list[Song], session: Session) -> None:
    for name, unknown in (("language", 2), ("copyright", 2), ("original", 3), ("genres", 2)):
        rows = CHARTS[name].read(session, ChartFilter()).rows
        assert rows[-1]["label"] is None, name
        assert rows[-1]["count"] == {"language": 2, "copyright": 2}.get(name, unknown), name


def test_an_empty_library_has_numbers_too(session: Session) -> None:
    for name, chart in CHARTS.items():
        numbers = chart.read(session, ChartFilter())
        assert not any(row["count"] for row in numbers.rows if row["label"] != "listeners"), name
        if name != "overview":
            assert numbers.finding is None, name


def test_findings_say_what_the_rows_say(twelve: list[Song], session: Session) -> None:
    def finding(name: str) -> dict[str, Any]:
        found = CHARTS[name].read(session, ChartFilter()).finding
        assert found is not None, name
        return {"kind": found.kind, **found.values}

    assert finding("genres") == {
        "kind": "largest_genre", "label": "摇滚", "count": 4, "share": pytest.approx(4 / 12),
    }  # fmt: skip
    assert finding("releases") == {"kind": "busiest_day", "label": "2024-05-01", "count": 3}
    assert finding("artist-heat")["label"] == "丙"
    rated = CHARTS["ratings"].read(session, ChartFilter()).rows
    count = sum(row["count"] for row in rated)
    mean = sum(int(row["label"]) * row["count"] for row in rated) / count
    assert finding("ratings")["mean"] == pytest.approx(mean, abs=0.006)


def test_one_song_of_which_nothing_is_known(session: Session, library: Library) -> None:
    song = library.song()
    rows = {name: chart.read(session, ChartFilter()).rows for name, chart in CHARTS.items()}
    unknown = [{"label": None, "count": 1}]
    for name in ("songs-by-year", "releases", "genres", "language", "copyright", "original"):
        assert rows[name] == unknown, name
    assert rows["duration"][-1] == {"label": None, "count": 1, "from_s": None, "to_s": None}
    assert rows["heat-comments"] == [{"label": None, "count": 1, "comments": 0}]
    for name in ("top-albums", "album-types", "artist-heat", "album-heat", "hot-artists"):
        assert rows[name] == [], name
    for name in ("ratings", "sentiment-by-month", "hours", "words-lyrics", "words-comments"):
        assert rows[name] == [], name
    # Played at no known hour by nobody's known artist: a row of its own, and no line.
    library.play(library.listener(), song)
    assert CHARTS["hours"].read(session, ChartFilter()).rows[-1]["count"] == 1
    assert CHARTS["hot-artists"].read(session, ChartFilter()).rows == []
