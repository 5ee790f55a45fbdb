"""Audio over HTTP, with ranges, so that a player may seek."""

from typing import Any

from apiflask import APIBlueprint
from apiflask.schemas import FileSchema
from flask import Response, current_app, send_file

from backend.audio import service
from backend.audio.schemas import TuneInTheMaking
from backend.audio.service import Recording
from backend.audio.tunes import TuneMaker
from backend.extensions import limiter, request_session

bp = APIBlueprint("audio", __name__, url_prefix="/api")

MAKING: dict[int | str, dict[str, str | dict[str, dict[str, Any]]]] = {
    202: {
        "description": "The demo's tune is being made; ask again in a second",
        "content": {"application/json": {"schema": TuneInTheMaking.model_json_schema()}},
    }
}


@bp.get("/songs/<int:song_id>/audio")
@bp.doc(operation_id="getAudio", summary="What a song sounds like", responses=MAKING)
@limiter.limit("240/minute")
@bp.output(FileSchema(type="string", format="binary"), content_type="audio/mpeg")
def get_audio(song_id: int) -> Response:
    found = service.find(request_session(), song_id=song_id)
    if not isinstance(found, Recording):
        maker: TuneMaker = current_app.extensions["tunes"]
        path = maker.get(found)
        if path is None:
            body = TuneInTheMaking(state="making").model_dump_json()
            response = Response(body, 202, mimetype="application/json")
            response.headers["Cache-Control"] = "no-store"
            return response
        found = Recording(path, "audio/mpeg", path.stem)
    return send_file(found.path, mimetype=found.mime, conditional=True, etag=found.version)
