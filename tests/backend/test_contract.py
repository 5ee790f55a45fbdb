from pathlib import Path
from typing import Any

import pytest
from apiflask import APIBlueprint, APIFlask

from backend import contract
from backend.app import create_app
from backend.settings import Settings
from backend.wire import MAX_ID, In, Out


@pytest.fixture
def app(tmp_path: Path) -> APIFlask:
    return create_app(Settings(data_dir=tmp_path))


def extended(app: APIFlask, **routes: tuple[Any, Any]) -> dict[str, Any]:
    """Return the document of an app with more routes: path → (input, output)."""
    bp = APIBlueprint("more", __name__, url_prefix="/api/more")
    for name, (given, answered) in routes.items():

        @bp.put(f"/{name}/<int:thing_id>", endpoint=name)
        @bp.doc(operation_id=name)
        @bp.input(given)
        @bp.output(answered)
        def view(thing_id: int, json_data: Any) -> Any:
            return json_data

    app.register_blueprint(bp)
    spec: dict[str, Any] = app.spec
    return spec


class Inner(Out):
    text: str


class Given(In):
    text: str


class Answered(Out):
    inner: Inner


def test_an_operation_is_completed(app: APIFlask) -> None:
    spec = extended(app, things=(Given, Answered))
    operation = spec["paths"]["/api/more/things/{thing_id}"]["put"]
    assert list(operation["responses"]) == ["200", "default"]
    problem = operation["responses"]["default"]["content"]["application/problem+json"]["schema"]
    assert problem == {"$ref": "#/components/schemas/Problem"}
    assert operation["requestBody"]["required"] is True
    [thing] = operation["parameters"]
    assert (thing["schema"]["minimum"], thing["schema"]["maximum"]) == (1, MAX_ID)
    assert "tags" not in operation


def test_nested_types_get_one_plain_name(app: APIFlask) -> None:
    schemas = extended(app, things=(Given, Answered))["components"]["schemas"]
    assert schemas["Answered"]["properties"]["inner"] == {"$ref": "#/components/schemas/Inner"}
    assert schemas["Inner"]["properties"]["text"]["type"] == "string"
    assert not [name for name in schemas if "." in name]
    assert {"ValidationError", "HTTPError"}.isdisjoint(schemas)


def test_two_types_of_one_name_are_refused(app: APIFlask) -> None:
    other = type("Answered", (Out,), {"__annotations__": {"number": int}})
    holder = type("Holder", (Out,), {"__annotations__": {"answered": other}})
    with pytest.raises(ValueError, match="two wire types are called Answered"):
        extended(app, first=(Given, Answered), second=(Given, holder))


def test_the_document_is_the_same_each_time(app: APIFlask, tmp_path: Path) -> None:
    again = create_app(Settings(data_dir=tmp_path / "again"))
    assert contract.render(app) == contract.render(again)


def test_it_is_written_beside_the_code(
    app: APIFlask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contract, "PATH", tmp_path / "openapi.json")
    assert contract.write(app).read_text(encoding="utf-8") == contract.render(app)
