"""Compose what a user sees of himself from the domains that hold it."""

from sqlalchemy.orm import Session

from backend.accounts import service
from backend.accounts.errors import SessionEnded
from backend.accounts.schemas import MeOut, TastesOut
from backend.accounts.tables import User
from backend.listening import service as listening
from backend.ratings import service as ratings
from backend.songs import cards
from backend.songs import service as songs
from backend.songs.schemas import ArtistRef, songs_out

RECENT_HEARTS = 4


def tastes_out(session: Session, *, user_id: int) -> TastesOut:
    """Return the picker's choices by name."""
    tastes = service.get_tastes(session, user_id=user_id)
    names = songs.artist_names(session, tastes.artist_ids)
    return TastesOut(
        genres=songs.genre_names(session, tastes.genre_ids),
        artists=[ArtistRef(id=i, name=names[i]) for i in tastes.artist_ids],
    )


def me_out(session: Session, *, user_id: int) -> MeOut:
    """Return who the user is.

    Raises:
        SessionEnded: the account is gone.
    """
    user = session.get(User, user_id)
    if user is None:
        raise SessionEnded
    tastes = tastes_out(session, user_id=user_id)
    hearts = ratings.recent_hearts(session, user_id=user_id, limit=RECENT_HEARTS)
    loved = cards.load_cards(session, hearts)
    return MeOut.model_validate(
        {
            "id": user.id,
            "username": user.username,
            "role": user.role,
            "bio": user.bio,
            "avatar": f"/api/avatars/{user.avatar}" if user.avatar else None,
            "created_at": user.created_at,
            "tastes": tastes,
            "has_history": bool(
                hearts
                or tastes.genres
                or tastes.artists
                or ratings.has_any(session, user_id=user_id)
                or listening.has_any(session, user_id=user_id)
            ),
            "recent_hearts": songs_out(session, loved, user_id=user_id),
        }
    )
