"""Hashed characters: the same text the same row, shared characters nearness."""

from pathlib import Path

import numpy as np
import pytest

from models.features.interface import EncoderMissing
from models.features.text import BertEncoder, UniversalEncoder, hashed_characters


def test_rows_have_unit_length_and_ignore_case_and_marks() -> None:
    one, two = hashed_characters(["晴天 (Live)", "晴天live"])
    assert one.tolist() == two.tolist()
    assert np.linalg.norm(one) == pytest.approx(1)


def test_shared_characters_bring_texts_near() -> None:
    rain, rainy, other = hashed_characters(["下雨天", "雨天", "Yesterday"], width=4_096)
    assert rain @ rainy > 0.5
    assert rain @ other == pytest.approx(0, abs=0.2)


def test_a_text_of_marks_alone_says_nothing() -> None:
    assert not hashed_characters(["…!", ""]).any()


def test_sentences_of_one_meaning_are_near_in_any_language() -> None:
    encoder = UniversalEncoder()
    rows = encoder.encode(["我很难过，想哭", "I am so sad that I could cry", "股票今天上涨了"])
    assert rows.shape == (3, encoder.dimension)
    assert rows[0] @ rows[1] > rows[0] @ rows[2] + 0.2


def test_a_bert_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderMissing, match=r"bert\.in"):
        BertEncoder(tmp_path)
