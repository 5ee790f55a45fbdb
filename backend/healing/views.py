"""Mood to music over HTTP. Texts are read and forgotten: not stored, not logged.

One goes to a language model only when an operator set one, the person agreed, and it is no crisis.
"""

from apiflask import APIBlueprint
from flask import current_app
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.errors import FieldError, Invalid
from backend.extensions import limiter, request_session
from backend.healing import service
from backend.healing.plane import PlaneCache
from backend.healing.remote import Failed, RemoteReader
from backend.healing.schemas import (
    CheckIn,
    CheckOut,
    CheckPage,
    Fallback,
    HealingOut,
    JourneysIn,
    JourneysOut,
    ModelOut,
    PointIn,
    StateIn,
    StateOut,
    check_out,
    journeys_out,
    mood_out,
)
from backend.recommendations.shelf import Shelf
from backend.wire import PageQuery
from models.mood.analyse import analyse
from models.mood.crisis import is_crisis
from models.mood.goals import goal, suggest
from models.recommender.interface import Recommender
from models.sentiment.text import has_words

bp = APIBlueprint("healing", __name__, url_prefix="/api")


def _place(point: PointIn) -> tuple[float, float]:
    return point.valence, point.arousal


@bp.post("/healing/state")
@bp.doc(operation_id="readState", summary="A described state on the plane; nothing is kept")
@limiter.limit("60/minute")
@bp.input(StateIn)
@bp.output(StateOut)
def read_state(json_data: StateIn) -> StateOut:
    text, point = json_data.text, json_data.point
    if point is not None:
        start = _place(point)
        wish = goal(start)
        mood = mood_out(None, start, wish, suggest(start, wish))
        return StateOut(crisis=False, mood=mood, read_by="local", fallback=None)
    assert text is not None
    if not has_words(text):
        message = "Write at least one visible sign."
        raise Invalid(message, (FieldError("text", "string-too-short", message),))
    crisis = is_crisis(text)
    if crisis and not json_data.go_on:
        return StateOut(crisis=True, mood=None, read_by="local", fallback=None)
    fallback: Fallback | None = None
    if json_data.send_out:
        fallback = "crisis" if crisis else "off"
        if (model := _model()) is not None and not crisis:
            try:
                found = model.read(text)
            except Failed as error:
                fallback = error.why
            else:
                at = found.state.valence, found.state.arousal
                mood = mood_out(found.state, at, found.wish, found.suggestions)
                return StateOut(crisis=False, mood=mood, read_by="model", fallback=None)
    state = analyse(text)
    start = state.valence, state.arousal
    wish = goal(start, state.labels, state.wish)
    mood = mood_out(state, start, wish, suggest(start, wish))
    return StateOut(crisis=crisis, mood=mood, read_by="local", fallback=fallback)


@bp.get("/healing")
@bp.doc(operation_id="getHealing", summary="Who may read a text besides this machine")
@bp.output(HealingOut)
def get_healing() -> HealingOut:
    model = _model()
    return HealingOut(model=None if model is None else ModelOut(host=model.host, name=model.model))


def _model() -> RemoteReader | None:
    found: RemoteReader | None = current_app.extensions["mood_model"]
    return found


@bp.post("/healing/journeys")
@bp.doc(operation_id="planJourneys", summary="Two paths of songs from a state to a wished one")
@jwt_required(optional=True)
@limiter.limit("60/minute")
@bp.input(JourneysIn)
@bp.output(JourneysOut)
def plan_journeys(json_data: JourneysIn) -> JourneysOut:
    session, user_id = request_session(), identity.optional_user_id()
    cache: PlaneCache = current_app.extensions["plane"]
    shelf: Shelf[Recommender] = current_app.extensions["shelf"]
    plane = cache.get(session)
    found = service.journeys(
        session,
        plane,
        shelf,
        user_id=user_id,
        start=_place(json_data.start),
        wish=_place(json_data.wish),
        length=json_data.length,
        seed=json_data.seed,
    )
    return JourneysOut(journeys=journeys_out(session, found, user_id=user_id), songs=len(plane))


@bp.get("/me/mood-checks")
@bp.doc(
    operation_id="listMoodChecks", summary="How I felt after journeys, where I asked to keep it"
)
@jwt_required()
@bp.input(PageQuery, location="query")
@bp.output(CheckPage)
def list_checks(query_data: PageQuery) -> CheckPage:
    rows, total = service.checks(
        request_session(),
        user_id=identity.user_id(),
        offset=query_data.offset,
        limit=query_data.per_page,
    )
    return CheckPage(
        items=[check_out(row) for row in rows],
        page=query_data.page,
        per_page=query_data.per_page,
        total=total,
    )


@bp.post("/me/mood-checks")
@bp.doc(operation_id="keepMoodCheck", summary="Keep how I feel after a journey; no text")
@jwt_required()
@limiter.limit("30/minute")
@bp.input(CheckIn)
@bp.output(CheckOut, status_code=201)
def keep_check(json_data: CheckIn) -> CheckOut:
    row = service.keep_check(
        request_session(),
        user_id=identity.user_id(),
        start=_place(json_data.start),
        wish=_place(json_data.wish),
        mode=json_data.mode,
        felt=json_data.felt,
    )
    return check_out(row)


@bp.delete("/me/mood-checks")
@bp.doc(operation_id="eraseMoodChecks", summary="Remove all that I kept of my moods")
@jwt_required()
@bp.output({}, status_code=204)
def erase_checks() -> str:
    service.erase_checks(request_session(), user_id=identity.user_id())
    return ""
