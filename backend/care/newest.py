"""The newest songs as a page proposes them: without what the caller avoids."""

from sqlalchemy.orm import Session

from backend.care.service import avoided_songs
from backend.songs import lists


def newest_for(session: Session, *, user_id: int | None, limit: int) -> list[int]:
    """Return the newest songs, release date descending, none of them avoided."""
    avoided = avoided_songs(session, user_id=user_id)
    found = lists.newest_ids(session, limit=limit + len(avoided))
    return [song_id for song_id in found if song_id not in avoided][:limit]
