"""What people type, and what they should find among the first five."""

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.search.service import Found, search

TOP = 5
# typed, group, name that must be among the first five
TABLE = (
    ("雾港灯塔", "songs", "雾港灯塔"), ("雾港", "songs", "雾港灯塔"),
    ("港灯", "songs", "雾港灯塔"), ("灯塔", "songs", "雾港灯塔"), ("塔", "songs", "雾港灯塔"),
    ("霧港燈塔", "songs", "雾港灯塔"), ("wugangdengta", "songs", "雾港灯塔"),
    ("wu gang deng ta", "songs", "雾港灯塔"), ("dengta", "songs", "雾港灯塔"),
    ("gangdeng", "songs", "雾港灯塔"), ("wgdt", "songs", "雾港灯塔"),
    ("w g d t", "songs", "雾港灯塔"), ("gdt", "songs", "雾港灯塔"),
    ("wugangdeng", "songs", "雾港灯塔"), ("wugangd", "songs", "雾港灯塔"),
    ("雾gang", "songs", "雾港灯塔"), ("wu港", "songs", "雾港灯塔"),
    ("雾gdt", "songs", "雾港灯塔"), ("雾巷灯塔", "songs", "雾港灯塔"),
    ("物港灯塔", "songs", "雾港灯塔"), ("wugamgdengta", "songs", "雾港灯塔"),
    ("wugandengta", "songs", "雾港灯塔"), ("wuganggdengta", "songs", "雾港灯塔"),
    ("陈渡 归航", "songs", "归航"), ("chendu guihang", "songs", "归航"),
    ("guihang", "songs", "归航"), ("gh", "songs", "归航"), ("归杭", "songs", "归航"),
    ("麦浪", "songs", "麦浪"), ("mailang", "songs", "麦浪"), ("麥浪", "songs", "麦浪"),
    ("ml", "songs", "麦浪"), ("zhangda", "songs", "长大以后"), ("changda", "songs", "长大以后"),
    ("zhangdayihou", "songs", "长大以后"), ("zdyh", "songs", "长大以后"),
    ("cdyh", "songs", "长大以后"), ("长大以后", "songs", "长大以后"),
    ("yinhangjie", "songs", "银行街的猫"), ("yinxingjie", "songs", "银行街的猫"),
    ("yhjdm", "songs", "银行街的猫"), ("jiedemao", "songs", "银行街的猫"),
    ("xingzou", "songs", "行走的树"), ("hangzou", "songs", "行走的树"),
    ("chongqing", "songs", "重庆夜话"), ("zhongqing", "songs", "重庆夜话"),
    ("yinyuehe", "songs", "音乐盒"), ("yinlehe", "songs", "音乐盒"), ("jianlu", "songs", "见鹿"),
    ("雨", "songs", "雨"), ("yu", "songs", "雨"), ("听雨的人", "songs", "听雨的人"),
    ("tingyu", "songs", "听雨的人"), ("聽雨", "songs", "听雨的人"),
    ("moonlight", "songs", "Moonlight Harbor"), ("MOONLIGHT HARBOR", "songs", "Moonlight Harbor"),
    ("moonlihgt harbor", "songs", "Moonlight Harbor"), ("harbor", "songs", "Moonlight Harbor"),
    ("paperboats", "songs", "Paper Boats"), ("paper bots", "songs", "Paper Boats"),
    ("pb", "songs", "Paper Boats"), ("月下独酌", "songs", "月下独酌"),
    ("yuexia", "songs", "月下独酌"), ("yxdz", "songs", "月下独酌"),
    ("huanxiang", "songs", "还乡"), ("haixiang", "songs", "还乡"),
    ("后来的风", "songs", "後來的風"), ("houlaidefeng", "songs", "後來的風"),
    ("听海", "songs", "聽海"), ("tinghai", "songs", "聽海"), ("7号公路", "songs", "7号公路"),
    ("7haogonglu", "songs", "7号公路"), ("shalou", "songs", "沙漏"),
    ("lvxingzhe", "songs", "旅行者一号"), ("薄荷糖", "songs", "薄荷糖"),
    ("bohetang", "songs", "薄荷糖"), ("baohetang", "songs", "薄荷糖"),
    ("zhaoyang", "songs", "朝阳"), ("chaoyang", "songs", "朝阳"),
    ("仲夏夜取", "songs", "仲夏夜曲"), ("陈渡", "artists", "陈渡"), ("chendu", "artists", "陈渡"),
    ("cd", "artists", "陈渡"), ("陳渡", "artists", "陈渡"), ("绿洲", "artists", "绿洲计划"),
    ("lvzhou", "artists", "绿洲计划"), ("单车少年", "artists", "單車少年"),
    ("nvwu", "artists", "女巫茶馆"), ("moon harbor", "artists", "Moon Harbor"),
    ("guxilou", "artists", "顾西楼"), ("顾西褛", "artists", "顾西楼"),
    ("北纬三十", "albums", "北纬三十"), ("beiwei", "albums", "北纬三十"),
    ("bwss", "albums", "北纬三十"), ("沙与海", "albums", "沙与海"),
    ("night lines", "albums", "Night Lines"), ("jianluji", "albums", "见鹿集"),
    ("三次眼", "lyrics", "灯塔眨了三次眼"), ("回家的路", "lyrics", "船就认得回家的路"),
    ("huijiadelu", "lyrics", "船就认得回家的路"), ("千里江山", "lyrics", "千里江山只此一笔"),
    ("qljs", "lyrics", "千里江山只此一笔"),
    ("quiet water", "lyrics", "carry me over the quiet water"),
    ("空旷的操场", "lyrics", "風吹過空曠的操場"), ("太阳系", "lyrics", "替我去看看太阳系的边"),
)  # fmt: skip


def _names(found: Found, group: str) -> list[str]:
    return {
        "songs": [hit.thing.song.title for hit in found.songs],
        "artists": [hit.thing.name for hit in found.artists],
        "albums": [hit.thing.title for hit in found.albums],
        "lyrics": [hit.text for hit in found.lyrics],
    }[group]


def test_what_is_typed_is_found_among_the_first_five(search_session: Session) -> None:
    assert len(TABLE) >= 60
    missed = []
    for typed, group, name in TABLE:
        found = _names(search(search_session, q=typed, limit=TOP), group)
        if name not in found:
            missed.append((typed, name, found))
    print(f"{len(TABLE) - len(missed)} of {len(TABLE)} found")
    assert len(missed) <= 0.05 * len(TABLE), missed


@pytest.mark.parametrize(
    ("typed", "kind", "marked"),
    [
        ("港灯", "text", "港灯"),
        ("gangdeng", "pinyin", "港灯"),
        ("gdt", "initials", "港灯塔"),
        ("雾gang", "mixed", "雾港"),
        ("燈塔", "text", "灯塔"),
        ("雾巷灯塔", "fuzzy", "雾港灯塔"),
    ],
)
def test_the_kind_is_named_and_the_place_marked(
    search_session: Session, typed: str, kind: str, marked: str
) -> None:
    [hit, *_] = [
        h
        for h in search(search_session, q=typed, limit=TOP).songs
        if h.thing.song.title == "雾港灯塔"
    ]
    [(start, end)] = hit.match.spans
    assert (hit.match.kind, hit.field, hit.text[start:end]) == (kind, "title", marked)


def test_a_slip_names_what_was_meant(search_session: Session) -> None:
    assert search(search_session, q="雾巷灯塔", limit=TOP).suggestion == "雾港灯塔"
    assert search(search_session, q="雾港灯塔", limit=TOP).suggestion is None


@pytest.mark.parametrize("typed", ["", "!!!", "％", '"*', "zzqqxxvvkk", "NEAR(", "+-@~", "𠮷"])
def test_what_stands_nowhere_finds_nothing_and_breaks_nothing(
    search_session: Session, typed: str
) -> None:
    found = search(search_session, q=typed, limit=TOP)
    assert (found.songs, found.artists, found.albums, found.lyrics) == ([], [], [], [])


def test_any_number_of_hits_takes_the_same_queries(
    search_session: Session, searched: Engine
) -> None:
    ran: list[str] = []

    def note(_c: object, _k: object, statement: str, *_: object) -> None:
        ran.append(statement)

    sa.event.listen(searched, "before_cursor_execute", note)
    counts = []
    for limit in (1, 50):
        ran.clear()
        search(search_session, q="山", limit=limit)
        counts.append(len(ran))
    sa.event.remove(searched, "before_cursor_execute", note)
    assert counts[0] == counts[1] == 14
