"""One's own listening over HTTP. Who it is comes from the token alone; nothing is kept between
requests, so that a play or a heart shows at once."""

from apiflask import APIBlueprint
from flask import Response, current_app
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.charts.mine import Listener
from backend.charts.registry import MINE
from backend.charts.schemas import ChartName, ChartNames, ChartOut, chart_out, csv_response
from backend.charts.service import Answered, ChartNotFound
from backend.charts.titles import TITLES
from backend.db.base import utc_now
from backend.extensions import request_session

bp = APIBlueprint("my_listening", __name__, url_prefix="/api/me/listening")


def _answer(name: str) -> Answered:
    chart = MINE.get(name)
    if chart is None:
        raise ChartNotFound(name)
    me = Listener(identity.user_id(), current_app.config["SETTINGS"].zone)
    return Answered(chart, chart.read(request_session(), me), utc_now(), ())


@bp.get("")
@bp.doc(operation_id="listMyCharts", summary="The charts of one's own listening")
@jwt_required()
@bp.output(ChartNames)
def list_my_charts() -> ChartNames:
    items = [ChartName(name=c.name, title=TITLES[c.name], group=c.group) for c in MINE.values()]
    return ChartNames(items=items)


@bp.get("/<name>.csv")
@bp.doc(operation_id="getMyChartCsv", summary="The rows of a chart of one's own as CSV")
@jwt_required()
def get_my_csv(name: str) -> Response:
    return csv_response(_answer(name))


@bp.get("/<name>")
@bp.doc(operation_id="getMyChart", summary="A chart of one's own listening")
@jwt_required()
@bp.output(ChartOut)
def get_my_chart(name: str) -> ChartOut:
    return chart_out(_answer(name))
