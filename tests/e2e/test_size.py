"""What the built site weighs."""

from tests.bench.home import SCRIPT_LIMIT, script


def test_the_home_page_needs_no_more_script_than_was_allowed() -> None:
    found = script()
    assert any(name.startswith("HomePage") for name in found)
    assert any(name.startswith("framework") for name in found)
    assert sum(found.values()) / 1024 <= SCRIPT_LIMIT, found
