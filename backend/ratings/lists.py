"""Wire lists of one's own taste: songs with what one gave them."""

from datetime import datetime

from sqlalchemy.orm import Session

from backend.ratings import service
from backend.songs import cards
from backend.songs.schemas import SongOut, songs_out
from backend.wire import Out, Page, PageQuery


class RatedOut(Out):
    song: SongOut
    stars: int
    heart: bool
    updated_at: datetime


class RatedPage(Page[RatedOut]):
    pass


class HiddenOut(Out):
    song: SongOut
    hidden_at: datetime


class HiddenPage(Page[HiddenOut]):
    pass


def _songs(session: Session, ids: list[int], user_id: int) -> list[SongOut]:
    return songs_out(session, cards.load_cards(session, ids), user_id=user_id)


def rated_page(session: Session, *, user_id: int, page: PageQuery) -> RatedPage:
    """Return one page of what the user rated."""
    rated, total = service.list_ratings(
        session, user_id=user_id, offset=page.offset, limit=page.per_page
    )
    found = _songs(session, [r.song_id for r in rated], user_id)
    items = [
        RatedOut(song=song, stars=r.stars, heart=r.stars == service.HEART, updated_at=r.updated_at)
        for song, r in zip(found, rated, strict=True)
    ]
    return RatedPage(items=items, page=page.page, per_page=page.per_page, total=total)


def hidden_page(session: Session, *, user_id: int, page: PageQuery) -> HiddenPage:
    """Return one page of what the user hid."""
    hidden, total = service.list_hidden(
        session, user_id=user_id, offset=page.offset, limit=page.per_page
    )
    found = _songs(session, [song_id for song_id, _ in hidden], user_id)
    items = [
        HiddenOut(song=song, hidden_at=at) for song, (_, at) in zip(found, hidden, strict=True)
    ]
    return HiddenPage(items=items, page=page.page, per_page=page.per_page, total=total)
