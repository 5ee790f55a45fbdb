"""A language model on loopback whose replies a test sets, and which notes what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

GOOD = {
    "valence": -0.6, "arousal": -0.4, "labels": ["sad"], "words": ["难过"],
    "wish": {"valence": 0.4, "arousal": -0.3}, "music": ["slow_piano", "warm_folk"],
}  # fmt: skip

Reply = Callable[[BaseHTTPRequestHandler], None]


def sends(body: object, status: int = 200) -> Reply:
    def send(handler: BaseHTTPRequestHandler) -> None:
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        handler.send_response(status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(sent)))
        handler.end_headers()
        handler.wfile.write(sent)

    return send


def says(content: object) -> Reply:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return sends({"choices": [{"message": {"role": "assistant", "content": text}}]})


class Model:
    """A server whose replies a test sets; the last one repeats."""

    def __init__(self) -> None:
        self.replies: list[Reply] = [says(GOOD)]
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


@contextmanager
def running() -> Iterator[Model]:
    """Serve it as long as the block lasts."""
    found = Model()
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()
