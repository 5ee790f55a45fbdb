"""CPU of a request beside a constant route through the same stack, in one process.

Run as a child with a web worker's environment: numpy reads its threads when it is imported.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable

from apiflask import APIBlueprint, APIFlask
from flask.testing import FlaskClient
from flask_jwt_extended import jwt_required

from backend.accounts import identity
from backend.app import configure_logging, create_app
from backend.extensions import db, limiter
from backend.settings import Settings
from backend.songs import lists
from backend.songs.schemas import SongPage, SongQuery, songs_out
from tests import live
from tests.bench.figures import Figure
from tests.bench.worker import HEAVY

ROUNDS = 15
PASSWORD = "bench 数 password"
CONSTANT = "/api/bench/constant"
ROW_LIMIT = 5.0
LIST_LIMIT = 3.0
HEARTS = 20

Call = Callable[[], object]


def in_child(environ: live.Environment, *, calls: int) -> list[Figure]:
    """Measure in a process of its own."""
    ended = subprocess.run(
        live.python("-m", "tests.bench.cost", str(calls)),
        env=environ, stdout=subprocess.PIPE, check=True, text=True,
    )  # fmt: skip
    return [Figure(**row) for row in json.loads(ended.stdout)]


def measure(settings: Settings, *, calls: int) -> list[Figure]:
    """Return the CPU of each kind of request, as a multiple of the constant route's."""
    app = create_app(settings)
    limiter.enabled = False
    app.register_blueprint(_constant(app))
    visitor, songs = app.test_client(), _hot(app)
    listener, headers = _listener(app, songs[:HEARTS])
    [song] = songs[HEARTS : HEARTS + 1]
    pairs: list[tuple[str, FlaskClient, str, float]] = [
        ("list of 20, visitor", visitor, "/api/songs", LIST_LIMIT),
        ("list of 20", listener, "/api/songs", LIST_LIMIT),
        ("song page", listener, f"/api/songs/{song}", LIST_LIMIT),
    ]
    models = visitor.get("/readyz").json["models"]
    for name in (name for name, version in models.items() if version):
        client = visitor if name == "popularity" else listener
        pairs.append((f"{name} row", client, f"/api/recommendations/{name}", ROW_LIMIT))
    figures = []
    for name, client, path, limit in pairs:
        base, own = _best(_getter(client, CONSTANT), _getter(client, path), calls=calls)
        figures.append(_ratio(name, own, base, limit))
    base, own = _best(
        _getter(listener, CONSTANT), _getter(listener, "/api/recommendations"), calls=calls
    )
    figures.append(_ratio("home: three rows", own, base, 3 * ROW_LIMIT))
    heart = f"/api/songs/{song}/heart"

    def beat() -> None:
        assert listener.put(heart, headers=headers).status_code == 200
        assert listener.delete(heart, headers=headers).status_code == 200

    base, own = _best(_getter(listener, CONSTANT), beat, calls=calls)
    figures.append(_ratio("heart (mean of on and off)", own / 2, base, None))
    loaded = sorted({name.split(".")[0] for name in sys.modules} & set(HEAVY))
    figures.append(Figure("training libraries imported", len(loaded), "", 0.0, " ".join(loaded)))
    return figures


def _ratio(name: str, own: float, base: float, limit: float | None) -> Figure:
    note = f"{own:.2f} ms against {base:.2f} ms"
    return Figure(f"CPU, {name}", own / base, "x", limit, note)


def _best(base: Call, own: Call, *, calls: int) -> tuple[float, float]:
    """Return each one's CPU milliseconds per call: the best of several alternating rounds."""
    best = [float("inf"), float("inf")]
    for _ in range(ROUNDS):
        for place, call in enumerate((base, own)):
            call()
            began = time.process_time()
            for _ in range(calls):
                call()
            best[place] = min(best[place], (time.process_time() - began) / calls * 1e3)
    return best[0], best[1]


def _getter(client: FlaskClient, path: str) -> Call:
    def get() -> None:
        assert client.get(path).status_code == 200

    return get


def _constant(app: APIFlask) -> APIBlueprint:
    """Make a route that answers 20 songs known beforehand, decorated as the list is."""
    with app.app_context():
        found, total = lists.list_songs(
            db.session(), by=lists.SongFilter(), sort="heat", offset=0, limit=20
        )
        songs = songs_out(db.session(), found, user_id=None)
    bp = APIBlueprint("bench", __name__, url_prefix="/api")

    @bp.get("/bench/constant")
    @jwt_required(optional=True)
    @bp.input(SongQuery, location="query")
    @bp.output(SongPage)
    def constant(query_data: SongQuery) -> SongPage:
        identity.optional_user_id()
        return SongPage(items=songs, page=query_data.page, per_page=20, total=total)

    return bp


def _hot(app: APIFlask) -> list[int]:
    page = app.test_client().get("/api/songs?sort=heat&per_page=100").json
    return [song["id"] for song in page["items"]]


def _listener(app: APIFlask, hearts: list[int]) -> tuple[FlaskClient, dict[str, str]]:
    """Return the browser of somebody with a history, and the header that its changes need."""
    client = app.test_client()
    credentials = {"username": "counted", "password": PASSWORD}
    assert client.post("/api/accounts/register", json=credentials).status_code == 201
    cookie = client.get_cookie("csrf_access_token")
    assert cookie is not None
    headers = {"X-CSRF-TOKEN": cookie.value}
    for song in hearts:
        assert client.put(f"/api/songs/{song}/heart", headers=headers).status_code == 200
    return client, headers


if __name__ == "__main__":
    configure_logging()  # rows are logged, and not among the figures
    measured = measure(Settings.from_environment(), calls=int(sys.argv[1]))
    print(json.dumps([figure.__dict__ for figure in measured]))
