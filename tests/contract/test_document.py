import json
from pathlib import Path

from openapi_spec_validator import validate

from backend import contract
from tests.contract.conftest import Site


def test_the_document_is_valid_openapi(committed: Path) -> None:
    document = json.loads(committed.read_text())
    assert document["openapi"].startswith("3.1")
    validate(document)


def test_the_committed_document_is_what_the_code_says(site: Site, committed: Path) -> None:
    assert committed.read_text() == contract.render(site.app), "run `make openapi`"


def test_every_operation_has_an_id_and_a_problem_answer(committed: Path) -> None:
    document = json.loads(committed.read_text())
    ids = []
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            assert operation.get("operationId"), (method, path)
            assert "application/problem+json" in operation["responses"]["default"]["content"]
            ids.append(operation["operationId"])
    assert len(ids) == len(set(ids))
