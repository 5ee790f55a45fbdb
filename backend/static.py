"""Serve the built front end: hashed files for ever, any other path is the app itself."""

import json
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from apiflask import APIFlask
from flask import Response, request
from werkzeug.exceptions import NotFound
from whitenoise import WhiteNoise

from backend import problems

UNBUILT = "The front end is not built. Run `make setup` and reload.\n"


def serve(app: APIFlask, folder: Path, *, headers: Mapping[str, str]) -> None:
    """Answer what is not under /api from `folder`; its files go out with `headers`.

    A page that `links.json` names goes out with the Link header written there, so that its files
    and its first facts are on their way before any script runs. One asked for with a query may show
    other facts.
    """
    index, begin = folder / "index.html", folder / "links.json"
    html = index.read_bytes() if index.is_file() else None
    links: dict[str, str] = json.loads(begin.read_text()) if begin.is_file() else {}

    def harden(given: MutableMapping[str, str], _path: str, _url: str) -> None:
        for name, value in headers.items():
            given[name] = value

    if folder.is_dir():
        white = WhiteNoise(
            app.wsgi_app,
            root=folder,
            immutable_file_test=lambda path, _url: "/assets/" in path,
            add_headers_function=harden,
            allow_all_origins=False,
        )
        app.wsgi_app = white  # type: ignore[method-assign]

    @app.errorhandler(NotFound)
    def page(error: NotFound) -> Response:
        # Not a route: a catch-all would claim GET on every address of the API.
        if request.path.startswith("/api/") or request.method not in ("GET", "HEAD"):
            return problems.of_http(error)
        if html is None:
            return Response(UNBUILT, 503, mimetype="text/plain")
        # The page names its hashed files, so it is asked for anew each time.
        response = Response(html, mimetype="text/html", headers={"Cache-Control": "no-cache"})
        if request.path in links and not request.query_string:
            response.headers["Link"] = links[request.path]
        return response
