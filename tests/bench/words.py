"""One text's sentiment through the API, and word clouds over a large library."""

import json
import random
import statistics
import subprocess
import time
from datetime import UTC, datetime

from sqlalchemy import insert

from backend.app import create_app
from backend.comments.jobs import load_judge
from backend.db.session import create_engine, unit_of_work
from backend.extensions import limiter
from backend.settings import Settings
from backend.songs.tables import Song
from backend.words.counting import sum_totals
from backend.words.tables import LYRICS, SongWord, Word
from models.artifacts import ArtifactStore
from models.sentiment.train import train
from tests import live
from tests.bench.figures import Figure

TEXT = "前奏一响就被治愈了，编曲干净又有层次，可惜结尾有点仓促，不过还是单曲循环了一整晚。"
SONGS, WORDS, EACH = 100_000, 30_000, 30


def in_child(environ: live.Environment, *, songs: int = SONGS) -> list[Figure]:
    """Measure in a process of its own."""
    ended = subprocess.run(
        live.python("-m", "tests.bench.words", str(songs)),
        env=environ, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    return [Figure(**row) for row in json.loads(ended.stdout)]


def measure(settings: Settings, *, songs: int) -> list[Figure]:
    """Return the medians of one analysis and of a global cloud over so many songs."""
    store = ArtifactStore(settings.artifacts_dir)
    if load_judge(store) is None:
        train("ensemble", store)
    _fill(settings, songs)
    app = create_app(settings)
    limiter.enabled = False
    client = app.test_client()
    analysis = _median_ms(lambda: client.post("/api/sentiment", json={"text": TEXT}), 300)
    cloud = _median_ms(lambda: client.get("/api/words/lyrics?top=100"), 30)
    return [
        Figure("one text's sentiment, p50", analysis, "ms", 5.0),
        Figure(f"cloud over {songs:,} songs, p50", cloud, "ms", 200.0),
    ]


def _median_ms(call: object, rounds: int) -> float:
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        answer = call()  # type: ignore[operator]
        spent.append((time.perf_counter() - began) * 1000)
        assert answer.status_code == 200, answer.text
    return statistics.median(spent)


def _fill(settings: Settings, songs: int) -> None:
    rng, now = random.Random(7), datetime.now(UTC)
    engine = create_engine(settings.url)
    with unit_of_work(engine) as session:
        first = 10_000_000
        session.execute(
            insert(Song),
            [
                {"id": first + i, "source": "bench", "source_id": str(i), "title": f"第{i}首",
                 "created_at": now, "updated_at": now}
                for i in range(songs)
            ],
        )  # fmt: skip
        session.execute(
            insert(Word), [{"id": first + i, "text": f"词{i}", "tone": 0.0} for i in range(WORDS)]
        )
        for start in range(0, songs, 5_000):
            session.execute(
                insert(SongWord),
                [
                    {"song_id": first + song, "kind": LYRICS, "word_id": first + word, "count": 1,
                     "positive": 0, "neutral": 0, "negative": 0}
                    for song in range(start, min(start + 5_000, songs))
                    for word in {int(rng.paretovariate(0.6)) % WORDS for _ in range(EACH)}
                ],
            )  # fmt: skip
        sum_totals(session)
    engine.dispose()


def main() -> None:
    import sys
    from dataclasses import asdict

    figures = measure(Settings.from_environment(), songs=int(sys.argv[1]))
    print(json.dumps([asdict(one) for one in figures]))


if __name__ == "__main__":
    main()
