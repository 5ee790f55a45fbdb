"""One's own account over HTTP: name, picture, password, sessions, and the way out."""

from pathlib import Path

from apiflask import APIBlueprint, FileSchema
from flask import Response, current_app, make_response, send_file
from flask_jwt_extended import jwt_required, unset_jwt_cookies

from backend.accounts import avatars, erasure, identity, profile, sessions
from backend.accounts.me import me_out
from backend.accounts.schemas import (
    Leaving,
    MeOut,
    NewPassword,
    PictureIn,
    ProfileIn,
    SessionList,
    SessionOut,
)
from backend.accounts.takeout import takeout
from backend.extensions import limiter, request_session
from backend.uploads import at_most

bp = APIBlueprint("profile", __name__, url_prefix="/api")
A_YEAR = 365 * 24 * 3600


def _folder() -> Path:
    folder: Path = current_app.config["SETTINGS"].avatars_dir
    return folder


@bp.patch("/me")
@bp.doc(operation_id="changeProfile", summary="Change my name or what I say of myself")
@jwt_required()
@bp.input(ProfileIn)
@bp.output(MeOut)
def change_profile(json_data: ProfileIn) -> MeOut:
    session, user_id = request_session(), identity.user_id()
    profile.change(session, user_id=user_id, username=json_data.username, bio=json_data.bio)
    return me_out(session, user_id=user_id)


@bp.put("/me/avatar")
@bp.doc(operation_id="setAvatar", summary="Give myself a picture")
@jwt_required()
@limiter.limit("20/minute")
@at_most(avatars.MOST_BYTES)
@bp.input(PictureIn, location="files")
@bp.output(MeOut)
def set_avatar(files_data: PictureIn) -> MeOut:
    session, user_id = request_session(), identity.user_id()
    avatars.keep(session, _folder(), user_id=user_id, data=files_data.picture.read())
    return me_out(session, user_id=user_id)


@bp.delete("/me/avatar")
@bp.doc(operation_id="removeAvatar", summary="Take my picture away")
@jwt_required()
@bp.output(MeOut)
def remove_avatar() -> MeOut:
    session, user_id = request_session(), identity.user_id()
    avatars.remove(session, _folder(), user_id=user_id)
    return me_out(session, user_id=user_id)


@bp.get("/avatars/<name>")
@bp.doc(operation_id="getAvatar", summary="Somebody's picture")
@bp.output(FileSchema(type="string", format="binary"), content_type="image/webp")
def get_avatar(name: str) -> Response:
    # A new picture has a new name, so a browser may keep this one.
    response = send_file(avatars.find(_folder(), name), mimetype="image/webp", max_age=A_YEAR)
    response.cache_control.immutable = True
    return response


@bp.put("/me/password")
@bp.doc(operation_id="changePassword", summary="Change my password; my other sessions end")
@jwt_required()
@limiter.limit("10/minute")
@bp.input(NewPassword)
@bp.output({}, status_code=204)
def change_password(json_data: NewPassword) -> str:
    caller = identity.current()
    profile.change_password(
        request_session(),
        user_id=caller.user_id,
        session_id=caller.session_id,
        password=json_data.password,
        new=json_data.new,
    )
    return ""


@bp.get("/me/sessions")
@bp.doc(operation_id="listMySessions", summary="Where I am logged in")
@jwt_required()
@bp.output(SessionList)
def list_sessions() -> SessionList:
    caller = identity.current()
    return SessionList(
        items=[
            SessionOut(**vars(one), current=one.id == caller.session_id)
            for one in sessions.live(request_session(), user_id=caller.user_id)
        ]
    )


@bp.delete("/me/sessions/<session_id>")
@bp.doc(operation_id="endMySession", summary="Log out elsewhere")
@jwt_required()
@bp.output({}, status_code=204)
def end_session(session_id: str) -> str:
    sessions.end_own(request_session(), user_id=identity.user_id(), session_id=session_id)
    return ""


@bp.get("/me/export")
@bp.doc(operation_id="exportMe", summary="All that is kept of me, a zip of JSON")
@jwt_required()
@limiter.limit("10/hour")
@bp.output(FileSchema(type="string", format="binary"), content_type="application/zip")
def export_me() -> Response:
    return send_file(
        takeout(request_session(), user_id=identity.user_id()),
        mimetype="application/zip",
        as_attachment=True,
        download_name="huisheng.zip",
    )


@bp.post("/me/leave")
@bp.doc(operation_id="deleteMe", summary="Delete my account")
@jwt_required()
@limiter.limit("10/minute")
@bp.input(Leaving)
@bp.output({}, status_code=204)
def delete_me(json_data: Leaving) -> Response:
    erasure.erase(
        request_session(),
        _folder(),
        user_id=identity.user_id(),
        username=json_data.username,
        password=json_data.password,
        keep_comments=json_data.keep_comments,
    )
    response = make_response("", 204)
    unset_jwt_cookies(response)
    return response
