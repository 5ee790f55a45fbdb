"""Audio files of the operator's own folders."""

from datetime import datetime

from sqlalchemy import Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Exact, UtcDateTime


class AudioFile(Base):
    """The file a song is heard from. `size` and `modified_ns` tell whether it changed."""

    __tablename__ = "audio_files"

    song_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True
    )
    folder: Mapped[str] = mapped_column(Exact(500))
    path: Mapped[str] = mapped_column(Exact(500))
    """Below `folder`, with forward slashes."""
    mime: Mapped[str] = mapped_column(String(32))
    seconds: Mapped[float] = mapped_column(Double)
    size: Mapped[int] = mapped_column(BigId)
    modified_ns: Mapped[int] = mapped_column(BigId)
    scanned_at: Mapped[datetime] = mapped_column(UtcDateTime)


Index("ix_audio_files_folder", AudioFile.folder)
