import subprocess
from pathlib import Path

import pytest

from backend.jobs.errors import AlreadyRunning
from backend.jobs.locks import only_one
from tests.live import python


def test_a_lock_keeps_others_out_and_dies_with_its_process(tmp_path: Path) -> None:
    code = (
        "import sys, time; from pathlib import Path\n"
        "from backend.jobs.locks import only_one\n"
        "with only_one(Path(sys.argv[1]), 'crawl', what='A crawl'):\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(python("-c", code, tmp_path), stdout=subprocess.PIPE, text=True) as held:
        assert held.stdout is not None
        assert held.stdout.readline() == "held\n"
        with (
            pytest.raises(AlreadyRunning, match="A crawl is running"),
            only_one(tmp_path, "crawl", what="A crawl"),
        ):
            raise AssertionError("two at once")
        held.kill()
    with only_one(tmp_path, "crawl", what="A crawl"):
        pass
