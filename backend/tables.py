"""Every table there is, imported so that `Base.metadata` is complete."""

from backend.accounts import tables as accounts
from backend.audio import tables as audio
from backend.blocks import tables as blocks
from backend.care import tables as care
from backend.comments import tables as comments
from backend.db.base import Base
from backend.healing import tables as healing
from backend.ingest import tables as ingest
from backend.jobs import tables as jobs
from backend.listening import tables as listening
from backend.playlists import tables as playlists
from backend.ratings import tables as ratings
from backend.recommendations import tables as recommendations
from backend.search import tables as search
from backend.songs import tables as songs
from backend.words import tables as words

__all__ = [
    "Base",
    "accounts",
    "audio",
    "blocks",
    "care",
    "comments",
    "healing",
    "ingest",
    "jobs",
    "listening",
    "playlists",
    "ratings",
    "recommendations",
    "search",
    "songs",
    "words",
]
