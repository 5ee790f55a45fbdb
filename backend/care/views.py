"""Care plans over HTTP: the patient's side and the clinician's."""

from typing import get_args

from apiflask import APIBlueprint
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.care import consent, service
from backend.care.schemas import (
    CareEventOut,
    CareOut,
    CodeIn,
    CodeOut,
    NoteIn,
    NoteOut,
    PatientOut,
    PatientsOut,
    ScopeIn,
    WishIn,
    link_out,
    patient_out,
    wishes_out,
)
from backend.care.service import Kind
from backend.extensions import limiter, request_session

bp = APIBlueprint("care", __name__, url_prefix="/api")

EVENTS = 50
_KIND = f"<any({', '.join(get_args(Kind))}):kind>"


@bp.get("/me/care")
@bp.doc(operation_id="getCare", summary="My wishes, who may write lists for me, and the log")
@jwt_required()
@bp.output(CareOut)
def get_care() -> CareOut:
    session, user_id = request_session(), identity.user_id()
    rows = consent.links_of(session, user_id=user_id)
    notes = consent.notes(session, link_ids=[link.id for link, _ in rows])
    return CareOut(
        wishes=wishes_out(service.wishes(session, user_id=user_id)),
        links=[
            link_out(link, name, service.wishes(session, user_id=user_id, link_id=link.id), notes)
            for link, name in rows
        ],
        events=[
            CareEventOut(what=event.what, by=name, at=event.created_at)
            for event, name in consent.events(session, user_id=user_id, limit=EVENTS)
        ],
    )


@bp.put("/me/care/wishes")
@bp.doc(operation_id="setWish", summary="Want or avoid a style, an artist or a song")
@jwt_required()
@bp.input(WishIn)
@bp.output({}, status_code=204)
def set_wish(json_data: WishIn) -> str:
    session, user_id = request_session(), identity.user_id()
    service.set_wish(
        session,
        user_id=user_id,
        author_id=user_id,
        kind=json_data.kind,
        target_id=service.target(session, json_data.kind, json_data.target_id, json_data.name),
        avoid=json_data.avoid,
    )
    return ""


@bp.delete(f"/me/care/wishes/{_KIND}/<int:target_id>")
@bp.doc(operation_id="removeWish", summary="Take something off my list")
@jwt_required()
@bp.output({}, status_code=204)
def remove_wish(kind: Kind, target_id: int) -> str:
    user_id = identity.user_id()
    service.remove_wish(
        request_session(), user_id=user_id, author_id=user_id, kind=kind, target_id=target_id
    )
    return ""


@bp.post("/me/care/code")
@bp.doc(operation_id="makeCareCode", summary="A one-time code for a clinician, good for a day")
@jwt_required()
@limiter.limit("10/minute")
@bp.output(CodeOut, status_code=201)
def make_code() -> CodeOut:
    code = consent.make_code(request_session(), user_id=identity.user_id())
    return CodeOut(code=code, hours=consent.HOURS)


@bp.put("/me/care/links/<int:link_id>")
@bp.doc(operation_id="confirmCare", summary="Agree to what a clinician may do, or change it")
@jwt_required()
@bp.input(ScopeIn)
@bp.output({}, status_code=204)
def confirm(link_id: int, json_data: ScopeIn) -> str:
    consent.confirm(
        request_session(), user_id=identity.user_id(), link_id=link_id, **json_data.model_dump()
    )
    return ""


@bp.delete("/me/care/links/<int:link_id>")
@bp.doc(operation_id="endCare", summary="Decline or revoke; the clinician's lists and notes go")
@jwt_required()
@bp.output({}, status_code=204)
def end(link_id: int) -> str:
    consent.end(request_session(), user_id=identity.user_id(), link_id=link_id)
    return ""


@bp.get("/clinic/patients")
@bp.doc(operation_id="listPatients", summary="Patients who entrusted me with a list or notes")
@identity.roles_required("clinician")
@bp.output(PatientsOut)
def list_patients() -> PatientsOut:
    session = request_session()
    rows = consent.patients_of(session, clinician_id=identity.user_id())
    notes = consent.notes(session, link_ids=[link.id for link, _ in rows])
    items = [
        patient_out(
            link, name, service.wishes(session, user_id=link.user_id, link_id=link.id), notes
        )
        for link, name in rows
    ]
    return PatientsOut(items=items)


@bp.post("/clinic/codes")
@bp.doc(operation_id="enterCareCode", summary="Enter a patient's code; it waits for consent")
@identity.roles_required("clinician")
@limiter.limit("10/minute")
@bp.input(CodeIn)
@bp.output(PatientOut, status_code=201)
def enter_code(json_data: CodeIn) -> PatientOut:
    link = consent.enter_code(
        request_session(), clinician_id=identity.user_id(), code=json_data.code
    )
    return patient_out(link, "", [], [])


@bp.put("/clinic/patients/<int:link_id>/wishes")
@bp.doc(operation_id="setPatientWish", summary="Allow or avoid something for a patient")
@identity.roles_required("clinician")
@bp.input(WishIn)
@bp.output({}, status_code=204)
def set_patient_wish(link_id: int, json_data: WishIn) -> str:
    session, clinician_id = request_session(), identity.user_id()
    link = consent.for_lists(session, clinician_id=clinician_id, link_id=link_id)
    service.set_wish(
        session,
        user_id=link.user_id,
        author_id=clinician_id,
        link_id=link.id,
        kind=json_data.kind,
        target_id=service.target(session, json_data.kind, json_data.target_id, json_data.name),
        avoid=json_data.avoid,
    )
    return ""


@bp.delete(f"/clinic/patients/<int:link_id>/wishes/{_KIND}/<int:target_id>")
@bp.doc(operation_id="removePatientWish", summary="Take something off a patient's list")
@identity.roles_required("clinician")
@bp.output({}, status_code=204)
def remove_patient_wish(link_id: int, kind: Kind, target_id: int) -> str:
    session, clinician_id = request_session(), identity.user_id()
    link = consent.for_lists(session, clinician_id=clinician_id, link_id=link_id)
    service.remove_wish(
        session, user_id=link.user_id, author_id=clinician_id, kind=kind, target_id=target_id
    )
    return ""


@bp.post("/clinic/patients/<int:link_id>/notes")
@bp.doc(operation_id="addCareNote", summary="Write a note that the patient reads")
@identity.roles_required("clinician")
@limiter.limit("30/minute")
@bp.input(NoteIn)
@bp.output(NoteOut, status_code=201)
def add_note(link_id: int, json_data: NoteIn) -> NoteOut:
    note = consent.add_note(
        request_session(), clinician_id=identity.user_id(), link_id=link_id, text=json_data.text
    )
    return NoteOut(id=note.id, text=note.text, created_at=note.created_at)


@bp.delete("/clinic/patients/<int:link_id>")
@bp.doc(operation_id="leavePatient", summary="End a care plan from the clinician's side")
@identity.roles_required("clinician")
@bp.output({}, status_code=204)
def leave_patient(link_id: int) -> str:
    consent.end(request_session(), user_id=identity.user_id(), link_id=link_id)
    return ""
