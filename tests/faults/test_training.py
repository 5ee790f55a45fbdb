"""Training is killed, or promotes under the feet of a running server."""

import shutil
import subprocess
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread

import pytest

from backend.settings import Settings
from models.artifacts import ArtifactStore
from tests import live
from tests.live import WebServer

ROWS = "/api/recommendations"
ROW = "/api/recommendations/itemcf"


@pytest.fixture
def settings(demo_data: Path, tmp_path: Path) -> Settings:
    """The demo library with quick recommenders, to be changed at will."""
    shutil.copytree(demo_data, tmp_path, dirs_exist_ok=True)
    return Settings(data_dir=tmp_path)


@pytest.fixture
def server(settings: Settings) -> Iterator[WebServer]:
    log = settings.data_dir / "log"
    with WebServer(live.environment(settings.data_dir), log) as running:
        yield running


def test_a_killed_training_leaves_nothing_and_the_old_model_serves_on(
    settings: Settings, server: WebServer
) -> None:
    store = ArtifactStore(settings.artifacts_dir)
    before = {name: store.versions(name) for name in ("itemcf", "rnn")}
    me = server.client(server.log_in("listener"))
    serving = me.get(ROW).json["model_version"]

    with subprocess.Popen(
        live.command("train", "rnn", "--force"),
        env=server.environ, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
    ) as training:  # fmt: skip
        assert training.stderr is not None
        told = []
        for line in training.stderr:
            told.append(line)
            if line.startswith("rnn:"):
                break
        training.kill()
        training.stderr.read()
    assert told[-1].startswith("rnn:"), told

    assert {name: store.versions(name) for name in ("itemcf", "rnn")} == before
    assert store.current_version("rnn") is None
    assert me.get(ROW).json["model_version"] == serving
    row = me.get(f"{ROWS}/rnn").json
    assert (row["model_version"], row["fallback"]) == (None, True)
    again = live.huisheng(server.environ, "train", "itemcf", "--force")
    assert again.returncode == 0, again.stderr
    live.wait_for(lambda: me.get(ROW).json["model_version"] != serving, 10, "the new model")


def test_what_is_half_written_is_never_seen(settings: Settings) -> None:
    store = ArtifactStore(settings.artifacts_dir)
    before = store.versions("itemcf")
    code = (
        "import sys, time; from pathlib import Path; from datetime import datetime, UTC\n"
        "from models.artifacts import ArtifactStore\n"
        "def write(folder):\n"
        "    (folder / 'weights.npz').write_bytes(b'half')\n"
        "    print('writing', flush=True); time.sleep(60)\n"
        "ArtifactStore(Path(sys.argv[1])).create('itemcf', write=write,\n"
        "    data_until=datetime.now(UTC), code_revision='', config={}, snapshot_hash='',\n"
        "    rows=1, seed=1, metrics={}, libraries={})\n"
    )
    with subprocess.Popen(
        live.python("-c", code, settings.artifacts_dir), stdout=subprocess.PIPE, text=True
    ) as writing:
        assert writing.stdout is not None
        assert writing.stdout.readline() == "writing\n"
        writing.kill()
    assert store.versions("itemcf") == before
    assert store.current("itemcf").manifest == before[-1]


def test_promotions_by_other_processes_are_served_without_a_failed_request(
    settings: Settings, server: WebServer
) -> None:
    store = ArtifactStore(settings.artifacts_dir)
    token = server.log_in("listener")
    answered: list[int] = []
    served: set[str] = set()
    ends = Event()

    def ask() -> None:
        client = server.client(token)
        while not ends.is_set():
            try:
                for path in (ROWS, ROW):
                    answer = client.get(path)
                    answered.append(answer.status)
                served.add(answer.json["model_version"])
            except (OSError, HTTPException):
                answered.append(0)

    threads = [Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        promoted = [store.current_version("itemcf")]
        for seed in ("8", "9"):
            trained = live.huisheng(server.environ, "train", "itemcf", "--force", "--seed", seed)
            assert trained.returncode == 0, trained.stderr
            promoted.append(store.current_version("itemcf"))
            live.wait_for(lambda: promoted[-1] in served, 10, "the promoted version")
    finally:
        ends.set()
        for thread in threads:
            thread.join()
    assert set(answered) == {200}
    assert served == set(promoted)
    assert len(served) == 3
