"""Any text's sentiment over HTTP, odd ones included."""

import pytest
from apiflask import APIFlask

from backend.extensions import limiter
from tests.backend.conftest import Person


@pytest.fixture
def anyone(scored_app: APIFlask) -> Person:
    return Person(scored_app.test_client())


def test_the_marks_cover_the_text_and_add_up(anyone: Person) -> None:
    text = "虽然前奏一般，但是副歌没有不好听😀"
    found = anyone.post("/api/sentiment", {"text": text}).json
    assert "".join(word["text"] for word in found["words"]) == text
    assert sum(word["weight"] for word in found["words"]) == pytest.approx(found["logit"])
    assert {"contrast", "double_negation"} <= set(found["rules"])
    assert found["label"] == "positive"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("😍😍😍", "positive"), ("🤮", "negative"), ("，。！？", "neutral"),
        ("so good", "positive"), ("這首歌真難聽", "negative"), ("(≧▽≦)", "positive"),
        ("好听\x07\u202e", "positive"), ("<script>alert('好听')</script>", "positive"),
    ],
)  # fmt: skip
def test_odd_texts_have_an_answer(anyone: Person, text: str, label: str) -> None:
    answer = anyone.post("/api/sentiment", {"text": text})
    assert answer.status_code == 200
    assert answer.json["label"] == label, answer.json


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b", "好" * 1001])
def test_nothing_and_too_much_are_refused(anyone: Person, text: str) -> None:
    answer = anyone.post("/api/sentiment", {"text": text})
    assert (answer.status_code, answer.json["errors"][0]["field"]) == (422, "text")


def test_a_batch_answers_each_text_in_its_place(anyone: Person) -> None:
    texts = ["好听", "", "好" * 1001, "难听死了"]
    items = anyone.post("/api/sentiment/batch", {"texts": texts}).json["items"]
    assert [item["label"] for item in items] == ["positive", None, None, "negative"]
    assert [item["error"] for item in items] == [None, "empty", "too-long", None]
    assert anyone.post("/api/sentiment/batch", {"texts": ["a"] * 501}).status_code == 422


def test_the_card_tells_what_it_learned_from(anyone: Person) -> None:
    card = anyone.get("/api/sentiment/model").json
    assert card["texts"] > 17_000
    assert 0.5 < card["figures"]["f1"] < 1
    assert card["version"] == anyone.post("/api/sentiment", {"text": "好听"}).json["version"]


def test_without_a_model_it_says_so(visitor: Person) -> None:
    answer = visitor.post("/api/sentiment", {"text": "好听"})
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/no-scorer")


def test_who_asks_too_often_waits(anyone: Person) -> None:
    limiter.enabled = True
    limiter.reset()
    codes = [anyone.post("/api/sentiment", {"text": "好"}).status_code for _ in range(61)]
    limiter.reset()
    limiter.enabled = False
    assert (codes[0], codes[-1]) == (200, 429)


def test_help_lines_are_called_for_and_nothing_is_blocked(anyone: Person) -> None:
    worried = anyone.post("/api/sentiment", {"text": "这首歌让我不想活了"}).json
    assert (worried["crisis"], worried["words"] != []) == (True, True)
    assert anyone.post("/api/sentiment", {"text": "笑死了"}).json["crisis"] is False
    items = anyone.post("/api/sentiment/batch", {"texts": ["我想自杀", "好听"]}).json["items"]
    assert [item["crisis"] for item in items] == [True, False]
