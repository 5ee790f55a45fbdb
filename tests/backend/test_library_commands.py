from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.accounts import service as accounts
from backend.db.session import create_engine, unit_of_work
from backend.demo.listeners import Size
from backend.ratings import service as ratings
from backend.settings import ROOT, Settings
from backend.songs.tables import Song
from tests.backend.conftest import PASSWORD, Command

SAMPLES = ROOT / "data" / "samples"
TINY = Size(listeners=8, plays=200, ratings=60, comments=40)


@pytest.fixture
def own_engine(huisheng: Command, tmp_path: Path) -> Iterator[Engine]:
    """The database that the commands work on."""
    assert huisheng("db", "upgrade").exit_code == 0
    engine = create_engine(Settings(data_dir=tmp_path / "data").url)
    yield engine
    engine.dispose()


@pytest.fixture
def demo(huisheng: Command, own_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """A tiny demo library, loaded by the command."""
    monkeypatch.setattr("backend.demo.service.Size", lambda: TINY)
    loaded = huisheng("demo", "load", "--songs", "40")
    assert loaded.exit_code == 0
    assert "song" in loaded.stdout
    assert "Going on with the lyrics written for this project" in loaded.stderr
    return own_engine


def count(engine: Engine) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count(Song.id))) or 0


def test_an_import_counts_and_a_second_one_changes_nothing(
    huisheng: Command, own_engine: Engine
) -> None:
    first = huisheng("import", SAMPLES / "library.jsonl")
    assert first.exit_code == 0
    assert first.stderr.strip() == "library.jsonl: import"
    assert " 0 unchanged" in first.stdout
    songs = count(own_engine)
    assert songs > 0

    again = huisheng("import", SAMPLES / "library.jsonl")
    assert again.exit_code == 0
    assert all(" 0 new " in line and " 0 updated " in line for line in again.stdout.splitlines())
    assert count(own_engine) == songs


def test_interactions_bear_the_names_given(huisheng: Command, own_engine: Engine) -> None:
    table = (SAMPLES / "plays.tsv", "--as", "plays", "--names", SAMPLES / "names.tsv")
    assert huisheng("import", *table).exit_code == 0
    assert all(" 0 new " in line for line in huisheng("import", *table).stdout.splitlines())
    with Session(own_engine) as session:
        assert "雾里看船" in session.scalars(select(Song.title)).all()


def test_refused_lines_are_told_by_number(huisheng: Command, tmp_path: Path) -> None:
    good = (SAMPLES / "library.jsonl").read_text(encoding="utf-8")
    lines = good.count("\n")
    (tmp_path / "mixed.jsonl").write_text(f'{good}{{"record":"song"}}\n{{oops\n', encoding="utf-8")
    ended = huisheng("import", tmp_path / "mixed.jsonl")
    assert f"line {lines + 1}: " in ended.stderr
    assert f"line {lines + 2}: Invalid JSON" in ended.stderr
    assert "2 lines refused." in ended.stderr


@pytest.mark.parametrize(
    ("name", "content", "options", "told"),
    [
        ("a.tsv", "a\tb\n1\t2\n", ("--as", "plays"), "tab-separated header user_id item_id"),
        ("a.tsv", "user_id\titem_id\tvalue\ttimestamp\n", (), "--as plays or --as ratings"),
        ("a.tsv", "", ("--as", "plays"), "the file is empty"),
        ("a.csv", "x", (), "name it .jsonl (records) or .tsv (interactions)"),
        ("a.jsonl", "not json\n", (), "not JSON Lines"),
        ("a.jsonl.gz", "not gzipped\n", (), "damaged or not gzipped"),
    ],
)
def test_a_file_that_cannot_be_taken_names_the_cure(
    name: str, content: str, options: tuple[str, ...], told: str,
    huisheng: Command, own_engine: Engine, tmp_path: Path,
) -> None:  # fmt: skip
    (tmp_path / name).write_text(content)
    ended = huisheng("import", tmp_path / name, *options)
    assert ended.exit_code == 1
    assert told in ended.stderr
    assert count(own_engine) == 0


def test_an_unknown_file_is_refused(huisheng: Command) -> None:
    ended = huisheng("import", "nowhere.jsonl")
    assert ended.exit_code == 2
    assert "'nowhere.jsonl' does not exist" in ended.stderr


def test_a_second_demo_library_is_refused(huisheng: Command, demo: Engine) -> None:
    ended = huisheng("demo", "load")
    assert ended.exit_code == 1
    assert "huisheng demo purge" in ended.stderr
    assert count(demo) == 40


def test_a_purge_says_what_real_users_lose_and_asks(huisheng: Command, demo: Engine) -> None:
    with unit_of_work(demo) as session:
        name = f"u{uuid4().hex[:8]}"
        user = accounts.create_user(session, username=name, password=PASSWORD)
        song_id = session.scalars(select(Song.id)).first()
        assert song_id is not None
        ratings.add_heart(session, user_id=user.id, song_id=song_id)

    refused = huisheng("demo", "purge", answers="n\n")
    assert refused.exit_code == 1
    assert "Removes 40 songs and 8 simulated listeners." in refused.stdout
    told = " ".join(refused.stdout.split())
    assert "1 real users lose 1 ratings, 0 plays" in told
    assert count(demo) == 40

    purged = huisheng("demo", "purge", answers="y\n")
    assert purged.exit_code == 0
    assert "The demo library is gone." in purged.stdout
    assert count(demo) == 0


def test_an_unfelt_purge_may_go_unasked(huisheng: Command, demo: Engine) -> None:
    purged = huisheng("demo", "purge", "--yes")
    assert purged.exit_code == 0
    assert "real users" not in purged.stdout
    assert count(demo) == 0
