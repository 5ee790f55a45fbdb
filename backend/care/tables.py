"""Care plans: what a listener does not want, codes and consents, a clinician's lists and notes."""

from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.db.base import Base, BigId, Created, Exact, Pk, UtcDateTime


class CareLink(Base):
    """A clinician's access to one patient: asked by code, open once the patient confirmed.

    The scope is what the patient agreed to; ended links keep their audit trail, not their lists.
    """

    __tablename__ = "care_links"
    __table_args__ = (Index(None, "user_id", "ended_at"), Index(None, "clinician_id", "ended_at"))

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    """The patient."""
    clinician_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    may_list: Mapped[bool] = mapped_column(Boolean, default=False)
    """The patient agreed to allow and avoid lists."""
    may_note: Mapped[bool] = mapped_column(Boolean, default=False)
    """The patient agreed to notes."""
    asked_at: Mapped[Created]
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CareCode(Base):
    """A one-time code of a patient, kept as a hash; gone once used."""

    __tablename__ = "care_codes"

    user_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    code_hash: Mapped[str] = mapped_column(Exact(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CareItem(Base):
    """A style, artist or song that is wanted or avoided; avoid always wins.

    Without a link it is the patient's own; with one a clinician's, in force while the link is.
    """

    __tablename__ = "care_items"
    __table_args__ = (
        UniqueConstraint("user_id", "author_id", "kind", "target_id"),
        Index(None, "user_id", "avoid", "kind", "target_id"),
        Index(None, "link_id"),
    )

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    link_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("care_links.id", ondelete="CASCADE")
    )
    kind: Mapped[str] = mapped_column(Exact(8))
    """`genre`, `artist` or `song`."""
    target_id: Mapped[int] = mapped_column(BigId)
    avoid: Mapped[bool] = mapped_column(Boolean)
    created_at: Mapped[Created]


class CareNote(Base):
    """A clinician's note; the patient reads it, administrators never."""

    __tablename__ = "care_notes"
    __table_args__ = (Index(None, "link_id", "id"),)

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    link_id: Mapped[int] = mapped_column(BigId, ForeignKey("care_links.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Created]


class CareEvent(Base):
    """The audit log: who did what with a patient's plan, without contents."""

    __tablename__ = "care_events"
    __table_args__ = (Index(None, "user_id", "id"),)

    id: Mapped[Pk]
    user_id: Mapped[int] = mapped_column(BigId, ForeignKey("users.id", ondelete="CASCADE"))
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("users.id", ondelete="SET NULL"))
    what: Mapped[str] = mapped_column(Exact(16))
    created_at: Mapped[Created]
