"""`huisheng train sentiment` learns what people put right, and never measures itself on it."""

import json
from pathlib import Path

import pytest

from backend.accounts.tables import User
from backend.comments.tables import Comment, CommentCorrection
from backend.db.session import create_engine, unit_of_work
from backend.sentiment_commands import read_corrections
from backend.settings import Settings
from backend.songs.tables import Song
from models.artifacts import ArtifactStore
from models.sentiment.registry import DEFAULT, artifact_name
from tests.backend.conftest import Command

ODD = "绿毛龟爬过了琉璃瓦"
"""Says nothing to a scorer that has not been told."""


def _correct(data_dir: Path) -> None:
    engine = create_engine(f"sqlite:///{data_dir / 'huisheng.db'}")
    with unit_of_work(engine) as session:
        song = Song(source="test", source_id="1", title="歌")
        user = User(username="纠正的人", username_norm="纠正的人", password_hash="-")
        session.add_all([song, user])
        session.flush()
        comment = Comment(source="test", source_id="1", song_id=song.id, text=ODD, label=1)
        session.add(comment)
        session.flush()
        right = CommentCorrection(user_id=user.id, comment_id=comment.id, label=-1)
        session.add(right)
    engine.dispose()


def test_stored_corrections_are_learned_and_left_out_of_measuring(
    huisheng: Command, tmp_path: Path
) -> None:
    assert huisheng("db", "upgrade").exit_code == 0
    _correct(tmp_path / "data")
    exported = tmp_path / "corrections.csv"
    assert huisheng("export-corrections", str(exported)).exit_code == 0
    assert exported.read_text() == f"label,text\n0,{ODD}\n"

    trained = huisheng("train", "sentiment")
    assert (trained.exit_code, "1 corrections learned" in trained.output) == (0, True)
    artifact = ArtifactStore(tmp_path / "data" / "artifacts").current(artifact_name(DEFAULT))
    assert artifact is not None
    assert artifact.manifest.config["corrections"] == 1
    assert "negative" in huisheng("score", ODD).output
    rows = tmp_path / "rows.csv"
    rows.write_text(f"label,text\n0,{ODD}！\n0,难听\n1,好听\n")
    measured = json.loads(huisheng("evaluate", "sentiment", "--data", str(rows), "--json").stdout)
    assert (measured["n"], measured["leaked"]) == (2, 1)


def test_a_file_stands_in_place_of_what_is_stored(tmp_path: Path) -> None:
    told = tmp_path / "other.csv"
    told.write_text(f"label,text\n1,{ODD}\n")
    assert read_corrections(Settings(data_dir=tmp_path), told) == [(1, ODD)]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(("train", "itemcf"), "only sentiment"), (("train", "sentiment"), "label must be 0 or 1")],
)
def test_corrections_that_cannot_be_learned_are_refused(
    huisheng: Command, tmp_path: Path, arguments: tuple[str, ...], named: str
) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("label,text\n7,好听\n")
    refused = huisheng(*arguments, "--corrections", str(bad))
    assert (refused.exit_code != 0, named in refused.output) == (True, True), refused.output
