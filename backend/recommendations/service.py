"""Rows for a listener: history in, ranked songs with reasons and model version out."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
import structlog
from sqlalchemy.orm import Session

from backend.care.newest import newest_for
from backend.care.service import wanted_among
from backend.db.base import utc_now
from backend.jobs import service as jobs
from backend.recommendations.history import Taste, read_taste
from backend.recommendations.names import HOME_ROWS, OPTIONAL, Algorithm
from backend.recommendations.rows import Page, SongFacts
from backend.recommendations.shelf import Loaded, Shelf
from backend.recommendations.variety import varied
from backend.recommendations.wishes import WANTED, raised
from backend.songs import cards, lists
from models.recommender.blend import Blend
from models.recommender.interface import FromPart, History, Ranked, Reason, Recommender

log = structlog.get_logger()

ROW = 4
TOWER_ROW = 8
"""What the two-tower gives when nothing else is asked."""
CANDIDATES = 40
"""Songs asked of a recommender beyond those wanted, for the row rules to choose from."""
FILLERS = 200
"""Popular, then new songs that a gap is filled from."""
TRAINING = "train"
"""The kind of the jobs that train."""


@dataclass(frozen=True)
class Newest:
    """There is nothing else to say than that the song is new."""


@dataclass(frozen=True)
class Placed:
    """A song in a row. `fallback` marks a popular or new song that fills a gap."""

    song_id: int
    score: float
    fallback: bool
    reason: Reason | Newest


@dataclass(frozen=True)
class RecommendedRow:
    row_id: str
    algorithm: Algorithm
    state: Literal["ready", "training", "missing"]
    model_version: str | None
    data_until: datetime | None
    made_at: datetime
    taste: Taste
    total: int
    """How many songs the recommender could place."""
    items: list[Placed]

    @property
    def fallback(self) -> bool:
        """Whether nothing in it is the recommender's own."""
        return self.algorithm != "popularity" and all(item.fallback for item in self.items)


NOBODY = Taste(
    History(
        items=np.empty(0, dtype=np.int64),
        values=np.empty(0, dtype=np.float32),
        timestamps=np.empty(0),
    ),
    frozenset(),
    0,
    0,
)


def home_rows(
    session: Session, shelf: Shelf[Recommender], *, user_id: int | None, shown: Collection[int] = ()
) -> list[RecommendedRow]:
    """Return the rows of the home page: personal ones, or 热门 for a visitor.

    The page shows the newest songs above them, so these stand in no row.
    """
    names: Sequence[Algorithm] = ("popularity",)
    if user_id is not None:
        names = [name for name in HOME_ROWS if name not in OPTIONAL or shelf.get(name)]
    maker = _Maker(session, shelf, user_id)
    newest = newest_for(session, user_id=user_id, limit=ROW)
    return maker.rows(names, count=ROW, offset=0, shown={*shown, *newest})


def one_row(
    session: Session,
    shelf: Shelf[Recommender],
    *,
    algorithm: Algorithm,
    user_id: int | None,
    limit: int,
    offset: int,
    shown: Collection[int] = (),
) -> RecommendedRow:
    """Return a slice of one recommender's ranking, none of it in `shown`."""
    maker = _Maker(session, shelf, user_id)
    return maker.rows((algorithm,), count=limit, offset=offset, shown=shown)[0]


class _Maker:
    """Makes the rows of one request."""

    def __init__(self, session: Session, shelf: Shelf[Recommender], user_id: int | None) -> None:
        self.session = session
        self.shelf = shelf
        self.user_id = user_id
        self.wanted: frozenset[int] = frozenset()
        self.taste = NOBODY if user_id is None else read_taste(session, user_id=user_id)
        self.known = np.fromiter(self.taste.known, dtype=np.int64)

    def rows(
        self, names: Sequence[Algorithm], *, count: int, offset: int, shown: Collection[int]
    ) -> list[RecommendedRow]:
        loaded = {name: self.shelf.get(name) for name in names}
        rankings = {
            name: self._rank(model, count + offset + CANDIDATES) for name, model in loaded.items()
        }
        rankings = self._wished(rankings)
        if "blend" in rankings:
            tower = self.shelf.get("two_tower")
            rankings["blend"] = varied(rankings["blend"], tower.model if tower else None)
        page = Page(self._facts([i for r in rankings.values() for i in r.items.tolist()]), shown)
        training = self._training([name for name in names if loaded[name] is None])
        rows = []
        for name in names:
            ranked, model = rankings[name], loaded[name]
            places = {song_id: place for place, song_id in enumerate(ranked.items.tolist())}
            chosen = page.fill(list(places), count=count, offset=offset)
            items = [
                Placed(s, float(ranked.scores[places[s]]), False, ranked.reasons[places[s]])
                for s in chosen
            ]
            rows.append(
                RecommendedRow(
                    row_id=str(uuid.uuid4()),
                    algorithm=name,
                    state="ready" if model else "training" if name in training else "missing",
                    model_version=model.version if model else None,
                    data_until=model.data_until if model else None,
                    made_at=utc_now(),
                    taste=self.taste,
                    total=len(ranked),
                    items=items,
                )
            )
            if model is not None:
                self._log(rows[-1], model.model)
        # Gaps are filled last, so that a filler never takes a song another row has a reason for.
        # A later slice just ends: its listener has seen all there is.
        if offset == 0:
            for row in rows:
                self._fill_gap(page, row, count)
        return rows

    def _rank(self, model: Loaded[Recommender] | None, k: int) -> Ranked:
        if model is None:
            return Ranked()
        return model.model.recommend(self.taste.history, k=k, exclude=self.known)

    def _wished(self, rankings: dict[Algorithm, Ranked]) -> dict[Algorithm, Ranked]:
        """Raise what the listener wants."""
        if self.user_id is None:
            return rankings
        found = sorted({song for ranked in rankings.values() for song in ranked.items.tolist()})
        self.wanted = wanted_among(self.session, user_id=self.user_id, songs=found)
        return {name: raised(ranked, self.wanted) for name, ranked in rankings.items()}

    def _log(self, row: RecommendedRow, model: Recommender) -> None:
        """Log how the scores of a blend add up; whose row it is stays unsaid."""
        if not isinstance(model, Blend):
            return
        log.info(
            "row",
            row_id=row.row_id,
            algorithm=row.algorithm,
            model_version=row.model_version,
            weights={label: part.weight for label, part in model.config.parts.items()},
            wanted=WANTED,
            songs=[
                {
                    "song": item.song_id,
                    "score": round(item.score, 6),
                    "wanted": item.song_id in self.wanted,
                    "terms": {label: round(term, 6) for label, term in item.reason.terms},
                }
                for item in row.items
                if isinstance(item.reason, FromPart)
            ],
        )

    def _facts(self, ids: Collection[int]) -> dict[int, SongFacts]:
        return {
            song_id: SongFacts(artist_id, work_id)
            for song_id, work_id, artist_id in cards.works(self.session, list(set(ids)))
        }

    def _training(self, missing: Sequence[Algorithm]) -> set[str]:
        return jobs.running(self.session, kind=TRAINING) if missing else set()

    def _fill_gap(self, page: Page, row: RecommendedRow, count: int) -> None:
        if len(row.items) == count:
            return
        popular = self._rank(self.shelf.get("popularity"), FILLERS)
        reasons: dict[int, tuple[float, Reason | Newest]] = {
            song_id: (float(score), reason)
            for song_id, score, reason in zip(
                popular.items.tolist(), popular.scores, popular.reasons, strict=True
            )
        }
        for song_id in lists.newest_ids(self.session, limit=FILLERS):
            if song_id not in self.taste.known:
                reasons.setdefault(song_id, (0.0, Newest()))
        page.facts.update(self._facts(reasons))
        held = [item.song_id for item in row.items]
        for song_id in page.fill(list(reasons), count=count - len(held), row=held):
            row.items.append(Placed(song_id, reasons[song_id][0], True, reasons[song_id][1]))
