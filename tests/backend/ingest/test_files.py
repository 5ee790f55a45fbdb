import gzip
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.db.session import unit_of_work
from backend.errors import Invalid
from backend.ingest import files
from backend.ingest.batch import Tally
from backend.ingest.files import RefusedLine, Report, import_file
from backend.listening.tables import Play
from backend.songs.tables import Artist, Song, SongArtist

HEADER = "user_id\titem_id\tvalue\ttimestamp\n"
SAMPLES = Path(__file__).parents[3] / "data" / "samples"

Import = Callable[..., Report]


@pytest.fixture
def imported(session: Session, zone: ZoneInfo) -> Import:
    """Imports a file into the test's database."""
    return lambda path, **options: import_file(session, path, zone=zone, **options)


def song(number: int, **more: str) -> str:
    fields = "".join(f', "{name}": "{value}"' for name, value in more.items())
    return (
        f'{{"record":"song","source":"t","source_id":"s{number}","title":"第{number}首"{fields}}}\n'
    )


def test_json_lines_are_stored_and_a_second_time_changes_nothing(
    session: Session, imported: Import, tmp_path: Path
) -> None:
    path = tmp_path / "songs.jsonl"
    path.write_text("".join(song(i) for i in range(5)) + "\n", encoding="utf-8")

    assert imported(path).counts.total == Tally(new=5)
    again = imported(path)

    assert again.counts.total == Tally(unchanged=5)
    assert (again.refused, again.clock) == (0, None)
    assert session.scalar(select(func.count(Song.id))) == 5


def test_refused_lines_are_numbered_and_do_not_stop_the_rest(
    session: Session, imported: Import, tmp_path: Path
) -> None:
    path = tmp_path / "songs.jsonl.gz"
    lines = [song(1), "{broken\n", song(2, titel="x"), "\n", song(3, album="r9"), song(4)]
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(lines)

    report = imported(path)

    assert [line.line for line in report.refused_lines] == [2, 3, 5]
    assert "Invalid JSON" in report.refused_lines[0].reason
    assert report.refused_lines[1].reason == "titel: Extra inputs are not permitted"
    assert "no album r9" in report.refused_lines[2].reason
    assert session.scalars(select(Song.title).order_by(Song.id)).all() == ["第1首", "第4首"]


def test_refusals_are_kept_up_to_a_bound_and_all_counted(
    imported: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_REFUSED", 2)
    path = tmp_path / "songs.jsonl"
    path.write_text("{}\n" * 5)

    report = imported(path)

    assert (report.refused, len(report.refused_lines)) == (5, 2)


def test_an_endless_line_is_refused_without_being_held(
    imported: Import, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_LINE", 200)
    path = tmp_path / "songs.jsonl"
    path.write_text(song(1) + "{" + "x" * 5_000 + "\n" + song(2), encoding="utf-8")

    report = imported(path)

    assert [line.line for line in report.refused_lines] == [2]
    assert report.counts.total == Tally(new=2)


def test_plays_become_listeners_songs_and_counts(
    session: Session, imported: Import, tmp_path: Path
) -> None:
    path, names = tmp_path / "my plays.tsv.gz", tmp_path / "artists.tsv"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(HEADER + "2\t51\t13883\t0\n2\t52\t11690\t0\n3\t51\t7\t0\n")
    names.write_text("51\tDuran Duran\thttp://x\n99\tNobody\n", encoding="utf-8")

    first = imported(path, kind="plays", names=names)
    again = imported(path, kind="plays", names=names)

    assert first.clock == "none"
    assert first.counts.kinds == {
        "artist": Tally(new=2),
        "song": Tally(new=2),
        "listener": Tally(new=2),
        "play": Tally(new=3),
    }
    assert again.counts.total == Tally(unchanged=9)
    shown = select(Song.title, Artist.name, Song.play_count, Artist.song_count).where(
        Song.id == SongArtist.song_id, Artist.id == SongArtist.artist_id
    )
    assert sorted(session.execute(shown).all()) == [
        ("52", "52", 11_690, 1),
        ("Duran Duran", "Duran Duran", 13_890, 1),
    ]
    assert session.scalars(select(Song.source).distinct()).all() == ["import:my-plays"]
    assert session.scalars(select(Play.played_at).distinct()).all() == [None]
    assert session.scalars(select(User.password_hash).distinct()).all() == [None]


def test_ratings_must_be_whole_stars(session: Session, imported: Import, tmp_path: Path) -> None:
    path = tmp_path / "ratings.tsv"
    path.write_text(HEADER + "1\t1\t5\t881250949\n1\t2\t9\t881250949\n2\t1\t2\t881250950\n")

    report = imported(path, kind="ratings", source="films")

    assert [line.line for line in report.refused_lines] == [3]
    rated = select(Song.source, Song.source_id, Song.rating_sum, Song.rating_count)
    assert session.execute(rated).all() == [("films", "1", 7, 2)]


def test_a_bom_and_windows_line_ends_are_no_matter(imported: Import, tmp_path: Path) -> None:
    path = tmp_path / "plays.tsv"
    path.write_bytes(b"\xef\xbb\xbf" + HEADER.replace("\n", "\r\n").encode() + b"1\t1\t1\t0\r\n")

    report = imported(path, kind="plays")

    assert (report.counts.kinds["play"], report.refused) == (Tally(new=1), 0)


@pytest.mark.parametrize(
    ("name", "content", "options", "cure"),
    [
        ("x.csv", b"a,b", {}, r"name it \.jsonl .* or \.tsv"),
        ("x.tsv", HEADER.encode(), {}, "--as plays or --as ratings"),
        ("x.tsv", b"", {"kind": "plays"}, "is empty"),
        ("x.tsv", b"1\t2\t3\t4\n", {"kind": "plays"}, "header user_id item_id value timestamp"),
        ("x.tsv", b"\x89PNG\x00\x01", {"kind": "plays"}, "binary"),
        ("x.tsv.gz", HEADER.encode(), {"kind": "plays"}, "not gzipped"),
        (
            "x.tsv.gz",
            gzip.compress(HEADER.encode() * 99, mtime=0)[:-9],
            {"kind": "plays"},
            "damaged",
        ),
        ("x.jsonl", b"\n[1, 2]\n", {}, "not JSON Lines"),
        ("x.jsonl", b"{}\n", {"kind": "plays"}, "drop those options"),
    ],
)
def test_a_wholly_wrong_file_is_refused_with_the_cure(
    session: Session,
    imported: Import,
    tmp_path: Path,
    name: str,
    content: bytes,
    options: dict[str, str],
    cure: str,
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(Invalid, match=cure):
        imported(path, **options)
    assert session.scalar(select(func.count(User.id))) == 0


def test_a_missing_file_is_named(imported: Import, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"gone\.jsonl: No such file"):
        imported(tmp_path / "gone.jsonl")


def test_names_without_names_are_refused(imported: Import, tmp_path: Path) -> None:
    path, names = tmp_path / "x.tsv", tmp_path / "names.tsv"
    path.write_text(HEADER)
    names.write_text("just text\n")

    with pytest.raises(Invalid, match="holds no names"):
        imported(path, kind="plays", names=names)


def test_progress_runs_to_the_last_line(imported: Import, tmp_path: Path) -> None:
    path = tmp_path / "plays.tsv"
    path.write_text(HEADER + "".join(f"u\ti{i}\t1\t0\n" for i in range(3_000)))
    told: list[tuple[str, int, int | None]] = []

    imported(path, kind="plays", progress=lambda *step: told.append(step))

    assert told[0] == ("import", 0, 3_001)
    assert told[-1] == ("import", 3_001, 3_001)
    assert len(told) > 3


def test_an_import_that_dies_leaves_nothing(engine: Engine, zone: ZoneInfo, tmp_path: Path) -> None:
    path = tmp_path / "plays.tsv"
    path.write_text(HEADER + "".join(f"u\ti{i}\t1\t0\n" for i in range(3_000)))

    def die(_stage: str, done: int, _total: int | None) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), unit_of_work(engine) as session:
        import_file(session, path, zone=zone, kind="plays", progress=die)

    with Session(engine) as session:
        assert session.scalar(select(func.count(Song.id))) == 0
        assert session.scalar(select(func.count(User.id))) == 0


def test_the_samples_import_whole(imported: Import) -> None:
    library = imported(SAMPLES / "library.jsonl")
    plays = imported(SAMPLES / "plays.tsv", kind="plays", names=SAMPLES / "names.tsv")

    assert (library.refused, plays.refused) == (0, 0)
    assert set(library.counts.kinds) == {
        "artist", "album", "song", "lyric", "playlist", "listener", "comment", "rating", "play"
    }  # fmt: skip
    assert plays.clock == "seconds"


def test_a_refused_line_knows_its_number() -> None:
    report = Report()
    report.refuse(7, "why")

    assert report.refused_lines == [RefusedLine(7, "why")]
