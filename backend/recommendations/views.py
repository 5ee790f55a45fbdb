"""Recommendations over HTTP."""

from typing import get_args

from apiflask import APIBlueprint
from flask import current_app
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.accounts.errors import LoginRequired
from backend.extensions import request_session
from backend.recommendations import service, versions
from backend.recommendations.figures import MeasuredList, MeasuredPage, ServingIn, measured_out
from backend.recommendations.names import Algorithm
from backend.recommendations.schemas import (
    OneRowQuery,
    RowOut,
    RowsOut,
    RowsQuery,
    SimilarQuery,
    rows_out,
)
from backend.recommendations.shelf import Shelf
from backend.recommendations.similar import similar_row
from backend.wire import PageQuery
from models.recommender.interface import Recommender

bp = APIBlueprint("recommendations", __name__, url_prefix="/api")


def shelf() -> Shelf[Recommender]:
    found: Shelf[Recommender] = current_app.extensions["shelf"]
    return found


@bp.get("/recommendations")
@bp.doc(operation_id="getRecommendations", summary="The rows of the home page")
@jwt_required(optional=True)
@bp.input(RowsQuery, location="query")
@bp.output(RowsOut)
def get_rows(query_data: RowsQuery) -> RowsOut:
    session, user_id = request_session(), identity.optional_user_id()
    rows = service.home_rows(session, shelf(), user_id=user_id, shown=query_data.exclude)
    return RowsOut(rows=rows_out(session, rows, user_id=user_id))


@bp.get(f"/recommendations/<any({', '.join(get_args(Algorithm))}):algorithm>")
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
        limit=query_data.limit or (service.TOWER_ROW if algorithm == "two_tower" else service.ROW),
        offset=query_data.offset,
        shown=query_data.exclude,
    )
    return rows_out(session, [row], user_id=user_id)[0]


@bp.get("/songs/<int:song_id>/similar")
@bp.doc(operation_id="listSimilarSongs", summary="Songs near one song, each with the reason")
@jwt_required(optional=True)
@bp.input(SimilarQuery, location="query")
@bp.output(RowOut)
def list_similar(song_id: int, query_data: SimilarQuery) -> RowOut:
    session, user_id = request_session(), identity.optional_user_id()
    row = similar_row(session, shelf(), song_id=song_id, user_id=user_id, limit=query_data.limit)
    return rows_out(session, [row], user_id=user_id)[0]


@bp.get("/recommendations/figures")
@bp.doc(operation_id="getFigures", summary="How well the serving recommenders measured")
@bp.output(MeasuredList)
def get_figures() -> MeasuredList:
    found = versions.serving(request_session(), shelf().store, get_args(Algorithm))
    return MeasuredList(items=[measured_out(one) for one in found])


@bp.get("/models")
@bp.doc(operation_id="listModels", summary="The metric history of trained models")
@identity.roles_required("admin")
@bp.input(PageQuery, location="query")
@bp.output(MeasuredPage)
def list_models(query_data: PageQuery) -> MeasuredPage:
    found, total = versions.history(
        request_session(), shelf().store, offset=query_data.offset, limit=query_data.per_page
    )
    return MeasuredPage(
        items=[measured_out(one) for one in found],
        page=query_data.page,
        per_page=query_data.per_page,
        total=total,
    )


@bp.put(f"/models/<any({', '.join(get_args(Algorithm))}):algorithm>/serving")
@bp.doc(operation_id="promoteModel", summary="Let a kept version serve, e.g. roll back")
@identity.roles_required("admin")
@bp.input(ServingIn)
@bp.output({}, status_code=204)
def promote_model(algorithm: Algorithm, json_data: ServingIn) -> str:
    versions.promote(request_session(), shelf().store, name=algorithm, version=json_data.version)
    return ""
