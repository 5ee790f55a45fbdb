"""Score what waits, and count its words: new comments, changed ones, all for a new model."""

from dataclasses import dataclass

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from backend.comments.scores import (
    Judge,
    count_unscored,
    has_unscored,
    recount_songs,
    store_scores,
    unscored,
)
from backend.db.session import unit_of_work
from backend.words.counting import (
    count_comments,
    count_lyrics,
    has_uncounted,
    sum_comments,
    sum_totals,
)
from models.artifacts import ArtifactStore
from models.progress import Progress, silent
from models.sentiment.registry import DEFAULT, artifact_name, load_ensemble

BATCH = 2_000


@dataclass(frozen=True)
class Done:
    """How much was scored and counted."""

    comments: int
    lyrics: int


def load_judge(store: ArtifactStore) -> Judge | None:
    """Load the promoted scorer, None before one is trained."""
    artifact = store.current(artifact_name(DEFAULT))
    if artifact is None:
        return None
    return Judge(load_ensemble(artifact), artifact.manifest.version)


def waits(session: Session, store: ArtifactStore) -> bool:
    """Tell whether anything waits and there is a scorer for it."""
    version = store.current_version(artifact_name(DEFAULT))
    return version is not None and (
        has_unscored(session, version=version) or has_uncounted(session)
    )


def score_and_count(engine: Engine, judge: Judge, *, progress: Progress = silent) -> Done:
    """Work through everything that waits, a batch a transaction."""
    with Session(engine) as session:
        total = count_unscored(session, version=judge.version)
    comments = lyrics = 0
    while True:
        with unit_of_work(engine) as session:
            rows = unscored(session, version=judge.version, limit=BATCH)
            if not rows:
                break
            texts = [(row.id, row.text) for row in rows]
            songs = {row.song_id for row in rows}
            store_scores(session, judge, texts)
            count_comments(session, texts, judge.scorer)
            recount_songs(session, songs)
            sum_comments(session, songs)
        comments += len(rows)
        progress("comments", comments, total)
    while True:
        with unit_of_work(engine) as session:
            found = count_lyrics(session, judge.scorer, limit=BATCH)
        if not found:
            break
        lyrics += found
        progress("lyrics", lyrics, None)
    if comments or lyrics:
        progress("totals", 0, None)
        with unit_of_work(engine) as session:
            sum_totals(session)
    return Done(comments, lyrics)
