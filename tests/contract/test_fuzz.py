"""Anything the contract allows, and much it does not: never a server error, always the contract."""

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.contract.conftest import Site

EXAMPLES = 12
BEYOND_SCHEMA = (
    *("/register", "/comments", "/sentiment", "/{kind}", "/picture"),
    *("/api/me", "/me/avatar", "/me/password", "/me/leave"),
    *("/charts/songs", "/charts/{name}", "/charts/{name}.csv", "/charts/report.html"),
    *("/me/playlists/import", "/healing/state", "/wishes", "/songs/chosen"),
)
"""What JSON Schema cannot say: a name's rule holds after Unicode normalising, a text must show
something, a password is the right one, a page's key belongs to its sort, a cloud has one scope,
years stand in order, a list of ids has an end, a file is a picture or a playlist."""
schema = schemathesis.openapi.from_path(Path(__file__).parents[2] / "backend" / "openapi.json")


@schema.exclude(operation_id=["logout", "refresh"]).parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,  # the same examples on every machine: a finding is there for everybody
    suppress_health_check=list(HealthCheck),
)
def test_every_answer_keeps_the_contract(case: schemathesis.Case, site: Site) -> None:
    headers = {"Authorization": f"Bearer {site.tokens['somebody']}"}
    is_beyond = case.operation.path.endswith(BEYOND_SCHEMA)
    beyond_schema = [positive_data_acceptance] if is_beyond else []
    case.call_and_validate(app=site.app, headers=headers, excluded_checks=beyond_schema)
