"""The library on the valence-arousal plane over HTTP."""

import hashlib

from apiflask import APIBlueprint
from flask import Response, current_app, request

from backend.charts.plane import places
from backend.charts.plane_schemas import MapQuery, MoodMapOut, map_json
from backend.extensions import request_session
from backend.healing.quality import kept

bp = APIBlueprint("plane", __name__, url_prefix="/api")


@bp.get("/healing/map")
@bp.doc(operation_id="getMoodMap", summary="Every placed song on the plane, as packed columns")
@bp.input(MapQuery, location="query")
@bp.output(MoodMapOut)
def get_map(query_data: MapQuery) -> Response:
    found = places(request_session(), query_data.chosen())
    body = map_json(found, kept(current_app.config["SETTINGS"].features_dir))
    response = Response(body, mimetype="application/json")
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.make_conditional(request)
    return response
