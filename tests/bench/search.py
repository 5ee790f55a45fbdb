"""Search and pages of a large library, on the database the environment names."""

import json
import random
import statistics
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import insert

from backend.app import create_app
from backend.database import ready_engine
from backend.db.session import unit_of_work
from backend.extensions import limiter
from backend.search import index
from backend.settings import Settings
from backend.songs.tables import Album, Artist, Genre, Lyric, Song, SongArtist, SongGenre
from models.progress import silent
from tests import live
from tests.bench import library
from tests.bench.figures import Figure

SONGS = 100_000
GENRES = 12
_LANGUAGES = ("普通话", "普通话", "粤语", "英语", None)
_SECONDS = (None, 21.5, 24.0, 30.0)
_SINCE = date(1985, 1, 1)
_SIGNS = (
    "山水云风花月星河春秋冬夏城海梦路桥灯火歌雨雪长重行乐江湖天地人心夜光远近高低东西南北红绿青蓝白"
    "爱恨离别归来去年今日明朝酒茶琴剑马车船窗门楼台街巷灰尘草木叶鸟鱼龙虎声影镜烟雾港湾岛塔麦浪鹿"
)
_QUERIES = ("s", "sh", "yu", "山", "雨雪", "灯火歌", "春秋", "cq", "hai", "shan he",
    "chunqiu", "wugang", "wgdt", "changjiang", "雾gang", "雾港灯塔", "红绿青兰",
    "chunqiuu", "zzzzqqqq")  # fmt: skip


def in_child(environ: live.Environment, *, songs: int = SONGS) -> list[Figure]:
    """Measure in a process of its own."""
    ended = subprocess.run(
        live.python("-m", "tests.bench.search", str(songs)),
        env=environ, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    return [Figure(**row) for row in json.loads(ended.stdout)]


def measure(settings: Settings, *, songs: int) -> list[Figure]:
    """Return p50 and p95 of one search over so many songs, and the time a rebuild takes."""
    engine = ready_engine(settings, create=True)
    _fill(settings, songs)
    with unit_of_work(engine) as session:
        began = time.perf_counter()
        index.rebuild(session, silent)
        spent = time.perf_counter() - began
    engine.dispose()
    app = create_app(settings)
    limiter.enabled = False
    client = app.test_client()
    took: list[float] = []
    for _ in range(10):
        for query in _QUERIES:
            began = time.perf_counter()
            assert client.get("/api/search", query_string={"q": query}).status_code == 200
            took.append((time.perf_counter() - began) * 1000)
    where = "SQLite" if settings.is_sqlite else "MariaDB"
    return [
        Figure(f"search, {songs:,} songs, {where}, p50", statistics.median(took), "ms", 25.0),
        Figure(
            f"search, {songs:,} songs, {where}, p95", statistics.quantiles(took, n=20)[-1], "ms",
            50.0,
        ),
        Figure(f"search rebuild, {songs:,} songs, {where}", spent, "s", 600.0),
        *library.measure(client, songs=songs, where=where),
    ]  # fmt: skip


def _fill(settings: Settings, songs: int) -> None:
    rng, now = random.Random(7), datetime.now(UTC)
    stamps = {"created_at": now, "updated_at": now}
    first, singers = 20_000_000, max(1, songs // 20)

    def words(least: int, most: int) -> str:
        return "".join(rng.choices(_SIGNS, k=rng.randint(least, most)))

    engine = ready_engine(settings, create=True)
    with unit_of_work(engine) as session:
        named = [
            {"id": first + i, "source": "bench", "source_id": str(i), **stamps}
            for i in range(singers)
        ]
        session.execute(insert(Artist), [row | {"name": words(2, 4)} for row in named])
        session.execute(insert(Album), [row | {"title": words(2, 5)} for row in named])
        genres = [{"id": first + i, "name": f"曲风{i}"} for i in range(GENRES)]
        session.execute(insert(Genre), genres)
        for start in range(0, songs, 5_000):
            ids = range(start, min(start + 5_000, songs))
            session.execute(
                insert(Song),
                [
                    {"id": first + i, "source": "bench", "source_id": str(i), "title": words(2, 7),
                     "heat": rng.random() * 100, "album_id": first + i % singers,
                     "language": rng.choice(_LANGUAGES), "audio_seconds": rng.choice(_SECONDS),
                     "release_date": _SINCE + timedelta(days=rng.randrange(15_000)), **stamps}
                    for i in ids
                ],
            )  # fmt: skip
            session.execute(
                insert(SongArtist),
                [
                    {"song_id": first + i, "artist_id": first + i % singers, "position": 0}
                    for i in ids
                ],
            )
            session.execute(
                insert(SongGenre),
                [{"song_id": first + i, "genre_id": first + i % GENRES} for i in ids],
            )
            lines = ["\n".join(f"[00:{n:02}.00]{words(5, 9)}" for n in range(4)) for _ in ids]
            session.execute(
                insert(Lyric),
                [
                    {"song_id": first + i, "source": "bench", "kind": "lrc", "text": text,
                     "updated_at": now}
                    for i, text in zip(ids, lines, strict=True)
                    if i % 10  # a tenth has none
                ],
            )  # fmt: skip
    engine.dispose()


def main() -> None:
    """Measure and print as JSON."""
    figures = measure(Settings.from_environment(), songs=int(sys.argv[1]))
    print(json.dumps([asdict(one) for one in figures]))


if __name__ == "__main__":
    main()
