"""Wire types of recommendations. Reasons are facts; the front end words them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal, cast

import numpy as np
from pydantic import Field
from sqlalchemy.orm import Session

from backend.recommendations.names import Algorithm
from backend.recommendations.service import Newest, Placed, RecommendedRow
from backend.songs import cards
from backend.songs.schemas import SongOut, SongRef, songs_out
from backend.wire import Ids, In, Out
from models.features.interface import Modality
from models.recommender.interface import (
    Alike,
    Continues,
    FromPart,
    History,
    NearestLiked,
    OwnReason,
    Popular,
    Reason,
    SimilarListeners,
    SimilarTo,
)


class PopularReason(Out):
    kind: Literal["popular"]
    listeners: int
    days: int | None
    """Within this many days; null: ever."""


class SimilarToReason(Out):
    kind: Literal["similar_to"]
    song: SongRef
    similarity: float = Field(ge=0, le=1)
    """Cosine of the two songs' listener sets."""


class SimilarListenersReason(Out):
    kind: Literal["similar_listeners"]
    liked: int
    of: int


class ContinuesReason(Out):
    kind: Literal["continues"]
    songs: list[SongRef]
    ordered: bool
    """Whether it is known when these were heard; if not, the song is drawn from them, not next."""


class AlikePart(Out):
    """What a modality that both songs have adds to their cosine."""

    modality: Modality
    similarity: float = Field(ge=-1, le=1)


class NearestLikedReason(Out):
    kind: Literal["nearest_liked"]
    song: SongRef
    similarity: float = Field(ge=-1, le=1)
    """Cosine of the two songs' vectors in the two-tower's space."""


class AlikeReason(Out):
    kind: Literal["alike"]
    song: SongRef
    """The liked song that adds most to the score."""
    modality: Modality
    """What the two have most in common."""
    similarity: float = Field(ge=0, le=1)
    """Cosine of the two songs' features: the sum of the parts."""
    parts: list[AlikePart]


class TasteReason(Out):
    kind: Literal["taste"]
    pick: str
    """The genre or singer picked at sign-up."""


class NewestReason(Out):
    kind: Literal["newest"]


ReasonOut = Annotated[
    PopularReason
    | SimilarToReason
    | SimilarListenersReason
    | ContinuesReason
    | NearestLikedReason
    | AlikeReason
    | TasteReason
    | NewestReason,
    Field(discriminator="kind"),
]


class RecommendationOut(Out):
    song: SongOut
    score: float
    fallback: bool
    """A popular or new song that fills a gap."""
    part: str | None
    """In a blend: the recommender that adds most to the score and gives the reason."""
    reason: ReasonOut


class BasisOut(Out):
    """What the row rests on."""

    history: int
    """Events used."""
    hearts: int
    neighbours: int | None
    """Similar listeners found; null for other algorithms."""


class RowOut(Out):
    row_id: str
    algorithm: Algorithm
    state: Literal["ready", "training", "missing"]
    model_version: str | None
    data_until: datetime | None
    """When the data were taken that the model learned from."""
    made_at: datetime
    fallback: bool
    basis: BasisOut
    total: int
    items: list[RecommendationOut]


class RowsOut(Out):
    rows: list[RowOut]


class RowsQuery(In):
    exclude: Ids = Field(default_factory=list)
    """Songs that already stand on the page."""


class OneRowQuery(RowsQuery):
    limit: int | None = Field(default=None, ge=1, le=50)
    """Songs wanted. Left out: 8 of two_tower, 4 of the others."""
    offset: int = Field(default=0, ge=0, le=500)


class SimilarQuery(In):
    limit: int = Field(default=8, ge=1, le=24)


def rows_out(
    session: Session, rows: Sequence[RecommendedRow], *, user_id: int | None
) -> list[RowOut]:
    """Turn rows into their wire form, in a constant number of queries."""
    items = [item for row in rows for item in row.items]
    found = cards.load_cards(session, [item.song_id for item in items])
    by_id = {song.id: song for song in songs_out(session, found, user_id=user_id)}
    named = {song for item in items for song in _named(_parted(item.reason)[1])}
    titles = cards.titles(session, sorted(named))
    return [_row_out(row, by_id, titles) for row in rows]


def _row_out(row: RecommendedRow, cards: dict[int, SongOut], titles: dict[int, str]) -> RowOut:
    neighbours = next(
        (i.reason.of for i in row.items if isinstance(i.reason, SimilarListeners)), None
    )
    history = row.taste.history
    return RowOut(
        row_id=row.row_id,
        algorithm=row.algorithm,
        state=row.state,
        model_version=row.model_version,
        data_until=row.data_until,
        made_at=row.made_at,
        fallback=row.fallback,
        basis=BasisOut(history=row.taste.events, hearts=row.taste.hearts, neighbours=neighbours),
        total=row.total,
        items=[
            _item_out(item, cards[item.song_id], titles, history)
            for item in row.items
            if item.song_id in cards
        ],
    )


def _item_out(
    item: Placed, song: SongOut, titles: dict[int, str], history: History
) -> RecommendationOut:
    part, reason = _parted(item.reason)
    return RecommendationOut(
        song=song,
        score=round(item.score, 6),
        fallback=item.fallback,
        part=part,
        reason=_reason_out(reason, titles, history),
    )


def _parted(reason: Reason | Newest) -> tuple[str | None, OwnReason | Newest]:
    """Tell the part of a blend from what it says."""
    if isinstance(reason, FromPart):
        return reason.part, reason.reason
    return None, reason


def _named(reason: OwnReason | Newest) -> tuple[int, ...]:
    """Return the songs a reason speaks of."""
    if isinstance(reason, SimilarTo | NearestLiked | Alike):
        return (reason.item,)
    return reason.items if isinstance(reason, Continues) else ()


def _reason_out(reason: OwnReason | Newest, titles: dict[int, str], history: History) -> ReasonOut:
    """Word-free form of a reason; a song that stands for a pick gives way to the pick."""
    told = zip(history.items.tolist(), history.tastes, strict=True)
    picks = {song_id: pick for song_id, pick in told if pick is not None}
    named = _named(reason)
    if named and named[0] in picks:
        return TasteReason(kind="taste", pick=picks[named[0]])
    match reason:
        case Popular(listeners, days):
            return PopularReason(kind="popular", listeners=listeners, days=days)
        case SimilarTo(item, similarity):
            song = SongRef(id=item, title=titles[item])
            return SimilarToReason(kind="similar_to", song=song, similarity=round(similarity, 4))
        case NearestLiked(item, similarity):
            return NearestLikedReason(
                kind="nearest_liked",
                song=SongRef(id=item, title=titles[item]),
                similarity=round(similarity, 4),
            )
        case Alike(item, parts):
            return AlikeReason(
                kind="alike",
                song=SongRef(id=item, title=titles[item]),
                modality=cast(Modality, reason.modality),
                similarity=round(min(reason.similarity, 1.0), 4),
                parts=[
                    AlikePart(modality=cast(Modality, name), similarity=round(value, 4))
                    for name, value in parts
                ],
            )
        case SimilarListeners(liked, of):
            return SimilarListenersReason(kind="similar_listeners", liked=liked, of=of)
        case Continues(items):
            refs = [SongRef(id=i, title=titles[i]) for i in items if i not in picks]
            ordered = not np.isnan(history.timestamps[np.isin(history.items, items)]).any()
            return ContinuesReason(kind="continues", songs=refs, ordered=bool(ordered))
        case Newest():
            return NewestReason(kind="newest")
