"""A library that is committed: InnoDB's full-text index knows nothing before."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.db import schema
from backend.db.session import create_engine, unit_of_work
from backend.ingest.records import AlbumRecord, ArtistRecord, LyricRecord, Record, SongRecord
from backend.ingest.service import store
from backend.songs.service import refresh_totals
from tests import mariadb

NAMES = (
    # singer, album, song, a lyric line
    ("陈渡", "北纬三十", "雾港灯塔", "灯塔眨了三次眼"),
    ("陈渡", "北纬三十", "归航", "船就认得回家的路"),
    ("江野", "麦浪", "麦浪", "风把整个夏天吹成金黄"),
    ("江野", "麦浪", "长大以后", "我们都长成了别人"),
    ("白屿", "银行街", "银行街的猫", "它在窗台上数星星"),
    ("白屿", "银行街", "行走的树", "一步一步走进秋天"),
    ("乐山", "重庆夜话", "重庆夜话", "江水把灯火揉碎"),
    ("乐山", "重庆夜话", "音乐盒", "转啊转不停的小木马"),
    ("林深", "见鹿集", "见鹿", "林深时分有鹿走过"),
    ("林深", "见鹿集", "青绿", "千里江山只此一笔"),
    ("宋朝雨", "雨声", "雨", "下了一整夜没有停"),
    ("宋朝雨", "雨声", "听雨的人", "屋檐替我说了很多话"),
    ("Moon Harbor", "Night Lines", "Moonlight Harbor", "carry me over the quiet water"),
    ("Moon Harbor", "Night Lines", "Paper Boats", "fold the letters into paper boats"),
    ("顾西楼", "月下", "月下独酌", "举杯邀影成三人"),
    ("顾西楼", "月下", "还乡", "故乡的桥还在等我"),
    ("單車少年", "後來", "後來的風", "風吹過空曠的操場"),
    ("單車少年", "後來", "聽海", "海浪說著聽不懂的話"),
    ("绿洲计划", "沙与海", "沙漏", "时间从指缝里漏下来"),
    ("绿洲计划", "沙与海", "7号公路", "沿着七号公路一直向南"),
    ("女巫茶馆", "薄荷糖", "薄荷糖", "舌尖上一小块冬天"),
    ("女巫茶馆", "薄荷糖", "旅行者一号", "替我去看看太阳系的边"),
    ("夏弥", "仲夏", "仲夏夜曲", "蝉鸣是夏天的电流"),
    ("夏弥", "仲夏", "朝阳", "朝着朝阳的方向奔跑"),
)


def _records() -> list[Record]:
    records: list[Record] = []
    noise = "山水云风花月星河春秋冬夏城海梦路桥灯火歌"
    rows = [*NAMES]
    for i in range(400):
        a, b, c = (noise[(i * k + k) % len(noise)] for k in (1, 7, 11))
        rows.append((f"{b}{c}{a}", f"{c}{b}", f"{a}{b}{c}{noise[i % 19]}", f"{c}{a}在{b}里"))
    for i, (singer, album, title, line) in enumerate(rows):
        key, singer_key, album_key = str(i), singer.replace(" ", ""), album.replace(" ", "")
        records += [
            ArtistRecord(source="test", source_id=singer_key, name=singer),
            AlbumRecord(source="test", source_id=album_key, title=album, artist=singer_key),
            SongRecord(
                source="test", source_id=key, title=title, artists=[singer_key], album=album_key,
                heat=float(i % 90),
            ),
            LyricRecord(source="test", source_id=key, kind="lrc", text=f"[00:01.00]{line}"),
        ]  # fmt: skip
    return records


@pytest.fixture(scope="session")
def searched(
    request: pytest.FixtureRequest,
    database_url: str,
    tmp_path_factory: pytest.TempPathFactory,
    zone: ZoneInfo,
) -> Iterator[Engine]:
    """A database with a library, all of it committed."""
    if database_url.startswith("sqlite"):
        folder: Path = tmp_path_factory.mktemp("search")
        engine = create_engine(f"sqlite:///{folder / 'search.db'}")
    else:
        server: mariadb.Server = request.getfixturevalue("mariadb_server")
        engine = create_engine(server.create("search"))
    schema.upgrade(engine)
    with unit_of_work(engine) as session:
        counts = store(session, _records(), zone=zone)
        assert not counts.refusals
        refresh_totals(session)
    yield engine
    engine.dispose()


@pytest.fixture
def search_session(searched: Engine) -> Iterator[Session]:
    """A session on that library; what it writes is undone."""
    with Session(searched) as session:
        yield session
        session.rollback()
