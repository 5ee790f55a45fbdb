"""A language model over the wire: it streams, stalls, lies, breaks; a page never shows it."""

import json
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
import structlog
from apiflask import APIFlask

from backend.healing.remote import Failed, RemoteReader
from tests.backend.conftest import Person
from tests.language_model import GOOD, Model, Reply, running, says, sends

TEXT = "今天很难过，绿毛龟爬过琉璃瓦"


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


@pytest.fixture
def model() -> Iterator[Model]:
    with running() as found:
        yield found


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


@pytest.mark.parametrize("reply", [_stream, says("```json\n" + json.dumps(GOOD) + "\n```")])
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
    model.replies = [says(content)]
    assert _why(_reader(model)) == "broken"
    assert len(model.asked) == 2


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (sends({"error": "x"}, 500), "unreachable"), (sends({"error": "x"}, 401), "broken"),
        (sends(b"<html>"), "broken"), (sends(b"\xff\xfe"), "broken"), (sends({}), "broken"),
        (sends({"choices": [{"message": {"content": None}}]}), "broken"),
        (_hang_up, "unreachable"), (_elsewhere, "broken"), (says("x" * 100_000), "broken"),
    ],
)  # fmt: skip
def test_what_breaks_is_not_used(model: Model, reply: Reply, why: str) -> None:
    model.replies = [reply]
    assert _why(_reader(model)) == why


def test_one_slip_is_forgiven(model: Model) -> None:
    model.replies = [sends({}, 500), says(GOOD)]
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
    model.replies = [says("no")]
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
