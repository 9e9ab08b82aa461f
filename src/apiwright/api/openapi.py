"""The OpenAPI document: what FastAPI makes, with an example at every body and answer."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from apiwright.api.problems import Problem

METHODS = ("get", "post", "put", "patch", "delete")


def document(app: FastAPI) -> Callable[[], dict[str, Any]]:
    """What `app.openapi` is to be; the document is made once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _made(app)
        return app.openapi_schema

    return openapi


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and operation of each operation in a document."""
    for path, item in schema["paths"].items():
        for method in METHODS:
            if method in item:
                yield path, method, item[method]


def _made(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(title=app.title, version=app.version, summary=app.summary, description=app.description, routes=app.routes)
    schemas = schema["components"]["schemas"]
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas |= problem.pop("$defs", {})
    schemas["Problem"] = problem
    for _, _, operation in operations(schema):
        bodies = [operation["requestBody"]] if "requestBody" in operation else []
        for part in (*bodies, *operation["responses"].values()):
            for media in part.get("content", {}).values():
                _add_example(media, schemas)
    return schema


def _add_example(media: dict[str, Any], schemas: dict[str, Any]) -> None:
    if "example" in media:
        return
    schema = media.get("schema", {})
    is_list = schema.get("type") == "array"
    inner = cast("dict[str, Any]", schema["items"] if is_list else schema)
    named = schemas.get(inner.get("$ref", "").rsplit("/", 1)[-1], inner)
    examples = named.get("examples")
    if examples:
        media["example"] = [examples[0]] if is_list else examples[0]
