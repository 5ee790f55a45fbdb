"""Measuring: files, leaks, figures."""

import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from models.sentiment.corpus import Corpus
from models.sentiment.evaluate import RowsError, auc, evaluate, read_rows


class _Fixed:
    name = "fixed"

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float64]:
        return np.array([float(text.split()[-1]) for text in texts])


def test_rows_that_were_learned_are_left_out_and_counted() -> None:
    texts = ["好听 0.9", "难听 0.2", "难听 0.7", "学过的 0.1"]
    report = evaluate(_Fixed(), texts, [1, 0, 0, 1], learned={"学过的，0.1！"})
    assert (report.n, report.leaked, report.confusion) == (3, 1, [[1, 1], [0, 1]])
    assert report.accuracy == pytest.approx(2 / 3)
    assert report.f1 == pytest.approx(2 / 3)
    assert report.auc == 1.0
    assert set(report.to_json()) == {
        "scorer", "n", "accuracy", "f1", "auc", "texts_per_cpu_s", "leaked",
    }  # fmt: skip


def test_auc_counts_ties_half() -> None:
    assert auc(np.array([0.5, 0.5]), np.array([0, 1])) == 0.5
    assert auc(np.array([0.1, 0.4, 0.35, 0.8]), np.array([0, 0, 1, 1])) == 0.75
    assert auc(np.array([0.1]), np.array([1])) is None


def test_gzipped_files_are_read_alike(tmp_path: Path) -> None:
    content = 'label,text\n1,"好听，真的"\n0,难听\n'
    (tmp_path / "a.csv").write_text(content, encoding="utf-8-sig")
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(content.encode()))
    assert read_rows(tmp_path / "a.csv") == read_rows(tmp_path / "a.csv.gz")


@pytest.mark.parametrize("content", ["text\n好听\n", "label,text\n2,好听\n", "label,text\n", ""])
def test_malformed_files_are_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.csv").write_text(content)
    with pytest.raises(RowsError):
        read_rows(tmp_path / "bad.csv")


def test_the_corpus_holds_no_line_twice(corpus: Corpus) -> None:
    packaged = corpus.texts[: -corpus.own]
    assert len(packaged) == len(set(packaged))
    assert not corpus.held_back & set(packaged)
