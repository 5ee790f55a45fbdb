"""The OpenAPI document, tidied: problems everywhere, one schema per wire type."""

import json
import re
from pathlib import Path
from typing import Any

from apiflask import APIFlask

from backend.wire import MAX_ID, Problem

PATH = Path(__file__).parent / "openapi.json"
UNSAFE = ("post", "put", "patch", "delete")
_REF = "#/components/schemas/"


def write(app: APIFlask) -> Path:
    """Write the document beside this module; `make check` fails when it differs."""
    PATH.write_text(render(app), encoding="utf-8")
    return PATH


def render(app: APIFlask) -> str:
    """Return the document as committed."""
    return json.dumps(app.spec, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def tidy(spec: dict[str, Any]) -> dict[str, Any]:
    """Complete what APIFlask generates."""
    spec.pop("tags", None)
    schemas = spec["components"]["schemas"]
    schemas.update(
        {f"Problem.{name}": body for name, body in _problem_schema().pop("$defs").items()}
    )
    schemas["Problem"] = {k: v for k, v in _problem_schema().items() if k != "$defs"}
    for unused in ("ValidationError", "HTTPError"):
        schemas.pop(unused, None)
    for methods in spec["paths"].values():
        for method, operation in methods.items():
            if method in (*UNSAFE, "get"):
                _tidy_operation(method, operation)
    return _flatten(spec)


def _problem_schema() -> dict[str, Any]:
    return Problem.model_json_schema(ref_template=_REF + "Problem.{model}")


def _tidy_operation(method: str, operation: dict[str, Any]) -> None:
    operation.pop("tags", None)
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "path" and parameter["schema"]["type"] == "integer":
            parameter["schema"].update(minimum=1, maximum=MAX_ID)
    responses = operation["responses"]
    for status in [s for s in responses if s >= "400"]:
        responses.pop(status)
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
    problem = {"application/problem+json": {"schema": {"$ref": _REF + "Problem"}}}
    responses["default"] = {"description": "A problem (RFC 9457)", "content": problem}


def _flatten(spec: dict[str, Any]) -> dict[str, Any]:
    """Give each nested type one schema: `SongPage.SongOut` and `RowOut.SongOut` are `SongOut`.

    Raises:
        ValueError: two different types share a name.
    """
    text = re.sub(rf'"{_REF}([\w.]+)"', lambda m: f'"{_REF}{_last(m[1])}"', json.dumps(spec))
    spec = json.loads(text)
    flat: dict[str, Any] = {}
    for name, schema in spec["components"]["schemas"].items():
        nested = schema.pop("$defs", {})
        for inner, body in (*nested.items(), (_last(name), schema)):
            if flat.setdefault(inner, body) != body:
                raise ValueError(f"two wire types are called {inner}; rename one")
    spec["components"]["schemas"] = flat
    return spec


def _last(name: str) -> str:
    return name.rsplit(".", 1)[-1]
