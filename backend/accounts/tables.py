"""Who listens, their sessions, and what they picked at sign-up."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Created, Exact, Pk, UtcDateTime


class User(Base):
    """A person with a password, or an imported listener with a source and none."""

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("source", "source_id"),)

    id: Mapped[Pk]
    username: Mapped[str] = mapped_column(String(64))
    username_norm: Mapped[str] = mapped_column(Exact(190), unique=True)
    """NFKC + casefold; unique on every server whatever its collation."""
    password_hash: Mapped[str | None] = mapped_column(String(255))
    role: Mapped[str] = mapped_column(String(16), default="listener", index=True)
    bio: Mapped[str | None] = mapped_column(String(300))
    avatar: Mapped[str | None] = mapped_column(String(64))
    """Name of a file in `avatars`; a new picture has a new name."""
    source: Mapped[str | None] = mapped_column(Exact(64))
    source_id: Mapped[str | None] = mapped_column(Exact(128))
    created_at: Mapped[Created]


class LoginSession(Base):
    """One browser or client that logged in; its refresh tokens are one family."""

    __tablename__ = "login_sessions"

    id: Mapped[str] = mapped_column(Exact(36), primary_key=True)
    user_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), index=True
    )
    agent: Mapped[str | None] = mapped_column(String(255))
    """What the browser called itself."""
    created_at: Mapped[Created]
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RefreshToken(Base):
    """One rotation step of a login session."""

    __tablename__ = "refresh_tokens"

    jti: Mapped[str] = mapped_column(Exact(36), primary_key=True)
    session_id: Mapped[str] = mapped_column(
        Exact(36), ForeignKey("login_sessions.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[Created]
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    successor: Mapped[str | None] = mapped_column(Exact(36))


class PickedGenre(Base):
    """A style chosen in the picker; weak history until real taste arrives."""

    __tablename__ = "picked_genres"

    user_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    genre_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("genres.id", ondelete="CASCADE"), primary_key=True
    )

    __table_args__ = (Index(None, "genre_id"),)


class PickedArtist(Base):
    """A singer chosen in the picker."""

    __tablename__ = "picked_artists"

    user_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    artist_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("artists.id", ondelete="CASCADE"), primary_key=True
    )

    __table_args__ = (Index(None, "artist_id"),)
