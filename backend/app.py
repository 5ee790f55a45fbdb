"""The only place that wires: settings, extensions, blueprints, errors, the built front end."""

import logging
import sys
from pathlib import Path
from typing import Any

import orjson
import structlog
from apiflask import APIFlask
from flask import Response, request
from flask.json.provider import JSONProvider
from sqlalchemy.exc import DBAPIError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from backend import contract, problems, static
from backend.accounts.admin_views import bp as roles
from backend.accounts.my_views import bp as profile
from backend.accounts.views import bp as accounts
from backend.audio.tunes import TuneMaker
from backend.audio.views import bp as audio
from backend.care.views import bp as care
from backend.charts.my_views import bp as my_listening
from backend.charts.plane_views import bp as mood_map
from backend.charts.service import ChartCache
from backend.charts.views import bp as charts
from backend.comments.admin_views import bp as moderation
from backend.comments.views import bp as comments
from backend.crawls.views import bp as crawls
from backend.db.session import engine_options
from backend.extensions import db, jwt, limiter
from backend.healing.plane import PlaneCache
from backend.healing.remote import RemoteReader
from backend.healing.views import bp as healing
from backend.listening.views import bp as listening
from backend.playlists.my_views import bp as my_playlists
from backend.playlists.views import bp as playlists
from backend.ratings.views import bp as ratings
from backend.recommendations.shelf import Shelf
from backend.recommendations.views import bp as recommendations
from backend.search.views import bp as search
from backend.sentiment.views import bp as sentiment
from backend.settings import ROOT, Settings
from backend.site.views import bp as site
from backend.songs.views import bp as songs
from backend.wire import MAX_ID
from backend.words.views import bp as words
from models.artifacts import ArtifactStore
from models.recommender.registry import load
from models.sentiment.registry import load_ensemble

MAX_BODY = 1024 * 1024
FRONTEND = ROOT / "frontend" / "dist"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
        "font-src 'self'; media-src 'self'; object-src 'none'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class OrjsonProvider(JSONProvider):
    """JSON by orjson: fast, and Chinese stays readable."""

    def dumps(self, obj: Any, **_: Any) -> str:
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        body = orjson.dumps(self._prepare_response_obj(args, kwargs))
        return Response(body, mimetype="application/json")


class IdConverter(IntegerConverter):
    """Ids that fit every database and JavaScript; beyond them there is nothing to find."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=MAX_ID)


class Api(APIFlask):
    json_provider_class = OrjsonProvider


def create_app(settings: Settings, *, frontend: Path = FRONTEND) -> APIFlask:
    """Wire the application; touches no database."""
    app = Api(
        "backend",
        title="回声 Huisheng",
        version="1",
        json_errors=False,
        docs_path=None,
        spec_path="/api/openapi.json",
        static_folder=None,  # type: ignore[arg-type]  # none, says Flask
    )
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.signing_key(),
        JWT_SECRET_KEY=settings.signing_key(),
        JWT_TOKEN_LOCATION=["headers", "cookies"],
        JWT_COOKIE_SAMESITE="Strict",
        JWT_COOKIE_SECURE=settings.is_secure,
        JWT_SESSION_COOKIE=False,
        JWT_REFRESH_COOKIE_PATH="/api/accounts",
        MAX_CONTENT_LENGTH=MAX_BODY,
        OPENAPI_VERSION="3.1.0",
        AUTO_TAGS=False,
        RATELIMIT_STORAGE_URI=settings.limits_url,
        SQLALCHEMY_DATABASE_URI=settings.url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(settings.url),
    )
    app.url_map.converters["int"] = IdConverter
    store = ArtifactStore(settings.artifacts_dir)
    app.extensions["charts"] = ChartCache()
    app.extensions["tunes"] = TuneMaker(settings.tunes_dir, limit=settings.tunes_megabytes << 20)
    app.extensions["plane"] = PlaneCache()
    app.extensions["mood_model"] = _mood_model(settings)
    app.extensions["shelf"] = Shelf(store, load)
    app.extensions["sentiment"] = Shelf(store, load_ensemble)
    if settings.trust_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app)  # type: ignore[method-assign]
    db.init_app(app)
    jwt.init_app(app)
    limiter.init_app(app)
    problems.register(app)
    blueprints = (
        charts,
        accounts,
        profile,
        roles,
        songs,
        ratings,
        listening,
        my_listening,
        recommendations,
        site,
        comments,
        moderation,
        sentiment,
        words,
        playlists,
        my_playlists,
        search,
        audio,
        crawls,
        healing,
        mood_map,
        care,
    )
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    app.spec_processor(contract.tidy)  # type: ignore[arg-type]  # the spec is a dict: SPEC_FORMAT
    app.after_request(_harden)
    app.after_request(_commit)  # Flask runs the last one first
    static.serve(app, frontend, headers=HEADERS)
    return app


def _mood_model(settings: Settings) -> RemoteReader | None:
    if not settings.llm_base_url or not settings.llm_model:
        return None
    return RemoteReader(settings.llm_base_url, key=settings.llm_api_key, model=settings.llm_model)


def _commit(response: Response) -> Response:
    """End the request's one transaction: kept when it went well, undone otherwise."""
    if db.session.registry.has():
        if response.status_code >= 400:
            db.session.rollback()
            return response
        try:
            db.session.commit()
        except DBAPIError as error:
            return problems.of_database(error)
    return response


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def configure_logging() -> None:
    """Log JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
