"""What the built site weighs, and what its pages begin with."""

import json
import re

import pytest

from tests.bench.home import DIST, SCRIPT_LIMIT, script

LINKS: dict[str, str] = json.loads((DIST / "links.json").read_text())


def test_the_home_page_needs_no_more_script_than_was_allowed() -> None:
    found = script()
    assert any(name.startswith("HomePage") for name in found)
    assert any(name.startswith("framework") for name in found)
    assert sum(found.values()) / 1024 <= SCRIPT_LIMIT, found


@pytest.mark.parametrize("path", ["/", "/screen"])
def test_no_script_waits_behind_an_answer(path: str) -> None:
    named = re.findall(r"<(/[^>]+)>", LINKS[path])
    files = [address for address in named if not address.startswith("/api/")]
    assert named[: len(files)] == files
    assert [file for file in files if not (DIST / file[1:]).is_file()] == []
    whole = (DIST / "index.html").read_text()
    run = re.findall(r'(?:src|stylesheet" crossorigin href)="(/[^"]+)"', whole)
    assert len(run) >= 4
    assert set(files[: len(run)]) == set(run)
