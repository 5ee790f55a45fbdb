"""Charts over HTTP."""

import csv
import gzip
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.charts import report
from backend.charts.registry import CHARTS
from backend.songs.tables import Song
from tests.backend.conftest import Person
from tests.factories.library import Library

Persons = Callable[[str], Person]


def test_the_list_names_every_chart(visitor: Person) -> None:
    items = visitor.get("/api/charts").json["items"]
    assert [item["name"] for item in items] == list(CHARTS)
    assert all(item["title"] and item["group"] for item in items)


def test_a_chart_brings_rows_structure_and_finding(visitor: Person, twelve: list[Song]) -> None:
    chart = visitor.get("/api/charts/language").json
    assert chart["rows"][0] == {"label": "普通话", "count": 6}
    assert chart["rows"][-1]["label"] is None
    assert chart["finding"]["kind"] == "largest_language"
    assert chart["option"]["series"][0]["type"] == "pie"
    assert chart["columns"] == {}


def test_a_filter_holds_for_the_numbers_and_the_songs_behind_them(
    visitor: Person, twelve: list[Song]
) -> None:
    query = "genre=摇滚&copyright=vip"
    rows = visitor.get(f"/api/charts/overview?{query}").json["rows"]
    page = visitor.get(f"/api/charts/songs?{query}").json
    assert rows[0]["count"] == page["total"] == 2
    assert [song["heat"] for song in page["items"]] == [100.0, 60.0]


def test_csv_holds_the_same_rows(visitor: Person, twelve: list[Song]) -> None:
    for name in CHARTS:
        rows = visitor.get(f"/api/charts/{name}").json["rows"]
        answer = visitor.get(f"/api/charts/{name}.csv")
        assert answer.mimetype == "text/csv"
        lines = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
        assert len(lines) == len(rows), name
        for line, row in zip(lines, rows, strict=True):
            assert line == {key: "" if v is None else str(v) for key, v in row.items()}


def test_a_cell_is_never_a_formula(visitor: Person, library: Library) -> None:
    for language in ("=1+1", "+x", "-x", "@x"):
        library.song(language=language)
    text = visitor.get("/api/charts/language.csv").text
    assert all(f"'{name}" in text for name in ("=1+1", "+x", "-x", "@x"))


def test_an_answer_that_is_held_is_not_sent_again(
    visitor: Person, twelve: list[Song], session: Session, library: Library
) -> None:
    first = visitor.get("/api/charts/genres")
    tag = {"If-None-Match": first.headers["ETag"]}
    assert visitor.client.get("/api/charts/genres", headers=tag).status_code == 304
    library.song(genres=("民谣",))
    again = visitor.client.get("/api/charts/genres", headers=tag)
    assert again.status_code == 200
    assert again.json["rows"][0]["count"] == first.json["rows"][0]["count"] + 1


def test_what_was_answered_is_not_worked_out_again(
    visitor: Person, twelve: list[Song], count_queries: Callable[[], int]
) -> None:
    count_queries()
    visitor.get("/api/charts/overview")
    first = count_queries()
    visitor.get("/api/charts/overview")
    # Eleven queries of the chart fall away; one asks for the data's version.
    assert count_queries() == first - 11


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/charts/nonsense", 404),
        ("/api/charts/nonsense.csv", 404),
        ("/api/charts/genres?year_from=2024&year_to=2020", 422),
        ("/api/charts/genres?year_from=abc", 422),
        ("/api/charts/genres?colour=red", 422),
        ("/api/charts/songs?per_page=0", 422),
    ],
)
def test_what_does_not_fit_is_refused_by_name(visitor: Person, path: str, status: int) -> None:
    answer = visitor.get(path)
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"


def test_a_filter_that_matches_nothing_is_an_empty_chart(
    visitor: Person, twelve: list[Song]
) -> None:
    for name in CHARTS:
        chart = visitor.get(f"/api/charts/{name}?artist=999999").json
        assert not any(r["count"] for r in chart["rows"] if r["label"] != "listeners"), name


def test_the_report_is_for_analysts_and_holds_every_chart(
    person: Persons,
    session: Session,
    library: Library,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(report, "BUILT", tmp_path)
    (tmp_path / "report.js").write_text("console.log('drawn </script>')")
    (tmp_path / "report.css").write_text("")
    library.song("</script><img src=x onerror=alert(1)>", language="</script><b>")
    plain = person("listener")
    assert plain.get("/api/charts/report.html").status_code == 403
    analyst = person("analyst")
    session.scalars(select(User).where(User.id == analyst.id)).one().role = "analyst"
    session.flush()
    answer = analyst.get("/api/charts/report.html?genre=unknown")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    page = answer.text
    assert all(f'"name": "{name}"' in page for name in CHARTS)
    assert "</script><b>" not in page
    assert '"filters": {"genre": "unknown"}' in page
    assert 'src="http' not in page
    (tmp_path / "report.js").unlink()
    assert analyst.get("/api/charts/report.html").json["type"] == "/problems/report-not-built"


def test_a_long_series_goes_out_compressed_to_whoever_takes_it(
    visitor: Person, twelve: list[Song]
) -> None:
    path, takes = "/api/charts/releases", {"Accept-Encoding": "gzip"}
    plain = visitor.client.get(path, headers={"Accept-Encoding": "identity"})
    packed = visitor.client.get(path, headers=takes)
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) < len(plain.data) / 4
    assert packed.headers["ETag"] != plain.headers["ETag"]
    again = {**takes, "If-None-Match": packed.headers["ETag"]}
    assert visitor.client.get(path, headers=again).status_code == 304
    short = visitor.client.get("/api/charts/copyright", headers=takes)
    assert "Content-Encoding" not in short.headers
