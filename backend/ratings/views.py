"""Taste over HTTP."""

from apiflask import APIBlueprint
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.extensions import request_session
from backend.ratings import service
from backend.ratings.lists import HiddenPage, RatedPage, hidden_page, rated_page
from backend.ratings.schemas import RowQuery, StarsIn, TasteOut
from backend.wire import PageQuery

bp = APIBlueprint("ratings", __name__, url_prefix="/api")


def _taste(song_id: int) -> TasteOut:
    state = service.state(request_session(), user_id=identity.user_id(), song_id=song_id)
    return TasteOut.of_state(state)


@bp.put("/songs/<int:song_id>/rating")
@bp.doc(operation_id="setRating", summary="Give 0–5 stars; 0 clears")
@jwt_required()
@bp.input(StarsIn)
@bp.input(RowQuery, location="query")
@bp.output(TasteOut)
def set_rating(song_id: int, json_data: StarsIn, query_data: RowQuery) -> TasteOut:
    service.set_stars(
        request_session(),
        user_id=identity.user_id(),
        song_id=song_id,
        stars=json_data.stars,
        row_id=query_data.row_id,
    )
    return _taste(song_id)


@bp.put("/songs/<int:song_id>/heart")
@bp.doc(operation_id="addHeart", summary="Heart a song: five stars")
@jwt_required()
@bp.input(RowQuery, location="query")
@bp.output(TasteOut)
def add_heart(song_id: int, query_data: RowQuery) -> TasteOut:
    service.add_heart(
        request_session(),
        user_id=identity.user_id(),
        song_id=song_id,
        row_id=query_data.row_id,
    )
    return _taste(song_id)


@bp.delete("/songs/<int:song_id>/heart")
@bp.doc(operation_id="removeHeart", summary="Take the heart back; the earlier stars return")
@jwt_required()
@bp.output(TasteOut)
def remove_heart(song_id: int) -> TasteOut:
    service.remove_heart(request_session(), user_id=identity.user_id(), song_id=song_id)
    return _taste(song_id)


@bp.put("/songs/<int:song_id>/hidden")
@bp.doc(operation_id="hideSong", summary="Not interested: never in my rows")
@jwt_required()
@bp.output(TasteOut)
def hide(song_id: int) -> TasteOut:
    service.set_hidden(request_session(), user_id=identity.user_id(), song_id=song_id, on=True)
    return _taste(song_id)


@bp.delete("/songs/<int:song_id>/hidden")
@bp.doc(operation_id="unhideSong", summary="Show the song in my rows again")
@jwt_required()
@bp.output(TasteOut)
def unhide(song_id: int) -> TasteOut:
    service.set_hidden(request_session(), user_id=identity.user_id(), song_id=song_id, on=False)
    return _taste(song_id)


@bp.put("/songs/<int:song_id>/uncounted")
@bp.doc(operation_id="uncountSong", summary="Keep the song out of my taste")
@jwt_required()
@bp.output(TasteOut)
def uncount(song_id: int) -> TasteOut:
    service.set_uncounted(request_session(), user_id=identity.user_id(), song_id=song_id, on=True)
    return _taste(song_id)


@bp.delete("/songs/<int:song_id>/uncounted")
@bp.doc(operation_id="countSong", summary="Let the song count in my taste again")
@jwt_required()
@bp.output(TasteOut)
def count(song_id: int) -> TasteOut:
    service.set_uncounted(request_session(), user_id=identity.user_id(), song_id=song_id, on=False)
    return _taste(song_id)


@bp.get("/me/ratings")
@bp.doc(operation_id="listMyRatings", summary="What I rated, latest first")
@jwt_required()
@bp.input(PageQuery, location="query")
@bp.output(RatedPage)
def list_ratings(query_data: PageQuery) -> RatedPage:
    return rated_page(request_session(), user_id=identity.user_id(), page=query_data)


@bp.get("/me/hidden")
@bp.doc(operation_id="listMyHidden", summary="What I hid, latest first")
@jwt_required()
@bp.input(PageQuery, location="query")
@bp.output(HiddenPage)
def list_hidden(query_data: PageQuery) -> HiddenPage:
    return hidden_page(request_session(), user_id=identity.user_id(), page=query_data)
