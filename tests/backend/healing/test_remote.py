"""A language model over the wire: it streams, stalls, lies, breaks; a page never shows it."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import structlog
from apiflask import APIFlask

from backend.healing.remote import Failed, RemoteReader
from tests.backend.conftest import Person

GOOD = {
    "valence": -0.6, "arousal": -0.4, "labels": ["sad"], "words": ["难过"],
    "wish": {"valence": 0.4, "arousal": -0.3}, "music": ["slow_piano", "warm_folk"],
}  # fmt: skip
TEXT = "今天很难过，绿毛龟爬过琉璃瓦"
Reply = Callable[[BaseHTTPRequestHandler], None]


def _json(body: object, status: int = 200) -> Reply:
    def send(handler: BaseHTTPRequestHandler) -> None:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(sent)))
        handler.end_headers()
        handler.wfile.write(sent)

    return send


def _said(content: object) -> Reply:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return _json({"choices": [{"message": {"role": "assistant", "content": text}}]})


def _stream(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.end_headers()
    for sign in json.dumps(GOOD, ensure_ascii=False):
        event = {"choices": [{"delta": {"content": sign}}]}
        handler.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
    handler.wfile.write(b"data: [DONE]\n\n")


def _stall(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


def _trickle(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "1000")
    handler.end_headers()
    for _ in range(20):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.2)


def _hang_up(handler: BaseHTTPRequestHandler) -> None:
    handler.connection.close()


def _elsewhere(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(307)
    handler.send_header("Location", "http://127.0.0.1:1/steal")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


class Model:
    """A server whose replies a test sets; the last one repeats."""

    def __init__(self) -> None:
        self.replies: list[Reply] = [_said(GOOD)]
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        model = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                model.asked.append(json.loads(self.rfile.read(length)))
                model.keys.append(self.headers.get("Authorization"))
                reply = model.replies.pop(0) if len(model.replies) > 1 else model.replies[0]
                try:
                    reply(self)
                except OSError:
                    self.close_connection = True  # the caller has gone

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, *_: object) -> None:
                pass

        self.server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/v1"


@pytest.fixture
def model() -> Iterator[Model]:
    found = Model()
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


def _reader(model: Model, seconds: float = 1.0) -> RemoteReader:
    return RemoteReader(model.address, key="secret", model="small", seconds=seconds)


def _why(reader: RemoteReader) -> str:
    began = time.monotonic()
    with pytest.raises(Failed) as failed:
        reader.read(TEXT)
    assert time.monotonic() - began < 1.6
    assert "琉璃瓦" not in str(failed.value)
    return failed.value.why


def test_a_good_answer_is_used(model: Model) -> None:
    reading = _reader(model).read(TEXT)
    assert (reading.state.valence, reading.state.labels) == (-0.6, ("sad",))
    assert [(TEXT[w.start : w.end], w.state) for w in reading.state.words] == [("难过", "sad")]
    assert [(one.music, one.why) for one in reading.suggestions] == [
        ("slow_piano", "meets"),
        ("warm_folk", "leads"),
    ]
    assert (model.asked[0]["model"], model.keys) == ("small", ["Bearer secret"])
    assert model.asked[0]["messages"][1] == {"role": "user", "content": TEXT}


@pytest.mark.parametrize("reply", [_stream, _said("```json\n" + json.dumps(GOOD) + "\n```")])
def test_streams_and_fences_are_understood(model: Model, reply: Reply) -> None:
    model.replies = [reply]
    assert _reader(model).read(TEXT).state.valence == -0.6


@pytest.mark.parametrize("reply", [_stall, _trickle], ids=["stalls", "trickles"])
def test_who_is_too_slow_is_not_waited_for(model: Model, reply: Reply) -> None:
    model.replies = [reply]
    assert _why(_reader(model)) == "timeout"


@pytest.mark.parametrize(
    "content",
    [
        "I am sorry", "[]", "{}", {**GOOD, "valence": 2}, {**GOOD, "valence": "-0.5"},
        {**GOOD, "music": ["heavy_metal_cure"]}, {**GOOD, "music": []},
        {**GOOD, "labels": ["depression"]}, {**GOOD, "words": ["从没说过的话"]},
        {**GOOD, "diagnosis": "x"}, {k: v for k, v in GOOD.items() if k != "wish"},
    ],
)  # fmt: skip
def test_lies_are_not_used(model: Model, content: object) -> None:
    model.replies = [_said(content)]
    assert _why(_reader(model)) == "broken"
    assert len(model.asked) == 2


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (_json({"error": "x"}, 500), "unreachable"), (_json({"error": "x"}, 401), "broken"),
        (_json(b"<html>"), "broken"), (_json(b"\xff\xfe"), "broken"), (_json({}), "broken"),
        (_json({"choices": [{"message": {"content": None}}]}), "broken"),
        (_hang_up, "unreachable"), (_elsewhere, "broken"), (_said("x" * 100_000), "broken"),
    ],
)  # fmt: skip
def test_what_breaks_is_not_used(model: Model, reply: Reply, why: str) -> None:
    model.replies = [reply]
    assert _why(_reader(model)) == why


def test_one_slip_is_forgiven(model: Model) -> None:
    model.replies = [_json({}, 500), _said(GOOD)]
    assert _reader(model).read(TEXT).state.valence == -0.6
    assert len(model.asked) == 2


def test_nobody_there(model: Model) -> None:
    reader = RemoteReader("http://127.0.0.1:1/v1", key="", model="m", seconds=1.0)
    assert _why(reader) == "unreachable"


@pytest.fixture
def asking(app: APIFlask, model: Model) -> Iterator[Person]:
    """Somebody on a site whose operator set a model."""
    app.extensions["mood_model"] = _reader(model)
    yield Person(app.test_client())
    app.extensions["mood_model"] = None


def test_the_page_is_told_the_host_and_the_model_is_asked_only_when_agreed(
    asking: Person, model: Model
) -> None:
    host = asking.get("/api/healing").json["model"]["host"]
    assert host == model.address.split("/")[2]
    local = asking.post("/api/healing/state", {"text": TEXT}).json
    assert (local["read_by"], model.asked) == ("local", [])
    sent = asking.post("/api/healing/state", {"text": TEXT, "send_out": True}).json
    assert (sent["read_by"], sent["fallback"], len(model.asked)) == ("model", None, 1)
    assert sent["mood"]["point"] == {"valence": -0.6, "arousal": -0.4}


def test_a_broken_model_falls_back_and_says_so(asking: Person, model: Model) -> None:
    model.replies = [_said("no")]
    with structlog.testing.capture_logs() as logs:
        answer = asking.post("/api/healing/state", {"text": TEXT, "send_out": True}).json
    assert (answer["read_by"], answer["fallback"]) == ("local", "broken")
    assert answer["mood"]["labels"] == ["sad"]
    assert "琉璃瓦" not in json.dumps(logs, ensure_ascii=False)


def test_a_crisis_never_leaves_the_machine(asking: Person, model: Model) -> None:
    body = {"text": "难过，我不想活了", "send_out": True}
    assert asking.post("/api/healing/state", body).json["crisis"] is True
    went_on = asking.post("/api/healing/state", {**body, "go_on": True}).json
    assert (went_on["read_by"], went_on["fallback"], model.asked) == ("local", "crisis", [])


def test_without_a_model_it_says_so(visitor: Person) -> None:
    assert visitor.get("/api/healing").json["model"] is None
    answer = visitor.post("/api/healing/state", {"text": TEXT, "send_out": True}).json
    assert (answer["read_by"], answer["fallback"]) == ("local", "off")
