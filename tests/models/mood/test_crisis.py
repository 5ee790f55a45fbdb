"""Crisis rules: own phrases, and what composes."""

import csv
from pathlib import Path

import pytest

from models.mood import opinion
from models.mood.crisis import find, is_crisis
from models.mood.evaluate import evaluate_crisis
from models.sentiment.evaluate import read_rows

PHRASES = opinion.FOLDER / "crisis_phrases.csv"
FEELINGS = [
    "难过", "伤心", "难受", "烦", "焦虑", "紧张", "害怕", "累", "困", "孤单", "寂寞", "失落",
    "沮丧", "委屈", "心慌", "心酸", "想哭", "郁闷", "低落", "迷茫", "生气", "后悔", "自责",
    "不安", "麻木", "空虚", "没劲", "想家", "丧", "慌", "开心", "平静", "放松", "兴奋", "满足",
]  # fmt: skip
OBLIQUE = Path(__file__).parent / "crisis_held_back.csv"


def test_own_phrases_are_told_apart() -> None:
    texts, labels = read_rows(PHRASES)
    assert (sum(labels) >= 200, len(labels) - sum(labels) >= 200) == (True, True)
    report = evaluate_crisis(texts, labels)
    assert report.recall is not None
    assert report.false_alarm is not None
    assert report.recall >= 0.98, report.missed
    assert report.false_alarm <= 0.03, report.alarmed


def test_oblique_phrases_are_told_apart_as_well_as_when_they_were_met() -> None:
    texts, labels = read_rows(OBLIQUE)
    report = evaluate_crisis(texts, labels)
    assert (report.recall or 0) >= 0.9, report.missed
    assert (report.false_alarm or 0) <= 0.03, report.alarmed


@pytest.mark.parametrize("act", ["自杀", "割腕", "跳楼", "轻生", "上吊", "自残"])
@pytest.mark.parametrize(
    ("frame", "counts"),
    [
        ("我想{}", True), ("今晚就{}", True), ("我控制不住想{}", True), ("不止一次想过{}", True),
        ("他走了，我想{}", True), ("我不会{}", False), ("从来没想过{}", False),
        ("千万不要{}", False), ("他{}了", False), ("听说有学生{}", False),
        ("这部电影里主角{}", False), ("《{}》这首歌", False),
    ],
)  # fmt: skip
def test_acts_and_frames_compose(act: str, frame: str, counts: bool) -> None:
    assert is_crisis(frame.format(act)) is counts


@pytest.mark.parametrize(
    "feeling", ["笑", "累", "困", "饿", "热", "气", "羡慕", "尴尬", "可爱", "好听"]
)
def test_degree_words_are_idioms(feeling: str) -> None:
    assert not is_crisis(f"{feeling}死了")


@pytest.mark.parametrize(
    "frame",
    [
        "今天{}", "今天很{}", "今天好{}啊", "最近有点{}", "这几天一直很{}", "我很{}", "真的{}",
        "又{}了", "昨晚特别{}", "莫名{}", "今天很{}，又下雨了", "心里{}，睡不着", "有点{}，想听歌",
        "下班路上很{}，地铁又晚点了", "{}，不知道怎么办", "今天很{}，绿毛龟又爬过琉璃瓦",
    ],
)  # fmt: skip
def test_a_feeling_alone_is_none(frame: str) -> None:
    texts = [frame.format(feeling) for feeling in FEELINGS]
    assert [text for text in texts if is_crisis(text)] == []


@pytest.mark.parametrize("table", ["states.csv", "states_held_back.csv"])
def test_no_described_state_is_one(table: str) -> None:
    with Path(__file__).with_name(table).open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    assert len(texts) >= 200
    assert [text for text in texts if is_crisis(text)] == []


@pytest.mark.parametrize("feeling", FEELINGS)
def test_a_feeling_hides_none(feeling: str) -> None:
    assert is_crisis(f"今天很{feeling}，不想活了")
    assert is_crisis(f"又{feeling}了，真想一睡不醒")


@pytest.mark.parametrize(
    "text",
    ["我不想活了", "我 不 想 活 了", "我不-想-活了", "我不想活了！", "我不想活了" + "。" * 50],
)
def test_spelling_does_not_hide_it(text: str) -> None:
    assert is_crisis(text)


def test_the_place_is_that_of_the_text() -> None:
    text = "😀今天很糟，我想自殺。"
    (sign,) = [one for one in find(text) if one.kind == "means"]
    assert text[sign.start : sign.end] == "自殺"


@pytest.mark.parametrize("text", ["", " ", "。", "\x00", "a" * 1000, "想" * 1000, "死" * 1000])
def test_odd_texts_are_read_quickly(text: str) -> None:
    find(text)


def test_the_speaker_of_a_quotation_matters() -> None:
    assert is_crisis("我对他说“我不想活了”")
    assert not is_crisis("歌词里写“我不想活了”")
    assert is_crisis('I told her "I want to die"')
    assert not is_crisis('the lyrics say "I want to die"')
