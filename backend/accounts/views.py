"""Accounts over HTTP."""

from apiflask import APIBlueprint
from flask import Response, jsonify, make_response, request
from flask_jwt_extended import jwt_required, unset_jwt_cookies
from sqlalchemy.orm import Session

from backend.accounts import identity, service, sessions
from backend.accounts.me import me_out, tastes_out
from backend.accounts.schemas import Credentials, MeOut, TastesIn, TastesOut, TokenOut
from backend.accounts.sessions import Grant
from backend.extensions import limiter, request_session
from backend.songs import service as songs

bp = APIBlueprint("accounts", __name__, url_prefix="/api")


def _started(session: Session, user_id: int) -> Grant:
    return sessions.start(session, user_id=user_id, agent=request.user_agent.string)


def _logged_in(session: Session, grant: Grant, status: int) -> Response:
    me = me_out(session, user_id=grant.user_id)
    return identity.set_cookies(make_response(jsonify(me.model_dump(mode="json")), status), grant)


@bp.post("/accounts/register")
@bp.doc(operation_id="register", summary="Create an account and log in")
@limiter.limit("30/hour")
@bp.input(Credentials)
@bp.output(MeOut, status_code=201)
def register(json_data: Credentials) -> Response:
    session = request_session()
    user = service.create_user(session, username=json_data.username, password=json_data.password)
    return _logged_in(session, _started(session, user.id), 201)


@bp.post("/accounts/login")
@bp.doc(operation_id="login", summary="Log in; sets httpOnly cookies")
@limiter.limit("10/minute")
@bp.input(Credentials)
@bp.output(MeOut)
def login(json_data: Credentials) -> Response:
    session = request_session()
    user = service.authenticate(session, username=json_data.username, password=json_data.password)
    return _logged_in(session, _started(session, user.id), 200)


@bp.post("/accounts/token")
@bp.doc(operation_id="createToken", summary="Get a Bearer token for an API client")
@limiter.limit("10/minute")
@bp.input(Credentials)
@bp.output(TokenOut)
def create_token(json_data: Credentials) -> TokenOut:
    session = request_session()
    user = service.authenticate(session, username=json_data.username, password=json_data.password)
    grant = _started(session, user.id)
    lifetime = int(identity.ACCESS_LIFETIME.total_seconds())
    return TokenOut(access_token=identity.access_token(grant), expires_in=lifetime)


@bp.post("/accounts/refresh")
@bp.doc(operation_id="refresh", summary="Exchange the refresh cookie for new cookies")
@jwt_required(refresh=True, locations=["cookies"])
@bp.output(MeOut)
def refresh() -> Response:
    session = request_session()
    return _logged_in(session, sessions.refresh(session, jti=identity.refresh_jti()), 200)


@bp.post("/accounts/logout")
@bp.doc(operation_id="logout", summary="End this session")
@jwt_required()
@bp.output({}, status_code=204)
def logout() -> Response:
    sessions.end(request_session(), session_id=identity.current().session_id)
    response = make_response("", 204)
    unset_jwt_cookies(response)
    return response


@bp.get("/accounts/me")
@bp.doc(operation_id="getMe", summary="Who I am")
@jwt_required()
@bp.output(MeOut)
def get_me() -> MeOut:
    return me_out(request_session(), user_id=identity.user_id())


@bp.put("/me/tastes")
@bp.doc(operation_id="setTastes", summary="Pick styles and singers; weak history")
@jwt_required()
@bp.input(TastesIn)
@bp.output(TastesOut)
def set_tastes(json_data: TastesIn) -> TastesOut:
    session = request_session()
    service.set_tastes(
        session,
        user_id=identity.user_id(),
        genre_ids=list(songs.genre_ids(session, json_data.genres).values()),
        artist_ids=list(songs.artist_names(session, json_data.artists)),
    )
    return tastes_out(session, user_id=identity.user_id())
