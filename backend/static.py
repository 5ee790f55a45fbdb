"""Serve the built front end: hashed files for ever, any other path is the app itself."""

from pathlib import Path

from apiflask import APIFlask
from flask import Response
from werkzeug.exceptions import NotFound
from whitenoise import WhiteNoise

UNBUILT = "The front end is not built. Run `make setup` and reload.\n"


def serve(app: APIFlask, folder: Path) -> None:
    """Answer what is not under /api from `folder`."""
    index = folder / "index.html"
    html = index.read_bytes() if index.is_file() else None
    if folder.is_dir():
        white = WhiteNoise(
            app.wsgi_app,
            root=folder,
            immutable_file_test=lambda path, _url: "/assets/" in path,
        )
        app.wsgi_app = white  # type: ignore[method-assign]

    @app.get("/", defaults={"path": ""})
    @app.get("/<path:path>")
    @app.doc(hide=True)
    def page(path: str) -> Response:
        if path.startswith("api/"):
            raise NotFound
        if html is None:
            return Response(UNBUILT, 503, mimetype="text/plain")
        # The page names its hashed files, so it is asked for anew each time.
        return Response(html, mimetype="text/html", headers={"Cache-Control": "no-cache"})
