"""Where each song stands on the valence-arousal plane, and what listeners asked to keep."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Created, Exact, Pk, UtcDateTime


class SongMood(Base):
    """One song's place: valence and arousal in [-1, 1], and what it was told from.

    Written by `huisheng features`; a song without a row has no place (yet) and is in no journey.
    """

    __tablename__ = "song_moods"
    __table_args__ = (
        CheckConstraint("valence BETWEEN -1 AND 1", name="valence"),
        CheckConstraint("arousal BETWEEN -1 AND 1", name="arousal"),
        Index(None, "valence", "arousal"),
    )

    song_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("songs.id", ondelete="CASCADE"), primary_key=True
    )
    valence: Mapped[float] = mapped_column(Double)
    """-1 dark to 1 bright."""
    arousal: Mapped[float] = mapped_column(Double)
    """-1 calm to 1 stirred."""
    tempo: Mapped[float | None] = mapped_column(Double)
    """Beats per minute, folded, as heard in the audio; NULL without audio."""
    evidence: Mapped[str] = mapped_column(Exact(64))
    """What it was told from: a comma list of audio, lyrics, comments."""
    version: Mapped[str] = mapped_column(Exact(64))
    """Version of the placing; another one places the song again."""
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MoodCheck(Base):
    """How a listener felt after a journey; stored only when asked, and never with a text."""

    __tablename__ = "mood_checks"
    __table_args__ = (
        CheckConstraint("felt BETWEEN -1 AND 1", name="felt"),
        Index(None, "user_id", "id"),
    )

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    valence: Mapped[float] = mapped_column(Double)
    """The state one started from."""
    arousal: Mapped[float] = mapped_column(Double)
    wish_valence: Mapped[float] = mapped_column(Double)
    wish_arousal: Mapped[float] = mapped_column(Double)
    mode: Mapped[str] = mapped_column(Exact(8))
    """`iso` or `target`."""
    felt: Mapped[int] = mapped_column(SmallInteger)
    """-1 worse, 0 the same, 1 better."""
    created_at: Mapped[Created]
