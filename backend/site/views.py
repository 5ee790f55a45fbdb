"""What the site is, and whether it is well."""

from typing import get_args

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from apiflask import APIBlueprint
from flask import current_app

from backend.accounts import identity
from backend.accounts import service as accounts
from backend.database import SchemaBehind
from backend.db import schema
from backend.db.base import utc_now
from backend.extensions import request_session
from backend.features.state import State, states
from backend.jobs import service as jobs
from backend.recommendations.names import Algorithm
from backend.recommendations.service import TRAINING
from backend.recommendations.views import shelf
from backend.search import index as search
from backend.search.errors import IndexBehind
from backend.site import health
from backend.site.schemas import (
    CountsOut,
    DatabaseOut,
    EncoderOut,
    HealthOut,
    HealthReport,
    ReadyOut,
    SiteOut,
    WaitingOut,
)
from backend.songs import service as songs

bp = APIBlueprint("site", __name__)
DEMO = "demo"


def _versions() -> dict[Algorithm, str | None]:
    loaded = {name: shelf().get(name) for name in get_args(Algorithm)}
    return {name: model.version if model else None for name, model in loaded.items()}


@bp.get("/api/site")
@bp.doc(operation_id="getSite", summary="What this site holds")
@bp.output(SiteOut)
def get_site() -> SiteOut:
    session = request_session()
    song_count, artist_count = songs.count(session)
    names = get_args(Algorithm)
    running = jobs.running(session, kind=TRAINING)
    return SiteOut(
        demo=songs.has_source(session, DEMO),
        counts=CountsOut(songs=song_count, artists=artist_count, listeners=accounts.count(session)),
        models=_versions(),
        training=[name for name in names if name in running],
        timezone=current_app.config["SETTINGS"].timezone,
    )


@bp.get("/healthz")
@bp.doc(operation_id="isAlive", summary="The process answers")
@bp.output(HealthOut)
def is_alive() -> HealthOut:
    return HealthOut(status="ok")


@bp.get("/readyz")
@bp.doc(operation_id="isReady", summary="The database is at this code's schema")
@bp.output(ReadyOut)
def is_ready() -> ReadyOut:
    connection = request_session().connection()
    connection.execute(sa.text("SELECT 1"))
    found = MigrationContext.configure(connection).get_current_revision()
    if found != schema.head():
        raise SchemaBehind(found)
    missing = search.lag(request_session())
    if missing or not search.is_whole(request_session()):
        raise IndexBehind(missing)
    return ReadyOut(status="ok", database=found, models=_versions())


@bp.get("/api/admin/health")
@bp.doc(operation_id="getHealth", summary="How the site is doing")
@identity.roles_required("admin")
@bp.output(HealthReport)
def get_health() -> HealthReport:
    session, settings = request_session(), current_app.config["SETTINGS"]
    found = health.database(session)
    return HealthReport(
        database=DatabaseOut(**vars(found), expected=schema.head()),
        search_behind=search.lag(session) if search.is_whole(session) else -1,
        jobs=WaitingOut(**vars(health.jobs(session))),
        disk_free=health.disk_free(settings.data_dir),
        models=_versions(),
        features=[_encoder(state) for state in states(settings)],
        checked_at=utc_now(),
    )


def _encoder(state: State) -> EncoderOut:
    made = state.manifest
    return EncoderOut(
        modality=state.modality,
        name=made.name if made else None,
        version=made.version if made else None,
        dimension=made.dimension if made else None,
        songs=state.songs,
        missing=state.missing,
    )
