"""Songs near one song: its vector, its listeners or its features, as if it were all one heard."""

import uuid

import numpy as np
from sqlalchemy.orm import Session

from backend.care.service import avoided_songs
from backend.db.base import utc_now
from backend.recommendations.history import Taste
from backend.recommendations.names import Algorithm
from backend.recommendations.rows import Page, SongFacts
from backend.recommendations.service import CANDIDATES, Placed, RecommendedRow
from backend.recommendations.shelf import Shelf
from backend.songs import cards
from backend.songs import service as songs
from models.recommender.interface import History, Ranked, Recommender

BY: tuple[Algorithm, ...] = ("two_tower", "itemcf", "multimodal")
"""The first that knows the song answers."""


def similar_row(
    session: Session, shelf: Shelf[Recommender], *, song_id: int, user_id: int | None, limit: int
) -> RecommendedRow:
    """Return songs near this one, nearest first, none of them avoided by the caller.

    The row is empty when no recommender knows the song; nothing stands in.

    Raises:
        SongNotFound: no such song.
    """
    songs.require(session, song_id=song_id)
    avoided = avoided_songs(session, user_id=user_id)
    alone = History(
        items=np.array([song_id]), values=np.ones(1, np.float32), timestamps=np.array([np.nan])
    )
    exclude = np.array([song_id, *avoided], dtype=np.int64)
    algorithm, loaded, ranked = BY[-1], None, Ranked()
    for name in BY:
        found = shelf.get(name)
        if found is None:
            continue
        algorithm, loaded = name, found
        ranked = found.model.recommend(alone, k=limit + CANDIDATES, exclude=exclude)
        if len(ranked):
            break
    places = {song: place for place, song in enumerate(ranked.items.tolist())}
    facts = {
        song: SongFacts(artist_id, work_id)
        for song, work_id, artist_id in cards.works(session, list(places))
    }
    chosen = Page(facts, shown={song_id}).fill(list(places), count=limit)
    return RecommendedRow(
        row_id=str(uuid.uuid4()),
        algorithm=algorithm,
        state="ready" if loaded else "missing",
        model_version=loaded.version if loaded else None,
        data_until=loaded.data_until if loaded else None,
        made_at=utc_now(),
        taste=Taste(alone, avoided, 0, 1),
        total=len(ranked),
        items=[
            Placed(s, float(ranked.scores[places[s]]), False, ranked.reasons[places[s]])
            for s in chosen
        ],
    )
