"""Wire types of care plans."""

from collections.abc import Sequence
from datetime import datetime
from typing import Self

from pydantic import Field, StrictBool, model_validator

from backend.care.service import Kind, Wish
from backend.care.tables import CareLink, CareNote
from backend.wire import MAX_ID, Id, In, Out


class WishIn(In):
    """A style by its name, an artist or a song by its id."""

    kind: Kind
    target_id: Id | None = None
    name: str | None = Field(default=None, min_length=1, max_length=64)
    avoid: StrictBool
    """True: never propose it. False: it is wanted; an avoid of anybody still wins."""

    @model_validator(mode="after")
    def _named(self) -> Self:
        if (self.name if self.kind == "genre" else self.target_id) is None:
            raise ValueError("a style needs its name, an artist or a song its target_id")
        return self


class WishOut(Out):
    kind: Kind
    target_id: int = Field(ge=1, le=MAX_ID)
    name: str
    avoid: bool


class NoteOut(Out):
    id: int
    text: str
    created_at: datetime


class NoteIn(In):
    text: str = Field(min_length=1, max_length=2000)


class LinkOut(Out):
    """A clinician of a patient, as the patient sees it."""

    id: int
    clinician: str
    confirmed: bool
    may_list: bool
    may_note: bool
    asked_at: datetime
    wishes: list[WishOut]
    notes: list[NoteOut]


class CareEventOut(Out):
    what: str
    by: str | None
    at: datetime


class CareOut(Out):
    wishes: list[WishOut]
    links: list[LinkOut]
    events: list[CareEventOut]


class CodeOut(Out):
    code: str
    """Shown once; kept as a hash."""
    hours: int


class CodeIn(In):
    code: str = Field(min_length=4, max_length=32)


class ScopeIn(In):
    may_list: StrictBool
    may_note: StrictBool


class PatientOut(Out):
    """A patient of the calling clinician: nothing but what was agreed to."""

    id: int
    patient: str | None
    """Null until the patient confirms."""
    confirmed: bool
    may_list: bool
    may_note: bool
    wishes: list[WishOut]
    """This clinician's own lists."""
    notes: list[NoteOut]


class PatientsOut(Out):
    items: list[PatientOut]


def wishes_out(wishes: Sequence[Wish]) -> list[WishOut]:
    return [WishOut(**vars(one)) for one in wishes]


def notes_out(notes: Sequence[CareNote], link_id: int) -> list[NoteOut]:
    return [
        NoteOut(id=one.id, text=one.text, created_at=one.created_at)
        for one in notes
        if one.link_id == link_id
    ]


def link_out(
    link: CareLink, clinician: str, wishes: Sequence[Wish], notes: Sequence[CareNote]
) -> LinkOut:
    return LinkOut(
        id=link.id,
        clinician=clinician,
        confirmed=link.confirmed_at is not None,
        may_list=link.may_list,
        may_note=link.may_note,
        asked_at=link.asked_at,
        wishes=wishes_out(wishes),
        notes=notes_out(notes, link.id),
    )


def patient_out(
    link: CareLink, name: str, wishes: Sequence[Wish], notes: Sequence[CareNote]
) -> PatientOut:
    confirmed = link.confirmed_at is not None
    return PatientOut(
        id=link.id,
        patient=name if confirmed else None,
        confirmed=confirmed,
        may_list=link.may_list,
        may_note=link.may_note,
        wishes=wishes_out(wishes),
        notes=notes_out(notes, link.id) if link.may_note else [],
    )
