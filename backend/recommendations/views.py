"""Recommendations over HTTP."""

from apiflask import APIBlueprint
from flask import current_app
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.accounts.errors import LoginRequired
from backend.extensions import request_session
from backend.recommendations import service
from backend.recommendations.names import Algorithm
from backend.recommendations.schemas import OneRowQuery, RowOut, RowsOut, RowsQuery, rows_out
from backend.recommendations.shelf import Shelf

bp = APIBlueprint("recommendations", __name__, url_prefix="/api/recommendations")


def shelf() -> Shelf:
    found: Shelf = current_app.extensions["shelf"]
    return found


@bp.get("")
@bp.doc(operation_id="getRecommendations", summary="The rows of the home page")
@jwt_required(optional=True)
@bp.input(RowsQuery, location="query")
@bp.output(RowsOut)
def get_rows(query_data: RowsQuery) -> RowsOut:
    session, user_id = request_session(), identity.optional_user_id()
    rows = service.home_rows(session, shelf(), user_id=user_id, shown=query_data.exclude)
    return RowsOut(rows=rows_out(session, rows, user_id=user_id))


@bp.get("/<any(popularity, usercf, itemcf, rnn):algorithm>")
@bp.doc(operation_id="getRecommendationRow", summary="A slice of one recommender's ranking")
@jwt_required(optional=True)
@bp.input(OneRowQuery, location="query")
@bp.output(RowOut)
def get_row(algorithm: Algorithm, query_data: OneRowQuery) -> RowOut:
    session, user_id = request_session(), identity.optional_user_id()
    if user_id is None and algorithm != "popularity":
        raise LoginRequired
    row = service.one_row(
        session,
        shelf(),
        algorithm=algorithm,
        user_id=user_id,
        limit=query_data.limit,
        offset=query_data.offset,
        shown=query_data.exclude,
    )
    return rows_out(session, [row], user_id=user_id)[0]
