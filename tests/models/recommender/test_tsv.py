"""TSV files: what is read, and how a bad one is refused."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from models.recommender.interactions import InteractionsError
from models.recommender.tsv import read_tsv

HEADER = "user_id\titem_id\tvalue\ttimestamp\n"


def write(path: Path, *lines: str, header: str = HEADER) -> Path:
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_files_share_their_ids(tmp_path: Path) -> None:
    train = write(tmp_path / "a.tsv", "s1\tx\t5\t1", "s2\ty\t1\t2")
    test = write(tmp_path / "b.tsv", "s2\tz\t0.5\t3", "s0\tx\t1\t4")
    learned, asked = read_tsv([train, test])
    # Users s0, s1, s2 and songs x, y, z are numbered in order; every row counts 1.
    assert (learned.users.tolist(), learned.items.tolist()) == ([1, 2], [0, 1])
    assert (asked.users.tolist(), asked.items.tolist()) == ([2, 0], [2, 0])
    assert asked.values.tolist() == [1, 1]
    assert asked.timestamps.tolist() == [3, 4]


def test_a_gzipped_file_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv.gz"
    path.write_bytes(gzip.compress(f"{HEADER}1\t2\t3\t4\n1\t3\t3\t5\n".encode()))
    assert read_tsv([path])[0].timestamps.tolist() == [4, 5]


def test_rows_repeated_exactly_count_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", "1\t2\t1\t7", "1\t2\t1\t7", "1\t2\t1\t8")
    assert read_tsv([path])[0].timestamps.tolist() == [7, 8]


def test_one_time_for_all_rows_is_no_time(tmp_path: Path) -> None:
    train = write(tmp_path / "a.tsv", "1\t2\t1\t0", "1\t3\t1\t0")
    test = write(tmp_path / "b.tsv", "1\t4\t1\t9")
    assert all(np.isnan(rows.timestamps).all() for rows in read_tsv([train, test]))


def test_a_missing_time_is_unknown(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", "1\t2\t1\t", "1\t3\t1\t5", "1\t4\t1\t6")
    assert np.isnan(read_tsv([path])[0].timestamps).tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("1\t2\tnan\t3", "line 2: value and timestamp must be finite"),
        ("1\t2\t1\tinf", "line 2: value and timestamp must be finite"),
        ("1\t2\tfive\t3", "line 2: value and timestamp must be numbers"),
        ("1\t2\t3", "line 2: four fields are needed"),
        ("\t2\t1\t3", "line 2: four fields are needed"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(InteractionsError, match=message):
        read_tsv([write(tmp_path / "a.tsv", line)])


def test_a_file_without_rows_or_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InteractionsError, match="holds no interactions"):
        read_tsv([write(tmp_path / "a.tsv")])
    with pytest.raises(InteractionsError, match="the first line must be user_id <tab> item_id"):
        read_tsv([write(tmp_path / "b.tsv", header="")])
    with pytest.raises(InteractionsError, match="the first line must be"):
        read_tsv([write(tmp_path / "c.tsv", "1\t2\t3\t4", header="user,item\n")])


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(InteractionsError, match="cannot be read"):
        read_tsv([path])
    (tmp_path / "b.tsv.gz").write_bytes(b"plain")
    with pytest.raises(InteractionsError, match="cannot be read"):
        read_tsv([tmp_path / "b.tsv.gz"])
    with pytest.raises(InteractionsError, match="cannot be read"):
        read_tsv([tmp_path / "none.tsv"])
