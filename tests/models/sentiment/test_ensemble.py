"""What the scorer says of phrases, of odd input, and that its explanation is the score."""

from pathlib import Path

import numpy as np
import pytest

from models.sentiment.corpus import Corpus
from models.sentiment.ensemble import Ensemble
from models.sentiment.evaluate import read_rows
from models.sentiment.text import bare

PHRASES = Path(__file__).parent / "phrases"
# The share of phrases of each kind that came out right when the word lists were last changed;
# a change that loses one is seen here.
FLOORS = {
    "contrast": 0.93, "double_negation": 0.93, "english": 0.96, "general": 0.95,
    "negation": 0.93, "sad_praise": 0.93, "sarcasm": 0.93, "signs": 0.94,
    "traditional": 0.96, "very_short": 0.98, "ordinary_songs": 0.85, "ordinary_songs_2": 0.88,
    "ordinary_songs_3": 0.79, "ordinary_shopping": 0.95, "ordinary_weibo": 0.96,
}  # fmt: skip


@pytest.mark.parametrize("kind", FLOORS)
def test_phrases_of_a_kind_are_told_apart(ensemble: Ensemble, kind: str) -> None:
    texts, labels = read_rows(PHRASES / f"{kind}.csv")
    right = (ensemble.probabilities(texts) >= 0.5) == (np.array(labels) == 1)
    wrong = [text for text, is_right in zip(texts, right, strict=True) if not is_right]
    assert right.mean() >= FLOORS[kind], wrong


def test_there_are_three_hundred_phrases_and_none_was_learned(corpus: Corpus) -> None:
    phrases = [text for kind in FLOORS for text in read_rows(PHRASES / f"{kind}.csv")[0]]
    assert len(set(phrases)) >= 300
    assert not {bare(text) for text in corpus.texts} & ({bare(text) for text in phrases} - {""})


@pytest.mark.parametrize(
    "text",
    [
        "前奏一响就被治愈了，可惜结尾有点仓促，不过还是单曲循环了一整晚。",
        "没有不好听", "聽著聽著就哭了", "so good 😭", "^_^", "<b>好听</b>\x07", "好" * 1000,
    ],
)  # fmt: skip
def test_the_words_weights_add_up_to_the_score(ensemble: Ensemble, text: str) -> None:
    analysis = ensemble.explain(text)
    assert sum(word.weight for word in analysis.words) == pytest.approx(analysis.logit, abs=1e-9)
    assert analysis.probability == pytest.approx(float(ensemble.probabilities([text])[0]))
    assert "".join(word.text for word in analysis.words) == text


@pytest.mark.parametrize("text", ["", "   ", "，。！？……", "\x00\x07\u200b", "———"])
def test_what_says_nothing_is_neither(ensemble: Ensemble, text: str) -> None:
    assert ensemble.explain(text).label == "neutral"
    assert ensemble.explain(text).probability == 0.5


@pytest.mark.parametrize(
    ("text", "label", "rule"),
    [
        ("没有不好听", "positive", "double_negation"),
        ("一点都不好听", "negative", "negation"),
        ("虽然前奏一般，但是副歌太好听了", "positive", "contrast"),
        ("听着这首歌就哭了，想哭", "positive", "sad_praise"),
        ("这也叫好听", "negative", "sarcasm"),
        ("不要太好听", "positive", "hyperbole"),
        ("非常好听", "positive", "degree"),
    ],
)
def test_a_rule_that_fires_is_named(ensemble: Ensemble, text: str, label: str, rule: str) -> None:
    analysis = ensemble.explain(text)
    assert (analysis.label, rule in analysis.rules) == (label, True), analysis


def test_traditional_wide_and_capital_letters_score_as_their_plain_form(ensemble: Ensemble) -> None:
    pairs = [("這首歌真難聽", "这首歌真难听"), ("SO GOOD", "so good"), ("ＹＹＤＳ", "yyds")]
    for odd, plain in pairs:
        a, b = ensemble.probabilities([odd, plain])
        assert a == pytest.approx(b), odd


def test_what_was_saved_scores_the_same(ensemble: Ensemble, tmp_path: Path) -> None:
    ensemble.save(tmp_path)
    texts = ["难听死了", "单曲循环", "说不清", "👍"]
    again = Ensemble.load(tmp_path).probabilities(texts)
    assert again.tolist() == ensemble.probabilities(texts).tolist()


def test_scores_do_not_depend_on_company(ensemble: Ensemble) -> None:
    texts = ["好听", "难听" * 30, "", "听哭了", "x"]
    alone = [float(ensemble.probabilities([text])[0]) for text in texts]
    assert ensemble.probabilities(texts).tolist() == pytest.approx(alone)
