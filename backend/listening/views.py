"""Plays, impressions and clicks over HTTP."""

from dataclasses import asdict
from datetime import timedelta

from apiflask import APIBlueprint
from flask import current_app
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.db.base import utc_now
from backend.extensions import request_session
from backend.listening import report, service
from backend.listening.schemas import (
    Accepted,
    CardsOut,
    CardsQuery,
    CardsReport,
    ClickIn,
    ImpressionsIn,
    PlayIn,
)
from backend.listening.service import Shown

bp = APIBlueprint("listening", __name__, url_prefix="/api")


@bp.post("/plays")
@bp.doc(operation_id="logPlay", summary="A play that counts")
@jwt_required()
@bp.input(PlayIn)
@bp.output(Accepted, status_code=202)
def log_play(json_data: PlayIn) -> Accepted:
    new = service.log_play(
        request_session(),
        user_id=identity.user_id(),
        client_id=str(json_data.id),
        song_id=json_data.song_id,
        zone=current_app.config["SETTINGS"].zone,
        row_id=json_data.row_id,
        count=json_data.count,
        seconds=json_data.seconds,
    )
    return Accepted(accepted=new)


@bp.post("/clicks")
@bp.doc(operation_id="logClick", summary="A card that was opened")
@jwt_required()
@bp.input(ClickIn)
@bp.output(Accepted, status_code=202)
def log_click(json_data: ClickIn) -> Accepted:
    new = service.log_click(
        request_session(),
        user_id=identity.user_id(),
        client_id=str(json_data.id),
        song_id=json_data.song_id,
        row_id=json_data.row_id,
    )
    return Accepted(accepted=new)


@bp.post("/impressions")
@bp.doc(operation_id="logImpressions", summary="Cards that were really seen")
@jwt_required()
@bp.input(ImpressionsIn)
@bp.output(Accepted, status_code=202)
def log_impressions(json_data: ImpressionsIn) -> Accepted:
    shown = [
        Shown(
            str(item.id),
            item.row_id,
            item.algorithm,
            item.model_version,
            item.song_id,
            item.position,
        )
        for item in json_data.items
    ]
    new = service.log_impressions(
        request_session(),
        user_id=identity.user_id(),
        shown=shown,
        zone=current_app.config["SETTINGS"].zone,
    )
    return Accepted(accepted=new)


@bp.get("/impressions/report")
@bp.doc(operation_id="getCardsReport", summary="What became of the cards shown, by day")
@identity.roles_required("admin")
@bp.input(CardsQuery, location="query")
@bp.output(CardsReport)
def get_report(query_data: CardsQuery) -> CardsReport:
    today = utc_now().astimezone(current_app.config["SETTINGS"].zone).date()
    found = report.cards_by_day(
        request_session(), since=today - timedelta(days=query_data.days - 1)
    )
    return CardsReport(items=[CardsOut(**asdict(cards)) for cards in found])
