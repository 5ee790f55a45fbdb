"""Codes and consents: a patient makes a code, a clinician enters it, the patient confirms."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backend.accounts.tables import User
from backend.care import service
from backend.care.errors import CareCodeInvalid, CareLinkNotFound, NotConsented
from backend.care.tables import CareCode, CareEvent, CareItem, CareLink, CareNote
from backend.db.base import table, utc_now
from backend.db.upsert import upsert

HOURS = 24
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 10
"""32^10 codes: nobody guesses one within a day at ten tries a minute."""


def make_code(session: Session, *, user_id: int) -> str:
    """Make a patient's code, once shown and good for a day; an older one ends."""
    code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    row = {
        "user_id": user_id,
        "code_hash": _hash(code),
        "expires_at": utc_now() + timedelta(hours=HOURS),
    }
    upsert(session, CareCode, [row], key=("user_id",), update=["code_hash", "expires_at"])
    service.record(session, user_id=user_id, actor_id=user_id, what="code")
    return code


def enter_code(session: Session, *, clinician_id: int, code: str) -> CareLink:
    """Use a code up; the link waits for the patient.

    Raises:
        CareCodeInvalid: unknown, used, expired, or one's own.
    """
    codes = table(CareCode)
    held = (codes.c.code_hash == _hash(code)) & (codes.c.expires_at > utc_now())
    user_id = session.scalar(select(codes.c.user_id).where(held))
    if user_id is None or user_id == clinician_id:
        raise CareCodeInvalid
    # Whoever deletes the row has the code: two who enter it at once get one link.
    used = session.execute(delete(codes).where(held))
    if not used.rowcount:  # type: ignore[attr-defined]  # a delete's result counts rows
        raise CareCodeInvalid
    link = CareLink(user_id=user_id, clinician_id=clinician_id)
    session.add(link)
    session.flush()
    service.record(session, user_id=user_id, actor_id=clinician_id, what="asked")
    return link


def confirm(
    session: Session, *, user_id: int, link_id: int, may_list: bool, may_note: bool
) -> CareLink:
    """Let the patient agree to the named scope; again, to change it.

    Raises:
        CareLinkNotFound: no open link of this patient.
    """
    link = _open(session, link_id, CareLink.user_id == user_id)
    link.may_list, link.may_note = may_list, may_note
    link.confirmed_at = utc_now()
    session.flush()
    service.record(session, user_id=user_id, actor_id=user_id, what="confirmed")
    return link


def end(session: Session, *, user_id: int, link_id: int) -> None:
    """End a link, by either side; the clinician's lists and notes go.

    Raises:
        CareLinkNotFound: no open link of this person.
    """
    either = (CareLink.user_id == user_id) | (CareLink.clinician_id == user_id)
    link = _open(session, link_id, either)
    link.ended_at = utc_now()
    session.flush()
    for one in (table(CareItem), table(CareNote)):
        session.execute(delete(one).where(one.c.link_id == link_id))
    service.record(session, user_id=link.user_id, actor_id=user_id, what="ended")


def links_of(session: Session, *, user_id: int) -> Sequence[Any]:
    """Return (link, clinician's name) of a patient's open links."""
    return session.execute(
        select(CareLink, User.username)
        .join(User, User.id == CareLink.clinician_id)
        .where(CareLink.user_id == user_id, CareLink.ended_at.is_(None))
        .order_by(CareLink.id)
    ).all()


def patients_of(session: Session, *, clinician_id: int) -> Sequence[Any]:
    """Return (link, patient's name) of a clinician's open links."""
    return session.execute(
        select(CareLink, User.username)
        .join(User, User.id == CareLink.user_id)
        .where(CareLink.clinician_id == clinician_id, CareLink.ended_at.is_(None))
        .order_by(CareLink.id)
    ).all()


def for_lists(session: Session, *, clinician_id: int, link_id: int) -> CareLink:
    """Return the link under which lists may be written.

    Raises:
        CareLinkNotFound, NotConsented: as named.
    """
    link = _open(session, link_id, CareLink.clinician_id == clinician_id)
    if link.confirmed_at is None or not link.may_list:
        raise NotConsented("lists")
    return link


def add_note(session: Session, *, clinician_id: int, link_id: int, text: str) -> CareNote:
    """Write a note.

    Raises:
        CareLinkNotFound, NotConsented: as named.
    """
    link = _open(session, link_id, CareLink.clinician_id == clinician_id)
    if link.confirmed_at is None or not link.may_note:
        raise NotConsented("notes")
    note = CareNote(user_id=link.user_id, link_id=link.id, text=text)
    session.add(note)
    session.flush()
    service.record(session, user_id=link.user_id, actor_id=clinician_id, what="noted")
    return note


def notes(session: Session, *, link_ids: Sequence[int]) -> Sequence[CareNote]:
    """Return the notes under links, newest first; the caller knows whose they are."""
    found = select(CareNote).where(CareNote.link_id.in_(link_ids))
    return session.scalars(found.order_by(CareNote.id.desc())).all()


def events(session: Session, *, user_id: int, limit: int) -> Sequence[Any]:
    """Return (event, actor's name or None) of a patient's log, newest first."""
    return session.execute(
        select(CareEvent, User.username)
        .outerjoin(User, User.id == CareEvent.actor_id)
        .where(CareEvent.user_id == user_id)
        .order_by(CareEvent.id.desc())
        .limit(limit)
    ).all()


def _open(session: Session, link_id: int, whose: Any) -> CareLink:
    # Touched before it is read: two changes of one link stand in line.
    link = table(CareLink)
    session.execute(update(link).where(link.c.id == link_id).values(may_note=link.c.may_note))
    found = session.scalars(
        select(CareLink)
        .where(CareLink.id == link_id, CareLink.ended_at.is_(None), whose)
        .execution_options(populate_existing=True)
    ).first()
    if found is None:
        raise CareLinkNotFound(link_id)
    return found


def _hash(code: str) -> str:
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
