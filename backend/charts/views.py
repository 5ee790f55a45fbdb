"""Charts over HTTP: their numbers, the songs behind them, and a report of them all."""

import hashlib

from apiflask import APIBlueprint
from flask import Response, current_app, request
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.charts import report
from backend.charts.registry import CHARTS
from backend.charts.schemas import (
    ChartName,
    ChartNames,
    ChartOut,
    FilterQuery,
    SongsQuery,
    chart_gzip,
    chart_json,
    csv_response,
)
from backend.charts.service import Answered, ChartCache, songs_behind
from backend.charts.titles import TITLES
from backend.db.base import utc_now
from backend.extensions import request_session
from backend.songs.schemas import SongPage, songs_out

WORTH_PACKING = 8192
"""Bytes of an answer from which on it goes out compressed."""

bp = APIBlueprint("charts", __name__, url_prefix="/api/charts")


def _cache() -> ChartCache:
    found: ChartCache = current_app.extensions["charts"]
    return found


@bp.get("")
@bp.doc(operation_id="listCharts", summary="The charts there are")
@bp.output(ChartNames)
def list_charts() -> ChartNames:
    items = [ChartName(name=c.name, title=TITLES[c.name], group=c.group) for c in CHARTS.values()]
    return ChartNames(items=items)


@bp.get("/songs")
@bp.doc(operation_id="listChartSongs", summary="The songs behind a filter, hottest first")
@jwt_required(optional=True)
@bp.input(SongsQuery, location="query")
@bp.output(SongPage)
def list_songs(query_data: SongsQuery) -> SongPage:
    session, page, per_page = request_session(), query_data.page, query_data.per_page
    found, total = songs_behind(
        session, query_data.chosen(), offset=(page - 1) * per_page, limit=per_page
    )
    items = songs_out(session, found, user_id=identity.optional_user_id())
    return SongPage(items=items, page=page, per_page=per_page, total=total)


@bp.get("/report.html")
@bp.doc(operation_id="getReport", summary="All charts in one self-contained file")
@identity.roles_required("analyst", "admin")
@bp.input(FilterQuery, location="query")
def get_report(query_data: FilterQuery) -> Response:
    by, session = query_data.chosen(), request_session()
    answered = [_cache().answer(session, name, by) for name in CHARTS]
    page = report.render(answered, by, made_at=utc_now(), zone=current_app.config["SETTINGS"].zone)
    name = f"huisheng-report-{utc_now():%Y%m%d}.html"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(page, mimetype="text/html", headers=headers)


@bp.get("/<name>.csv")
@bp.doc(operation_id="getChartCsv", summary="A chart's rows as CSV")
@bp.input(FilterQuery, location="query")
def get_csv(name: str, query_data: FilterQuery) -> Response:
    answered = _cache().answer(request_session(), name, query_data.chosen())
    return _tagged(csv_response(answered), answered)


@bp.get("/<name>")
@bp.doc(operation_id="getChart", summary="A chart's numbers, structure and finding")
@bp.input(FilterQuery, location="query")
@bp.output(ChartOut)
def get_chart(name: str, query_data: FilterQuery) -> Response:
    answered = _cache().answer(request_session(), name, query_data.chosen())
    body = chart_json(answered)
    # What a chart says is public and holds nothing of the asker: its length gives no secret away.
    is_packed = len(body) >= WORTH_PACKING and request.accept_encodings["gzip"] > 0
    if is_packed:
        body = chart_gzip(answered)
    response = Response(body, mimetype="application/json")
    response.vary.add("Accept-Encoding")
    if is_packed:
        response.content_encoding = "gzip"
    return _tagged(response, answered)


def _tagged(response: Response, answered: Answered) -> Response:
    """Name the answer by what it says and how; an asker who holds it already gets 304."""
    how = (request.full_path, response.content_encoding)
    said = repr((answered.version, answered.computed_at, *how)).encode()
    response.set_etag(hashlib.sha256(said).hexdigest()[:32])
    response.make_conditional(request)
    return response
