"""`huisheng evaluate crisis` on files of others."""

import gzip
import json
from pathlib import Path

import pytest

from tests.backend.conftest import Command

ROWS = "label,text\n1,我不想活了\n1,今天天气不错\n0,笑死了\n0,我想自杀\n"


@pytest.mark.parametrize("name", ["rows.csv", "rows.csv.gz"])
def test_a_table_is_measured(huisheng: Command, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(gzip.compress(ROWS.encode()) if name.endswith("gz") else ROWS.encode())
    answer = huisheng("evaluate", "crisis", "--data", str(path), "--json")
    assert json.loads(answer.stdout) == {
        "recall": 0.5,
        "false_alarm": 0.5,
        "missed": ["今天天气不错"],
        "alarmed": ["我想自杀"],
    }
    assert "missed    今天天气不错" in huisheng("evaluate", "crisis", "--data", str(path)).output


@pytest.mark.parametrize(
    "content",
    [b"", b"text\nx\n", b"label,text\n2,x\n", b"label,text\n1\n", "label,text\n1,死".encode("gbk")],
)
def test_a_bad_table_names_the_cure(huisheng: Command, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(content)
    answer = huisheng("evaluate", "crisis", "--data", str(path), "--json")
    assert answer.exit_code == 1
    assert "first line is label,text" in answer.output
